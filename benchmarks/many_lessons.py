"""A site with many lessons: thirty practices, schools, free tags, English versions, closed lessons.

The rows are written straight into the tables: saving so many pages one by one takes hours.
"""

import random
import uuid
from collections.abc import Iterator

NUMBER_OF_PRACTICES = 30
# Half of all lessons are of one practice.
OF_THE_FIRST = 0.5
# A school and a free tag for so many lessons.
LESSONS_OF_A_SCHOOL, LESSONS_OF_A_TAG = 50, 25
# Where a practice has English pages, so many of its lessons are there in English as well.
IN_ENGLISH_TOO = 0.6
AUDIENCES = {"public": 16, "outer_ring": 2, "practices": 1, "practice": 1}
WORDS_IN_A_TEXT = 30
TEXTS = ("situation", "action", "result", "advice")
NUMBER_OF_TERMS = {
    **{"theme": 2, "element": 1, "level": 1, "phase": 1, "domain": 1, "profession": 1},
    "tag": 1,
}
AT_ONCE = 1_000


def fill_site(number: int) -> None:
    """Pages of lessons, so many in all, with the practices, schools and words around them."""
    from django.db import transaction

    with transaction.atomic():
        add_practices()
        add_tags(number // LESSONS_OF_A_TAG)
        add_schools(number // LESSONS_OF_A_SCHOOL)
        add_lessons(number)


# Words


class Words:
    """Words as people use them: few of them very often. Always the same ones."""

    def __init__(self) -> None:
        from search.index.compounds import known_parts

        self._list = sorted(word for word in known_parts() if len(word) > 4)
        random.Random(1).shuffle(self._list)
        self._weights: list[float] = []
        total = 0.0
        for place in range(len(self._list)):
            total += 1 / (place + 20)
            self._weights.append(total)

    def some(self, chance: random.Random, number: int) -> str:
        return " ".join(chance.choices(self._list, cum_weights=self._weights, k=number))

    def most_used(self, number: int) -> list[str]:
        return self._list[:number]

    def question(self, chance: random.Random) -> str:
        return self.some(chance, chance.choice([1, 2, 2, 3, 4]))


# What stands around the lessons


def add_practices() -> None:
    from practices.models import PracticeIndexPage, PracticePage

    parent = PracticeIndexPage.objects.get(locale__language_code="nl")
    for place in range(PracticePage.objects.child_of(parent).count(), NUMBER_OF_PRACTICES):
        practice = PracticePage(
            title=f"Samen in wijk {place}", place=f"Plaats {place}", locale=parent.locale
        )
        parent.add_child(instance=practice)
        practice.save_revision().publish()


def add_tags(number: int) -> None:
    from vocabulary.models import Term, key_of

    names = [f"Woord {place}" for place in range(number)]
    Term.objects.bulk_create(
        Term(name=name, slug=f"woord-{place}", key=key_of(name), kind="tag")
        for place, name in enumerate(names)
    )


def add_schools(number: int) -> None:
    from practices.models import DevelopmentPathIndexPage, DevelopmentPathPage

    parents = list(DevelopmentPathIndexPage.objects.filter(locale__language_code="nl"))
    make = PageMaker(DevelopmentPathPage)
    insert(
        make.below(
            parents[place % len(parents)],
            f"school-{place}",
            title=f"Ontwikkelpad school {place}",
            school=f"School {place}",
            place=f"Plaats {place % NUMBER_OF_PRACTICES}",
        )
        for place in range(number)
    )


# Lessons


def add_lessons(number: int) -> None:
    from content.models import PageTerm
    from lessons.models import LessonPage, Outcome, Strength
    from practices.models import DevelopmentPathPage

    chance, words = random.Random(3), Words()
    make = PageMaker(LessonPage)
    parents, in_english = _lists_of_lessons()
    schools: dict[uuid.UUID, list[int]] = {}
    for pk, key in DevelopmentPathPage.objects.values_list("pk", "practice_key"):
        schools.setdefault(key, []).append(pk)
    terms = _terms_by_kind()
    through = LessonPage.paths.through
    written = 0
    while written < number:
        lessons, page_terms, page_schools = [], [], []
        while len(lessons) < min(AT_ONCE, number - written):
            place = written + len(lessons)
            parent = parents[0] if chance.random() < OF_THE_FIRST else chance.choice(parents)
            lesson = make.below(
                parent,
                f"bench-{place}",
                title=words.some(chance, 6).capitalize(),
                summary=words.some(chance, 12),
                lesson=words.some(chance, 20),
                audience=chance.choices(list(AUDIENCES), list(AUDIENCES.values()))[0],
                number=1_000_000 + place,
                outcome=chance.choice(Outcome.values),
                strength=chance.choice(Strength.values),
                date=str(chance.randrange(2015, 2026)),
                **{name: f"<p>{words.some(chance, WORDS_IN_A_TEXT)}</p>" for name in TEXTS},
            )
            versions = [lesson]
            english_parent = in_english.get(parent.translation_key)
            if english_parent is not None and chance.random() < IN_ENGLISH_TOO:
                versions.append(_version(make, lesson, english_parent))
            tags = [
                tag
                for kind, least in NUMBER_OF_TERMS.items()
                for tag in chance.sample(terms[kind], min(least, len(terms[kind])))
            ]
            school = chance.choice(schools.get(lesson.practice_key) or [None])
            for page in versions:
                page_terms += [PageTerm(content_object_id=page.pk, tag_id=tag) for tag in tags]
                if school:
                    page_schools.append(
                        through(lessonpage_id=page.pk, developmentpathpage_id=school)
                    )
            lessons += versions
        insert(lessons)
        PageTerm.objects.bulk_create(page_terms)
        through.objects.bulk_create(page_schools)
        written += len(lessons)


def _lists_of_lessons():
    """The lists in Dutch, the fullest one first; and those in English by translation key."""
    from lessons.models import LessonIndexPage

    lists = list(LessonIndexPage.objects.select_related("locale"))
    in_english = {page.translation_key: page for page in lists if page.locale.language_code == "en"}
    in_dutch = [page for page in lists if page.locale.language_code == "nl"]
    in_dutch.sort(key=lambda page: page.translation_key not in in_english)
    return in_dutch, in_english


def _terms_by_kind() -> dict[str, list[int]]:
    from vocabulary.models import Term

    terms: dict[str, list[int]] = {}
    for pk, kind in Term.objects.values_list("pk", "kind"):
        terms.setdefault(kind, []).append(pk)
    return terms


def _version(make: "PageMaker", lesson, parent):
    """The same lesson in another language."""
    fields = ("title", "summary", "lesson", "audience", "number", "outcome", "strength", "date")
    return make.below(
        parent,
        lesson.slug,
        translation_key=lesson.translation_key,
        **{name: getattr(lesson, name) for name in (*fields, *TEXTS)},
    )


# Rows of pages


class PageMaker:
    """Makes pages of one type that only have to be written."""

    def __init__(self, model):
        from django.contrib.contenttypes.models import ContentType
        from django.utils import timezone
        from wagtail.models import Page

        self._model = model
        self._type = ContentType.objects.get_for_model(model)
        self._now = timezone.now()
        self._next = (Page.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1

    def below(self, parent, slug: str, **fields):
        pk = self._next
        self._next += 1
        values = {
            **{"pk": pk, "page_ptr_id": pk, "contentpage_ptr_id": pk},
            # Behind the children that are there: their numbers are small.
            "path": f"{parent.path}{_base36(pk + 36**3):>04}",
            "depth": parent.depth + 1,
            "slug": slug,
            "url_path": f"{parent.url_path}{slug}/",
            "live": True,
            "content_type": self._type,
            "translation_key": uuid.uuid4(),
            "first_published_at": self._now,
            "locale_id": parent.locale_id,
            "practice_key": parent.practice_key,
            "branch_audience": parent.branch_audience,
        }
        return self._model(**(values | fields))


def insert(pages) -> None:
    """Rows in the tables of a page, its base and its type: Django has no bulk way for these."""
    from django.db import connection
    from django.db.models.sql import InsertQuery

    pages = list(pages)
    model = type(pages[0])
    chain = [*reversed(model._meta.get_parent_list()), model]
    chain.sort(key=lambda each: len(each._meta.get_parent_list()))
    for table in chain:
        if table._meta.abstract or table._meta.proxy:
            continue
        for some in _in_hundreds(pages):
            query = InsertQuery(table)
            query.insert_values(table._meta.local_concrete_fields, some)
            query.get_compiler(connection=connection).execute_sql()


def _in_hundreds(pages: list) -> Iterator[list]:
    for start in range(0, len(pages), 100):
        yield pages[start : start + 100]


def _base36(number: int) -> str:
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = digits[rest] + text
    return text
