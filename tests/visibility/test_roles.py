import pytest
from wagtail.models import Page

from tests.factories import (
    DevelopmentPathPageFactory, DownloadFactory, InformationPageFactory, LessonPageFactory,
    NewsPageFactory, PathStepFactory, TermFactory,
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("x", [1,2])
def test_every_factory(x, site_tree, lesson, visitor, outer_ring, professional, other_professional, leader, administrator):
    t = TermFactory()
    assert TermFactory() == t
    l2 = LessonPageFactory(terms=[t], sources=["Bron"], downloads=[DownloadFactory()], title="Twee")
    assert l2.terms.get() == t
    assert l2.practice_key == lesson.practice_key
    PathStepFactory()
    NewsPageFactory(); InformationPageFactory()
    assert Page.find_problems() == ([], [], [], [], [])
