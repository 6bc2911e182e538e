"""What the log leaves out."""

from logging import Filter, LogRecord


class RefusalsInOneLine(Filter):
    """Takes the traceback off what Django refuses, such as a host name that is not ours: anybody can ask for that."""

    def filter(self, record: LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.exc_info = None
        return True
