"""What an editor would want to know of a document, each finding with a stable code and its exact place.

Every code has its section in docs/lint.md.
"""

from collections.abc import Collection, Sequence
from pathlib import PurePath

from posts.document import Document
from posts.lint import links, signs
from posts.lint.capping import capped
from posts.lint.diagnostics import Code, Diagnostic, InternalLink, Severity
from posts.lint.inspected import Inspected
from posts.lint.rules import RULES, Rule
from posts.markup import Markup

__all__ = [
    "CODES",
    "Code",
    "Diagnostic",
    "InternalLink",
    "Severity",
    "capped",
    "fixed",
    "ignored_by",
    "inspect",
    "internal_links",
]

CODES = frozenset({*(rule.code for rule in RULES), *Code})


def inspect(
    document: Document,
    *,
    path: PurePath,
    hints: bool = False,
    ignore: Collection[str] = (),
    shortcodes: Collection[str] | None = None,
    language: str | None = None,
    keys: Collection[str] = (),
    markup: Markup = Markup.COMMONMARK,
    every: bool = False,
) -> list[Diagnostic]:
    """The findings in the order of the text, `capped` but for who wants `every` one. Raises nothing, whatever the text.

    `ignore` names codes to leave out, and so does the document's own `lint: {ignore: […]}`. `shortcodes` names those
    that the site knows; None leaves them unchecked. `language` is a code such as `en`; None has it told from the text.
    `keys` names those of the front matter that the site reads besides what every site does. Of a body in HTML only its
    links and pictures are looked at.
    """
    inspected = Inspected(document, language, shortcodes, markup, keys)
    rules = _rules(inspected, ignored_by(document, ignore), hints=hints)
    found = sorted(
        ((finding, rule) for rule in rules for finding in rule.find(inspected)),
        key=lambda each: (each[0].start, each[0].end),
    )
    diagnostics = (
        Diagnostic(path, *inspected.place(start), rule.code, rule.severity, message, fix, end - start)
        for (start, end, message, fix), rule in found
    )
    return list(diagnostics) if every else capped(diagnostics)


def _rules(inspected: Inspected, ignored: Collection[str], *, hints: bool) -> list[Rule]:
    """Those that are wanted and may find something."""
    return [
        rule
        for rule in RULES
        if rule.code not in ignored
        and (hints or rule.severity is not Severity.HINT)
        and (rule.sign is None or rule.sign(inspected))
        and (not rule.for_english or inspected.is_english)
    ]


def internal_links(document: Document, markup: Markup = Markup.COMMONMARK) -> list[InternalLink]:
    """The links and images whose address is a path of the site (`/posts/x/`, `../y`, `x.md`), in the text's order."""
    inspected = Inspected(document, markup=markup)
    return links.internal_links(inspected) if signs.of_internal_links(inspected) else []


def fixed(document: Document, diagnostics: Sequence[Diagnostic]) -> Document:
    """The document with the clear mends made and all else as it is, byte for byte.

    The diagnostics are every one that `inspect` finds in this very document. Of two that overlap the first is mended;
    whether the other still stands is for a new inspection to say.
    """
    inspected = Inspected(document)
    parts: list[str] = []
    at = 0
    for diagnostic in sorted(diagnostics, key=lambda each: (each.line, each.column)):
        start = inspected.offset(diagnostic.line, diagnostic.column)
        if diagnostic.fix is not None and start >= at:
            parts += document.text[at:start], diagnostic.fix
            at = start + diagnostic.length
    return Document.of("".join([*parts, document.text[at:]]))


def ignored_by(document: Document, also: Collection[str] = ()) -> set[str]:
    """The codes to leave out, in capitals: those that the document itself asks for, and these."""
    codes = document.get("lint.ignore")
    own = codes if isinstance(codes, list) else [codes]
    return {str(code).upper() for code in (*own, *also) if code is not None}
