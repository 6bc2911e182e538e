"""What a person reads where a command cannot use the database."""


def database_problem(error: Exception) -> str:
    """The one line for Django's `OperationalError` or `ProgrammingError`: what is wrong, and the mend."""
    if "locked" in str(error):
        return "another import or a long edit is writing to the database; try again when it is done"
    said = " ".join(str(error).split())  # PostgreSQL says several lines
    return f"the database cannot be used ({said}); run `manage.py migrate` first"
