"""What the text itself shows: that there is one, that nothing in it is left to be filled in, and what the lint finds."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from posts import lint
from posts.checks import Candidate, Finding, Severity
from posts.front_matter_keys import KEYS
from posts.site_paths import PAGES_WITH_INTRODUCTION

ALT = "MG3"  # the lint's code that the check of pictures asks for
_PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|TKTK|XXX)\b|\b[Ll]orem ipsum\b|\bXX+ ?%"
    r"|\[(?:[Cc]itation needed|(?:[Ii]nsert|[Aa]dd|[Ss]ource|[Rr]ef(?:erence)?|[Ll]ink|[Ii]mage|[Nn]guồn)\b[^\[\]\n]{0,60})\]"
)
_FIELDS = {key: name for name, keys in KEYS.items() for key in keys}


def empty_page(candidate: Candidate) -> Iterator[Finding]:
    """An article without any text; a document that leaves its page to a layout, or to the site itself, is none."""
    made = candidate.projection
    elsewhere = candidate.is_introduction or made.path in PAGES_WITH_INTRODUCTION or candidate.document.get("layout")
    if not made.html.strip() and not elsewhere:
        yield Finding(Severity.ERROR, _("There is no text."), _("Write some."), "body")


def placeholder(candidate: Candidate) -> Iterator[Finding]:
    """Each kind of mark that somebody meant to come back to, where it stands first."""
    for name in ("title", "description"):
        if found := _PLACEHOLDER.search(getattr(candidate.projection, name)):
            yield _left(found[0], name)
    seen: set[str] = set()
    for found in _PLACEHOLDER.finditer(candidate.inspected.markdown.prose):
        if found[0].casefold() not in seen:
            seen.add(found[0].casefold())
            yield _left(found[0], "body", found.span())


def _left(text: str, field: str, span: tuple[int, int] | None = None) -> Finding:
    message = _("“%(text)s” is left to be filled in.") % {"text": text}
    return Finding(Severity.WARNING, message, _("Write what belongs there, or take it out."), field, span)


def lint_findings(candidate: Candidate) -> Iterator[Finding]:
    """What the lint finds, but for alternative texts."""
    return (finding for code, finding in linted(candidate) if code != ALT)


def linted(candidate: Candidate) -> Iterator[tuple[str, Finding]]:
    """The lint's findings, hints too, each with its code."""
    inspected, made = candidate.inspected, candidate.projection
    found = lint.inspect(
        candidate.document,
        path=PurePosixPath(made.source_path),
        hints=True,
        shortcodes=inspected.shortcodes,
        language=made.language,
        markup=inspected.markup,
    )
    for each in found:
        start = inspected.offset(each.line, each.column)
        span = start, start + each.length
        message = _sentence(each.translated)
        if start >= candidate.document.body_start:
            yield each.code, Finding(each.severity, message, field="body", span=span)
        else:
            key = inspected.text[slice(*span)]
            yield each.code, Finding(each.severity, message, field=_FIELDS.get(key, ""))


def _sentence(message: str) -> str:
    """The lint's message as the panel writes them."""
    return message[:1].upper() + message[1:] + ("" if message.endswith(("?", "!", ".")) else ".")
