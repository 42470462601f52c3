"""A selection as a table to take along: what its page shows, in the same order."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from content.languages import active_language
from content.meta import whole_address
from search.exporting import columns, rows_of
from search.formats import TableFile, row_of_date
from search.index.synonyms import read_vocabulary
from search.labels import labels_for
from search.selection.found import FoundSelection
from search.selection.page import hits_of

FILE_NAME = "selectie"


def table_of(found: FoundSelection, request: HttpRequest) -> TableFile:
    labels = labels_for(request.user, active_language(), read_vocabulary().terms.values())
    about = [
        [_("Selection from Lerende Praktijken")],
        row_of_date(),
        [_("Address"), whole_address(found.shown.address)],
    ]
    rows = [columns(), *rows_of(hits_of(found), labels, request)]
    return TableFile(FILE_NAME, about, {_("Selection"): rows})
