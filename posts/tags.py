"""Tags as one line of text: commas part them, double quotes keep a comma inside a name."""

import csv
import io
from collections.abc import Iterable


def split(text: str) -> list[str]:
    """The names in the order written, blank ones dropped: `AI, "Smith, Jones", AI` gives `AI` and `Smith, Jones`.

    Raises `ValueError` for a name longer than any that is meant.
    """
    line = " ".join(text.splitlines())
    try:
        names = [name.strip() for row in csv.reader(io.StringIO(line), skipinitialspace=True) for name in row]
    except csv.Error as error:
        raise ValueError(str(error)) from None
    return list(dict.fromkeys(name for name in names if name))


def join(names: Iterable[object]) -> str:
    """The line that `split` reads back as these names (taggit hands its tags themselves)."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([str(name) for name in names])
    return line.getvalue().replace(",", ", ") if '"' not in line.getvalue() else line.getvalue()
