"""Template tags of the admin's lists: on a phone a row is a card, in which a value says itself what it is."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

register = Library()
EMPTY = {"-</td>", "–</td>", "</td>"}


@register.simple_tag
def labelled_cells(cells: Sequence[str], headers: Sequence[Mapping[str, Any]]) -> SafeString:
    """A row's cells as Django made them, each with its column's name, which style sheets show on cards alone."""
    return mark_safe("".join(_labelled(cell, header) for cell, header in zip_longest(cells, headers)))


def _labelled(cell: str | None, header: Mapping[str, Any] | None) -> str:
    if not cell or not header or 'class="action-checkbox' in cell:
        return cell or ""
    tag, end, value = cell.partition(">")
    if value in EMPTY:
        return cell.replace('class="', 'class="empty ', 1)
    label = format_html('<span class="card-label">{}: </span>', capfirst(header["text"]))
    return f"{tag}{end}{label}{value}"
