"""The commands as a person runs them."""

from io import StringIO
from typing import Any

from django.core.management import call_command


def import_markdown(*arguments: Any, **options: Any) -> tuple[int, str]:
    """The exit status of `import_markdown` and what it printed."""
    out = StringIO()
    try:
        call_command("import_markdown", *map(str, arguments), stdout=out, **options)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()
