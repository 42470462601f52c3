"""The files of a practice in the order that somebody chooses."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from files.models import Download
from practices.models import PracticePage
from practices.profile import downloads_of


class DownloadOrder(models.TextChoices):
    TITLE = "titel", _("title")
    NEWEST = "nieuwste", _("newest")
    KIND = "soort", _("kind of file")
    SIZE = "grootte", _("size, smallest first")


@dataclass(frozen=True)
class OrderLink:
    """An order to choose from; the current one leads nowhere."""

    label: str
    url: str
    current: bool


def downloads_context(practice: PracticePage, request) -> dict[str, Any]:
    """Every file that the visitor may have; an unknown order is the first one."""
    asked = request.GET.get("sort", "")
    order = DownloadOrder(asked) if asked in DownloadOrder.values else DownloadOrder.TITLE
    return {
        "downloads": in_order(downloads_of(practice, request.user), order),
        "orders": [
            OrderLink(str(one.label), f"?sort={one.value}", one == order) for one in DownloadOrder
        ],
    }


def in_order(downloads: list[Download], order: DownloadOrder) -> list[Download]:
    """Files that are equal in this order stay in the order of their titles."""
    by_title = sorted(downloads, key=lambda download: download.title.casefold())
    if order == DownloadOrder.NEWEST:
        return sorted(by_title, key=lambda download: download.created_at, reverse=True)
    if order == DownloadOrder.KIND:
        return sorted(by_title, key=lambda download: download.kind_label)
    if order == DownloadOrder.SIZE:
        return sorted(by_title, key=lambda download: download.file_size or 0)
    return by_title
