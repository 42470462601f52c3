"""What stands on top of the results for some questions."""

from django.apps import apps

from home.start_content.publishing import loaded_page, note, was_loaded
from home.start_content.texts import read


def load_promotions() -> int:
    """Add those that are not there yet; returns how many."""
    return sum(_add(entry) for entry in read("promotions.toml")["promotion"])


def _add(entry: dict) -> bool:
    # Named, not imported: `search` stands beside.
    promotions, pages = (apps.get_model("search", name) for name in ("Promotion", "PromotedPage"))
    key = f"promotion:{entry['key']}"
    promotion = promotions(questions="\n".join(entry["questions"]), reason=entry["reason"])
    taken = promotions.objects.filter(keys__key__in=promotion.spellings)
    lessons = [loaded_page(f"lesson:{number}") for number in entry["lessons"]]
    if was_loaded(key) or taken.exists() or not all(lessons):
        return False
    promotion.pages = [
        pages(page_id=lesson.pk, sort_order=place) for place, lesson in enumerate(lessons)
    ]
    promotion.save()
    note(promotion, key)
    return True
