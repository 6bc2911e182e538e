"""What can be told of files only when every path is known: links to nothing, and aliases that lead elsewhere."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from posts import link_targets
from posts.importing.reading import LEADS_NOWHERE, Outcome
from posts.importing.report import FileReport
from posts.lint import Code, Diagnostic, InternalLink, Severity
from posts.sentences import gettext_noop
from posts.site_paths import PAGES_WITH_INTRODUCTION, is_reserved


@dataclass(frozen=True, slots=True)
class _Referring:
    """What is kept of a file until then: where it stands, what it refers to, and where a finding is reported."""

    file: str
    page: str  # the file without what only names its language
    path: str
    base: str
    links: tuple[InternalLink, ...]
    aliases: tuple[str, ...]
    aliases_at: tuple[int, int]  # line and column
    report: FileReport

    def warning(self, line: int, column: int, code: str, message: str) -> Diagnostic:
        return Diagnostic(self.report.path, line, column, code, Severity.WARNING, message)


@dataclass(slots=True)
class References:
    """The links and aliases of an import's files."""

    files: list[_Referring] = field(default_factory=list)

    def note(self, outcome: Outcome, report: FileReport) -> None:
        """Keeps what this file refers to; nothing of the rest, for there may be very many."""
        made, source = outcome.projection, outcome.file.source
        if made and (outcome.links or made.aliases):
            place = source.file, source.page, made.path, source.base
            self.files.append(_Referring(*place, outcome.links, tuple(made.aliases), outcome.aliases_at, report))

    def report(self, known: Iterable[str], holders: Mapping[str, str], redirects: Mapping[str, str | None]) -> None:
        """Warns where a link leads to nothing, and where an alias will not lead to its own page.

        `known` are all files that posts came from, `holders` the file of each path, `redirects` that of each old path
        which leads there whatever these files say.
        """
        leading = self._settle_aliases(holders, redirects)
        sections = {f"/{file.partition('/')[0]}/" for file in (*known, *(each.page for each in self.files))}
        there = {*map(_with_slash, (*holders, *leading)), *sections}
        paths = {file: path for path, file in holders.items()}
        for each in self.files:
            each.report.add(*_dead_links(each, there, paths))

    def _settle_aliases(self, holders: Mapping[str, str], redirects: Mapping[str, str | None]) -> dict[str, str | None]:
        """The file that each old path leads to. A page wins over an alias, and of two aliases the first."""
        leading = dict(redirects)
        for each in self.files:
            each.report.add(*_taken_aliases(each, holders, leading))
        return leading


def _taken_aliases(
    referring: _Referring, holders: Mapping[str, str], leading: dict[str, str | None]
) -> Iterator[Diagnostic]:
    """Those that lead elsewhere; the others are noted in `leading`."""
    for alias in referring.aliases:
        page, other = holders.get(alias, referring.file), leading.setdefault(alias, referring.file)
        if page != referring.file:
            message = gettext_noop("the alias %(alias)s is the path of %(page)s, which stays; take the alias out")
            message %= {"alias": alias, "page": page}
            yield referring.warning(*referring.aliases_at, Code.ALIAS_TAKEN, message)
        elif other != referring.file:
            message = gettext_noop("the alias %(alias)s leads to %(other)s already; take one of them out")
            message %= {"alias": alias, "other": other or gettext_noop("a tag")}
            yield referring.warning(*referring.aliases_at, Code.ALIAS_TAKEN, message)


def _dead_links(referring: _Referring, there: Set[str], paths: Mapping[str, str]) -> Iterator[Diagnostic]:
    for link in referring.links:
        target = _target(referring, link, paths)
        if target and not {target, _page_of(target)} & there and not _is_the_sites_own(target):
            message = gettext_noop("the link leads to %(target)s, where nothing stands; fix or remove it")
            message %= {"target": target}
            yield referring.warning(link.line, link.column, LEADS_NOWHERE, message)


def _is_the_sites_own(target: str) -> bool:
    """Whether the site makes something at this path; Markdown it makes only of posts."""
    return target in PAGES_WITH_INTRODUCTION or (is_reserved(target) and not target.endswith(".md"))


def _target(referring: _Referring, link: InternalLink, paths: Mapping[str, str]) -> str | None:
    """The path of the page that a link names; None for a link to a file, which is no page."""
    target = link_targets.of(link.target, page=referring.path, file=referring.file, base=referring.base)
    if target is None:
        return None
    return _with_slash(paths.get(target.file, f"/{target.file}")) if target.file else target.path


def _page_of(target: str) -> str:
    """The page to which the file leads that a static host has at this path: `/a/` for `/a.html` and `/a/index.html`."""
    return f"{target.removesuffix('.html').removesuffix('/index').rstrip('/')}/"


def _with_slash(path: str) -> str:
    """As links are compared: with a slash or without, they lead to the same page."""
    return path if path.endswith((".html", ".md", ".markdown", "/")) else f"{path}/"
