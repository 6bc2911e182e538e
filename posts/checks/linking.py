"""Links: those on the site lead to what readers can see, those elsewhere are encrypted."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from posts import link_targets
from posts.checks import Answer, Candidate, Finding, Severity
from posts.link_targets import Target
from posts.lint.markdown import Link
from posts.models import AuthoredPost, Post, Redirect, Tag
from posts.publication import Window
from posts.site_paths import PAGES_WITH_INTRODUCTION, is_reserved

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|[^/]*@")
_ID = re.compile(r"\s(?:id|name)=\"([^\"]+)\"")
_TERM = re.compile(r"(?:/[a-z-]+)?/(tags|authors)/([^/]+)/")
_LOCAL = re.compile(r"http://(?:localhost|127\.|\[::1\])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of a page that links lead to."""

    path: str
    window: Window
    introduces: bool  # what may be there without it


@dataclass(frozen=True, slots=True)
class _There:
    """What stands at the places that some documents link to."""

    pages: dict[str, _Page] = field(default_factory=dict)  # by path
    paths: dict[str, str] = field(default_factory=dict)  # by the document's file
    ids: dict[str, set[str]] = field(default_factory=dict)  # the places in a page, by its path
    others: set[str] = field(default_factory=set)  # redirects, sections, tags, authors


def unencrypted(candidate: Candidate) -> Iterator[Finding]:
    """The first link elsewhere that anybody on the way can read and change."""
    links = [link for link in candidate.inspected.markdown.links if link.target.lower().startswith("http://")]
    open_links = [link for link in links if not _LOCAL.match(link.target)]
    if open_links:
        message = _("%(address)s is not encrypted.") % {"address": open_links[0].target}
        yield Finding(Severity.HINT, message, _("Most sites answer at https:// too."), "body", _span(open_links[0]))


def dead_links(candidates: Sequence[Candidate]) -> Iterator[Answer]:
    """Links on the site to nothing, to a heading that is not there, to a draft, and to what goes before the post does."""
    links = [list(_internal(candidate)) for candidate in candidates]
    there = _looked_up([target for found in links for _, target in found])
    for candidate, found in zip(candidates, links, strict=True):
        problems = {target: problem for _, target in found if (problem := _problem(candidate, target, there))}
        first = {target: link for link, target in reversed(found)}
        yield Answer(
            tuple(
                Finding(Severity.WARNING, *problem, "body", _span(first[target]))
                for target, problem in problems.items()
            )
        )


def _span(link: Link) -> tuple[int, int]:
    return link.target_start, link.target_end


def _internal(candidate: Candidate) -> Iterator[tuple[Link, Target]]:
    """The links to pages of this site, and what each means."""
    made = candidate.projection
    meant = partial(link_targets.of, page=made.path, file=made.source_path, base=made.source.get("base", ""))
    for link in candidate.inspected.markdown.links:
        written = _without_own_host(link.target)
        if link.target and "{{" not in written and not _SCHEME.match(written) and not link.is_image:
            target = meant(written)
            if target and (target.path != made.path or target.fragment):
                yield link, target


def _without_own_host(address: str) -> str:
    rest = address.removeprefix(settings.SITE_URL) or "/"
    return rest if rest.startswith(("/", "?", "#")) else address


def _looked_up(targets: Iterable[Target]) -> _There:
    """Six queries at the most, however many targets there are."""
    targets = set(targets)
    there = _There()
    if not targets:
        return there
    without_slash = {target.path.rstrip("/") for target in targets} - {""}
    named = Q(path__in={target.path for target in targets} | without_slash) | Q(
        source_path__in={target.file for target in targets} - {""}
    )
    for file, path, kind, *moments in Post.objects.filter(named).values_list(
        "source_path", "path", "kind", "public_from", "public_until"
    ):
        there.pages[path], there.paths[file] = _Page(path, Window(*moments), kind == Post.Kind.SECTION), path
        there.pages.setdefault(_with_slash(path), there.pages[path])
    there.ids.update(_ids(there, targets))
    missing = {target.path for target in targets} - {""} - there.pages.keys()
    missing |= {path for path, page in there.pages.items() if page.introduces}
    if missing := {path for path in missing if not _is_the_sites_own(path)}:
        there.others.update(Redirect.objects.filter(old_path__in=missing).values_list("old_path", flat=True))
        there.others.update(Post.objects.articles().live().sections_at(missing))
        there.others.update(_terms(missing, "tags", Tag.objects.all()))
        there.others.update(_terms(missing, "authors", AuthoredPost.objects.live()))
    return there


def _ids(there: _There, targets: Iterable[Target]) -> dict[str, set[str]]:
    """The places that links can lead to in each of the pages of which that is asked."""
    asked = {target.path or there.paths.get(target.file, "") for target in targets if target.fragment}
    paths = {there.pages[each].path for each in asked & there.pages.keys()}
    found = Post.objects.filter(path__in=paths).values_list("path", "html")
    return {each: set(_ID.findall(html)) for path, html in found for each in (path, _with_slash(path))}


def _with_slash(path: str) -> str:
    """As `link_targets` has a path that ends in no slash, as Jekyll makes them."""
    return path.rstrip("/") + "/"


def _is_the_sites_own(path: str) -> bool:
    """Whether the site makes something at this path, whatever its content."""
    return path in PAGES_WITH_INTRODUCTION or (is_reserved(path) and not _TERM.fullmatch(path))


def _terms(paths: Collection[str], folder: str, named: QuerySet) -> set[str]:
    """Those of the paths below this folder, of any edition, whose last part is the slug of one of these rows."""
    slugs = {match[2]: path for path in paths if (match := _TERM.fullmatch(path)) and match[1] == folder}
    return {slugs[slug] for slug in named.filter(slug__in=slugs).values_list("slug", flat=True)} if slugs else set()


def _problem(candidate: Candidate, target: Target, there: _There) -> tuple[str, str] | None:
    """What is wrong with a link there, and the mend; None if nothing is."""
    path = target.path or there.paths.get(target.file, f"/{target.file}")
    said = {"path": path, "fragment": target.fragment}
    own = path == candidate.projection.path
    page = there.pages.get(path)
    is_there = path in there.others or _is_the_sites_own(path)
    if not own and not page:
        return (
            None if is_there else (_("A link leads to %(path)s, where nothing stands.") % said, _("Fix or remove it."))
        )
    if page and not own and not (page.introduces and is_there) and (problem := _unseen(candidate, page)):
        return problem
    ids = set(_ID.findall(candidate.projection.html)) if own else there.ids.get(path, set())
    if target.fragment and target.fragment not in {"top", *ids}:
        message = _("A link leads to #%(fragment)s, which is no heading here.")
        message = message if own else _("A link leads to #%(fragment)s on %(path)s, which is no heading there.")
        return message % said, _("Copy the address beside the heading.")
    return None


def _unseen(candidate: Candidate, page: _Page) -> tuple[str, str] | None:
    """What is wrong with a link to a page that readers do not see for as long as they see this one."""
    own, seen = candidate.projection.window, page.window
    start = max(own.public_from or candidate.at, candidate.at)
    said = {"path": page.path, "moment": ""}
    if not seen.is_open_after(start):
        mend = _("Publish that first, or remove the link.")
        return _("A link leads to %(path)s, which readers do not see.") % said, mend
    if seen.opens_after(start):
        said["moment"] = f"{seen.public_from:%Y-%m-%d %H:%M} UTC"
        message = _("A link leads to %(path)s, which readers see only from %(moment)s.")
        return message % said, _("Schedule this one later.")
    if seen.ends_before(own):
        said["moment"] = f"{seen.public_until:%Y-%m-%d %H:%M} UTC"
        return _("A link leads to %(path)s, which is gone from %(moment)s.") % said, _("Take the link out by then.")
    return None
