"""The grammar of Pelican's and MkDocs' authors, through the `markdown` package."""

from functools import cache
from threading import Lock

from markdown import Markdown

from posts.rendering.errors import RenderingError

_LOCK = Lock()  # one parser costs 5 ms to build and is not safe to share between threads


def to_html(body: str) -> str:
    """The body as HTML, not yet safe to show. Raises RenderingError for whatever the parser stumbles over."""
    with _LOCK:
        try:
            return _parser().reset().convert(body)
        except Exception as error:
            _parser.cache_clear()  # reset() leaves the half-done state of a parser that failed, and the next text in it
            problem = "the text is nested too deeply" if isinstance(error, RecursionError) else f"it failed: {error!r}"
            raise RenderingError("python-markdown", problem) from error


@cache
def _parser() -> Markdown:
    """Alignment comes as an attribute: the default writes style=, which a strict content security policy forbids."""
    return Markdown(
        extensions=["extra", "admonition", "sane_lists"],
        extension_configs={"extra": {"tables": {"use_align_attribute": True}}},
        output_format="html",
    )
