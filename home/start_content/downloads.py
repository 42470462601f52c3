"""The work sheets: a PDF to print and a Word file to adapt."""

from django.core.files import File
from wagtail.models import Collection

from files.models import Download
from home.start_content.publishing import loaded_object, note, was_loaded
from home.start_content.texts import FOLDER, line, read


def load_downloads() -> dict[str, Download]:
    """Add the sheets that are not there yet; returns the PDF of each by its key."""
    collection = Collection.get_first_root_node()
    sheets = {entry["key"]: _pdf(entry, collection) for entry in read("downloads.toml")["download"]}
    return {key: sheet for key, sheet in sheets.items() if sheet is not None}


def _pdf(entry: dict, collection: Collection) -> Download | None:
    """The sheet, new or as it is now; None when somebody deleted it."""
    key = f"download:{entry['key']}"
    if was_loaded(key):
        return loaded_object(Download, key)
    pdf = _add(entry, entry["pdf"], collection, page_count=entry["pages"])
    _add(entry, entry["docx"], collection, alternative_to=pdf)
    note(pdf, key)
    return pdf


def _add(entry: dict, file_name: str, collection: Collection, **fields) -> Download:
    download = Download(
        title=entry["title"],
        description=line(entry["description"]),
        language=entry["language"],
        licence=entry["licence"],
        owner_name=entry["owner"],
        collection=collection,
        **fields,
    )
    with (FOLDER / "files" / file_name).open("rb") as file:
        download.file.save(file_name, File(file), save=False)
        download._set_document_file_metadata()
        download.save()
    return download
