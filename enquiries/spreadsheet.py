"""Enquiries as CSV that spreadsheet programs open without running anything in it."""

import csv
import io
from typing import Any

from enquiries.models import Enquiry, EnquiryQuerySet

BYTE_ORDER_MARK = "\ufeff"  # tells Excel that the text is UTF-8
_FORMULA_MARKS = tuple("=+-@\t\r\n＝＋－＠")
_COLUMNS = (
    "id",
    "received_at",
    "status",
    "handler",
    "name",
    "email",
    "company",
    "role",
    "country",
    "interest",
    "message",
    "language",
    "origin_path",
    "consent_version",
)


def as_csv(enquiries: EnquiryQuerySet) -> str:
    """A line for each enquiry below one of the columns' names."""
    text = io.StringIO()
    lines = csv.writer(text, quoting=csv.QUOTE_ALL)
    lines.writerow(_COLUMNS)
    for enquiry in enquiries.select_related("handler"):
        lines.writerow([_harmless(_value(enquiry, column)) for column in _COLUMNS])
    return BYTE_ORDER_MARK + text.getvalue()


def _value(enquiry: Enquiry, column: str) -> Any:
    if column == "received_at":
        return enquiry.received_at.isoformat(timespec="seconds")
    return getattr(enquiry, column)


def _harmless(value: Any) -> str:
    """A text that begins as a formula does gets an apostrophe before it, which spreadsheets take for "this is text"."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_MARKS) else text
