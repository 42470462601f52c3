"""Documents, the words in them, and pictures. Who may see one follows from the live pages."""

from files.models.count import DownloadCount
from files.models.download import Download, Licence
from files.models.picture import Picture, Rendition
from files.models.text import DownloadText, FoundInFile, PageOfText, Part, Reason, State
from files.models.version import EarlierVersion

__all__ = [
    "Download",
    "DownloadCount",
    "DownloadText",
    "EarlierVersion",
    "FoundInFile",
    "Licence",
    "PageOfText",
    "Part",
    "Picture",
    "Reason",
    "Rendition",
    "State",
]
