"""Redirects as CSV: a line for each, with the columns old, new and kind."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext

from posts.models import Redirect, quoted
from posts.redirecting import Line, RedirectError

COLUMNS = ("old", "new", "kind")
MAX_BYTES = 5 * 1024 * 1024
MAX_LINES = 10_000
BYTE_ORDER_MARK = "\ufeff"  # tells Excel that the text is UTF-8
_HEADINGS = {"old", "old path", "old_path", "old url", "from", "source"}


def as_csv(redirects: Iterable[Redirect]) -> str:
    """These redirects, below the columns' names. Each cell begins with / or https: or is a number: none is a formula."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(COLUMNS)
    lines.writerows((quoted(each.old_path), each.target, int(each.kind)) for each in redirects)
    return BYTE_ORDER_MARK + text.getvalue()


def read(data: bytes) -> list[Line]:
    """The lines of a CSV with commas, semicolons or tabs, with or without the columns' names.

    Raises `RedirectError` for a file that is none.
    """
    if len(data) > MAX_BYTES:
        raise RedirectError(gettext("The file is larger than 5 MB: import it in parts."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RedirectError(gettext("The file is not UTF-8: save it as “CSV UTF-8”.")) from None
    try:
        lines = list(_lines(text))
    except csv.Error as error:
        raise RedirectError(gettext("The file cannot be read as CSV: %(error)s.") % {"error": error}) from None
    if len(lines) > MAX_LINES:
        raise RedirectError(gettext("The file has more than 10,000 lines: import it in parts."))
    return lines


def _lines(text: str) -> Iterator[Line]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    number = 1
    for place, row in enumerate(rows):
        cells = [cell.strip() for cell in row]
        is_heading = place == 0 and cells and cells[0].casefold() in _HEADINGS
        if any(cells) and not is_heading:
            old, new, kind = (*cells, "", "", "")[:3]
            yield Line(number, old, new, kind)
        number = rows.line_num + 1


def _delimiter(text: str) -> str:
    """What separates the cells of the first line: the commonest of the three, a comma where there is none."""
    first = text.lstrip().partition("\n")[0]
    return max(",;\t", key=first.count)
