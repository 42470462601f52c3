"""Which rows and practices an address asks for, beside each other in one table."""

from dataclasses import dataclass, replace

from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.query import MOST_VALUES, clean, values_of
from vocabulary.models import TermKind


class RowKind(models.TextChoices):
    """The values of `rijen`. Each is the name of a filter of the search, too."""

    ELEMENT = "element", gettext_lazy("Working elements")
    THEME = "thema", gettext_lazy("Themes")
    PHASE = "fase", gettext_lazy("Phases")
    DOMAIN = "domein", gettext_lazy("Domains")

    @property
    def term_kind(self) -> TermKind:
        return TermKind[self.name]


@dataclass(frozen=True)
class MatrixQuery:
    """The rows and the practices that an address names; without practices: all of them."""

    rows: RowKind = RowKind.ELEMENT
    slugs: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def parameters(self) -> str:
        rows = [("rijen", self.rows.value)] if self.rows != RowKind.ELEMENT else []
        return urlencode([*rows, *(("praktijk", slug) for slug in self.slugs)])

    @property
    def address(self) -> str:
        return f"{reverse('compare_matrix')}?{self.parameters}".rstrip("?")

    @property
    def path_in_dutch(self) -> str:
        """The table with all practices: for a search engine a choice is no page of its own."""
        return f"/vergelijken/matrix/?{self.of().parameters}".rstrip("?")

    def of(self, *slugs: str) -> "MatrixQuery":
        return replace(self, slugs=slugs)

    def without(self, slug: str) -> "MatrixQuery":
        return self.of(*(kept for kept in self.slugs if kept != slug))

    def with_rows(self, rows: RowKind) -> "MatrixQuery":
        return replace(self, rows=rows)

    def noting(self, notice: str) -> "MatrixQuery":
        return replace(self, notices=(*self.notices, notice))


def read_matrix(data: QueryDict) -> MatrixQuery:
    """The table in these parameters. What cannot be used is left out, and a notice says so."""
    query = MatrixQuery(slugs=values_of(data, "praktijk")[:MOST_VALUES])
    rows = clean(data.get("rijen", ""))
    if rows in RowKind.values:
        return query.with_rows(RowKind(rows))
    if rows:
        return query.noting(_("There are no such rows. These are the working elements."))
    return query
