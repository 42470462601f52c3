"""Names that the platform knows: they point at a colleague, a school or a town, and at no child."""

from itertools import chain

from accounts.models import User
from practices.models import DevelopmentPathPage, Partner, PracticePage, TeamRole
from privacy.guard import KnownNames
from privacy.known import knows_names


@knows_names
def names_of_practices() -> KnownNames:
    """Of colleagues who may be named, and of every practice, school, place and partner."""
    named = TeamRole.objects.filter(person_consents=True).exclude(person="")
    colleagues = User.objects.filter(is_active=True).values_list("first_name", "last_name")
    practices = PracticePage.objects.values_list("title", "place", "region")
    schools = DevelopmentPathPage.objects.values_list("school", "place")
    partners = Partner.objects.values_list("name")
    return KnownNames.of(
        people=[
            *named.values_list("person", flat=True),
            *(" ".join(names).strip() for names in colleagues),
        ],
        places=chain.from_iterable([*practices, *schools, *partners]),
    )
