"""What the log leaves out."""

from collections.abc import Iterator
from logging import Filter, Formatter, LogRecord
from typing import Any

from django.db import InterfaceError, OperationalError


class RefusalsInOneLine(Filter):
    """Takes the traceback off what Django refuses, such as a host name that is not ours: anybody can ask for that."""

    def filter(self, record: LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.exc_info = None
        return True


class AwayInOneLine(Filter):
    """A database that is away fails every request alike: each is one line with the reason, and no traceback."""

    def filter(self, record: LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, InterfaceError | OperationalError) and _is_away(error):
            record.msg, record.args = f"{record.getMessage()}: {' '.join(str(error).split())}", ()
            record.exc_info = None
        return True


def _is_away(error: Exception) -> bool:
    """Whether psycopg had no answer, or one that ends the connection; it says so with PostgreSQL's SQLSTATE."""
    state = getattr(error.__cause__, "sqlstate", "")
    return state is None or state.startswith(("08", "57P"))


class Line(Formatter):
    """Leaves out of a traceback what PostgreSQL tells of the rows at fault: names, addresses, whole texts."""

    def formatException(self, ei: Any) -> str:
        text = super().formatException(ei)
        for error in _chain(ei[1]):
            if detail := getattr(getattr(error, "diag", None), "message_detail", None):
                text = text.replace(detail, "(left out)")
        return text


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__
