"""Names that lead somewhere, and paths as links hold them."""

from dataclasses import dataclass
from urllib.parse import quote


def quoted(path: str) -> str:
    """A decoded path as a link holds it: `/tags/c#/` gives `/tags/c%23/`."""
    return quote(path, safe="/:@!$&'()*+,;=~")


@dataclass(frozen=True, slots=True)
class Link:
    """A name and the URL that it leads to."""

    name: str
    url: str
