"""Another file at the same address, while those before it are kept for the editors.

Each file has a name of its own on the disk and stays there, so that somebody who is downloading
gets one whole file whatever happens meanwhile.
"""

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from files import names
from files.kinds import same_kind
from files.models import Download, EarlierVersion
from privacy.guard import look_at
from privacy.known import known_names


def keep_current(download: Download) -> EarlierVersion:
    """Keep the file that is at the address now, as the database knows it, because another comes.

    Within a transaction: of two editors at once the second keeps the file of the first.
    """
    now = Download.objects.select_for_update().get(pk=download.pk)
    return EarlierVersion.objects.create(
        download_id=now.pk,
        file=now.file.name,
        download_name=now.filename,
        file_size=now.file_size,
        file_hash=now.file_hash,
        page_count=now.page_count,
        change_note=now.change_note,
        since=now.replaced_at or now.created_at,
        brought_by_id=now.replaced_by_id if now.replaced_at else now.uploaded_by_user_id,
    )


def note_new(download: Download, *, by: User | None, note: str) -> None:
    """Say on the download who brought its new file, and what is new in it. The caller saves."""
    download.replaced_at = timezone.now()
    download.replaced_by = by
    download.change_note = note


def name_of_new(download_name: str, new_name: str) -> str:
    """What readers save the new file as: the name it had, so that the address stays the same.

    Another kind of file has another ending. A name that tells who a child is does not stay.
    """
    stem, extension = names.split(download_name)
    if not stem or look_at(names.readable(stem), known_names()):
        return new_name
    new_extension = names.split(new_name)[1]
    if same_kind(extension) == same_kind(new_extension):
        return download_name
    return f"{stem}.{new_extension}"


@transaction.atomic
def put_back(version: EarlierVersion, *, by: User) -> None:
    """Have an earlier file at the address again, as a new version. All others stay kept."""
    download = Download.objects.select_for_update().get(pk=version.download_id)
    keep_current(download)
    with version.file.open() as file:
        # A copy: browsers that ask whether the file changed look at its age.
        download.file.save(names.stored(version.download_name), File(file), save=False)
    download._set_document_file_metadata()
    download.download_name = name_of_new(download.filename, version.download_name)
    download.page_count = version.page_count
    note_new(download, by=by, note=_("An earlier version was put back."))
    download.save()


def goes_by(download: Download, name: str) -> bool:
    """Whether a link with this name leads to the file: its name of now, or one that it had."""
    if name == download.filename:
        return True
    return download.earlier_versions.filter(download_name=name).exists()


@transaction.atomic
def remove(version: EarlierVersion, *, by: User) -> None:
    """Remove an earlier file for good, for example because it tells who a child is."""
    version.delete()
    log(
        version.download,
        "files.version_removed",
        user=by,
        title=version.download.neutral_name,
    )
