"""What a person reads where a command cannot use the database."""

from django.db.utils import ProgrammingError


def database_problem(error: Exception) -> str:
    """The one line for Django's `OperationalError` or `ProgrammingError`: what is wrong, and the mend."""
    if "locked" in str(error) or "lock timeout" in str(error):
        return "another import or a long edit is writing to the database; try again later"
    said = " ".join(str(error).split())  # PostgreSQL says several lines
    if "disk I/O error" in said:  # SQLite's word too where it has no room for the files beside its own
        return f"the database cannot be used ({said}); look at the disk: it may be full"
    if "disk is full" in said or "No space left" in said:
        return f"the database cannot be written ({said}); free some disk space and try again"
    lacks_tables = isinstance(error, ProgrammingError) or "no such" in said  # PostgreSQL's word, and SQLite's
    mend = "run `manage.py migrate` first" if lacks_tables else "check DATABASE_URL and its server"
    return f"the database cannot be used ({said}); {mend}"
