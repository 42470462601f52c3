"""A file that a page shows is not deleted from under it."""

import pytest
from django.db import transaction
from wagtail.models import ModelLogEntry

from content.trash import put_in_trash
from files.models import Download
from tests.factories import DownloadFactory, LessonPageFactory

WAYS = {
    "single": lambda pk: f"/beheer/documents/delete/{pk}/",
    "bulk": lambda pk: f"/beheer/bulk/files/download/delete/?id={pk}&next=/beheer/documents/",
    "just uploaded": lambda pk: f"/beheer/documents/multiple/{pk}/delete/",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("where", ["live", "draft", "in the bin", "nowhere"])
def test_only_a_file_that_is_nowhere_is_deleted(client, leader, practice, way, where):
    sheet = DownloadFactory(title="Kaart van de buurt")
    if where != "nowhere":
        lesson = LessonPageFactory(parent=practice, live=where != "draft", downloads=[sheet])
    if where == "in the bin":
        put_in_trash(lesson, by=leader)
    client.force_login(leader)

    ajax = {"X-Requested-With": "XMLHttpRequest"} if way == "just uploaded" else {}
    answer = client.post(WAYS[way](sheet.pk), follow=True, headers=ajax)
    # The test itself is one transaction, which the refusal would break off.
    transaction.set_rollback(False)

    assert Download.objects.filter(pk=sheet.pk).exists() == (where != "nowhere")
    if where != "nowhere" and way != "just uploaded":
        assert "kan niet worden verwijderd" in answer.content.decode()
    if where == "nowhere" and way != "just uploaded":
        entry = ModelLogEntry.objects.get(action="wagtail.delete")
        assert (entry.user, entry.label) == (leader, "Kaart van de buurt")
