"""Redirects that people write: checked all together, so that each leads to where it ends in one hop, then written at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import TextChoices
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit import models as audit
from audit.models import Event
from posts import writing
from posts.models import Author, AuthoredPost, Post, Redirect, SiteState, Tag, quoted
from posts.site_paths import PAGES_WITH_INTRODUCTION, is_of_a_term, is_reserved

LONGEST = 500  # characters of a path or an address

Target = Post | Tag | str


class RedirectError(ValueError):
    """A redirect, or a file of them, that cannot be: what is wrong and the mend, in one sentence."""


class Status(TextChoices):
    """What becomes of one line."""

    CREATED = "created", _("created")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    ERROR = "error", _("error")


@dataclass(frozen=True, slots=True)
class Line:
    """A redirect as a person writes it, and where."""

    number: int
    old: str
    new: str
    kind: str = ""  # 301 if it says nothing


@dataclass(slots=True)
class Outcome:
    """What a line says, and what becomes of it."""

    line: Line
    old_path: str = ""
    new: str = ""  # its own target, before chains are followed
    kind: Redirect.Kind = Redirect.Kind.PERMANENT
    target: Target = ""
    status: Status = Status.CREATED
    message: str = ""
    wrong: str = ""  # what the message is about: the "old" path or the "new" one
    replaces: Redirect | None = None

    def fail(self, message: str, *, wrong: str) -> None:
        self.status, self.message, self.wrong = Status.ERROR, message, wrong


@dataclass(slots=True)
class Plan:
    """What lines would do. `lead` has the redirects that are there by their old paths."""

    outcomes: list[Outcome]
    lead: dict[str, Redirect] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    tags: dict[str, Tag] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)  # the name of what else stands at a path

    @property
    def errors(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.status is Status.ERROR]

    @property
    def counts(self) -> dict[str, int]:
        """How many lines there are of each status, by its name."""
        found = [outcome.status for outcome in self.outcomes]
        return {status.value: found.count(status) for status in Status}

    def page_at(self, path: str) -> str:
        """The name of the page that stands at an old path; "" if none does."""
        post = self.posts.get(path) or self.posts.get(f"{path}/")
        if post:
            return post.title
        if path in self.tags:
            return str(self.tags[path].name)
        if _is_the_sites(path):
            return gettext("a page that the site makes itself")
        return self.pages.get(path, "")

    def end_of(self, outcome: Outcome, given: Mapping[str, str]) -> Target:
        """Where it leads in the end, `given` what all lines say. Raises `RedirectError`, which names all of a loop."""
        chain, new = [outcome.old_path], outcome.new
        while path := path_of(new):
            if found := self._here(path, new):
                return found
            if path in chain:
                loop = " → ".join([*chain[chain.index(path) :], path])
                raise RedirectError(gettext("This is a loop: %(chain)s.") % {"chain": loop})
            following = self._next(path, given)
            if not isinstance(following, str):
                return following or new
            chain.append(path)
            new = following
        return new

    def _here(self, path: str, new: str) -> Target | None:
        """The post or the tag that stands there; the address itself where it asks for more than the page, or a post only
        introduces what is there without it."""
        post = self.posts.get(path) or self.posts.get(f"{path}/")
        found = self.tags.get(path) if is_of_a_term(path) or path in PAGES_WITH_INTRODUCTION else post
        return new if found and ("?" in new or "#" in new) else found

    def _next(self, path: str, given: Mapping[str, str]) -> Target | None:
        if path in given:
            return given[path]
        there = self.lead.get(path)
        return (there.post or there.tag or there.target_path) if there else None


def plan(lines: Iterable[Line], *, instead_of: Redirect | None = None) -> Plan:
    """What these lines would do; some queries, however many lines there are. `instead_of` is a redirect being edited."""
    planned = Plan([_read(line) for line in lines])
    _refuse_doubles(planned.outcomes)
    sound = [outcome for outcome in planned.outcomes if outcome.status is not Status.ERROR]
    _look_up(planned, sound, instead_of)
    for outcome in sound:
        if name := planned.page_at(outcome.old_path):
            message = gettext("A page stands at this path: %(page)s. It would never redirect.")
            outcome.fail(message % {"page": name}, wrong="old")
    given = {each.old_path: each.new for each in sound if each.status is not Status.ERROR}
    for outcome in sound:
        if outcome.status is not Status.ERROR:
            _settle(planned, outcome, given)
    return planned


def apply(lines: Iterable[Line], *, by: User | None = None, whole: bool = False) -> Plan:
    """Plans these lines once nobody else can write, so that none leads where another has just gone, and writes all but
    the errors; if the `whole` is wanted, with any error nothing."""
    with transaction.atomic():
        SiteState.lock()
        planned = plan(lines)
        if not (whole and planned.errors):
            write(planned, by=by)
    return planned


def write(planned: Plan, *, by: User | None = None, instead_of: Redirect | None = None) -> None:
    """Writes what was planned, all but the errors. What led to one of the old paths leads to its end too."""
    written = [each for each in planned.outcomes if each.status in {Status.CREATED, Status.CHANGED}]
    with writing.content_change():
        if instead_of:
            Redirect.objects.filter(pk=instead_of.pk).exclude(old_path__in=[e.old_path for e in written]).delete()
        Redirect.put([_row(outcome) for outcome in written])
        _shorten(written)
        audit.record(_events(written, instead_of), by=by)


def delete(redirects: Iterable[Redirect], *, by: User | None = None) -> None:
    """Deletes these redirects."""
    redirects = list(redirects)
    with writing.content_change():
        audit.record((_event("deleted", each.old_path, _said(each), {}) for each in redirects), by=by)
        Redirect.objects.filter(pk__in=[each.pk for each in redirects]).delete()


def path_of(address: str) -> str:
    """The decoded path that an address on this site names; "" for one elsewhere."""
    return normal_path(unquote(urlsplit(address).path)) if address.startswith("/") else ""


def normal_path(path: str) -> str:
    """A path with its final slash, unless it ends in a file's name, and each letter with its marks in one character."""
    path = normalize("NFC", path)
    return path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}/"


def _read(line: Line) -> Outcome:
    outcome = Outcome(line)
    try:
        outcome.old_path = _old_path(line.old)
        outcome.new = _new(line.new)
        outcome.kind = _kind(line.kind)
    except RedirectError as error:
        outcome.fail(str(error), wrong="new" if outcome.old_path else "old")
    return outcome


def _old_path(text: str) -> str:
    place = _without_own_host(text.strip())
    if not place.startswith("/") or place.startswith("//") or "?" in place or "#" in place or not _is_plain(place):
        raise RedirectError(gettext("The old path begins with one slash and ends before any ? or #: /old/page/."))
    return normal_path(unquote(place))


def _new(text: str) -> str:
    """A path on the site as a link holds it, or an address elsewhere."""
    place = _without_own_host(text.strip())
    if place.startswith("/") and not place.startswith("//") and _is_plain(place):
        path, more = place[: len(place) - len(_more(place))], _more(place)
        return quoted(normal_path(unquote(path))) + iri_to_uri(more)
    if place.startswith(("https://", "http://")) and _is_plain(place) and _host(place):
        return iri_to_uri(place)
    raise RedirectError(gettext("It leads to a path, such as /new/page/, or to an address that begins with https://."))


def _more(place: str) -> str:
    """The query and the fragment, with their marks."""
    at = min((place.find(mark) for mark in "?#" if mark in place), default=len(place))
    return place[at:]


def _kind(text: str) -> Redirect.Kind:
    said = text.strip() or "301"
    if said not in {"301", "302"}:
        raise RedirectError(gettext("The kind is 301 (for good) or 302 (for now)."))
    return Redirect.Kind(int(said))


def _without_own_host(text: str) -> str:
    own = settings.SITE_URL.rstrip("/")
    return (text[len(own) :] or "/") if text == own or text.startswith(f"{own}/") else text


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _is_plain(text: str) -> bool:
    """Whether it is short enough and holds no character, as it stands or decoded, that no address has."""
    decoded = unquote(text)
    return (
        len(iri_to_uri(text)) <= LONGEST and decoded.isprintable() and "\\" not in decoded and "\ufffd" not in decoded
    )


def _refuse_doubles(outcomes: Iterable[Outcome]) -> None:
    first: dict[str, int] = {}
    for outcome in outcomes:
        if outcome.status is Status.ERROR:
            continue
        if outcome.old_path in first:
            message = gettext("Line %(line)d has this old path already.") % {"line": first[outcome.old_path]}
            outcome.fail(message, wrong="old")
        first.setdefault(outcome.old_path, outcome.line.number)


def _look_up(planned: Plan, sound: Sequence[Outcome], instead_of: Redirect | None) -> None:
    """Fetches what stands at any of the paths."""
    paths = {path for each in sound for path in (each.old_path, path_of(each.new)) if path}
    there = Redirect.objects.filter(old_path__in=paths).select_related("post", "tag")
    planned.lead = {each.old_path: each for each in there if not instead_of or each.pk != instead_of.pk}
    paths |= {path_of(each.target_path) for each in planned.lead.values()} - {""}
    either = {*paths, *(f"{path}/" for path in paths if not path.endswith("/"))}
    posts = Post.objects.filter(path__in=either).only("title", "path")
    planned.posts = {post.path: post for post in posts}
    slugs = {path.removeprefix(Tag.FOLDER).rstrip("/") for path in paths if path.startswith(Tag.FOLDER)}
    planned.tags = {tag.path: tag for tag in Tag.objects.filter(slug__in=slugs)}
    planned.pages = Post.objects.articles().sections_at(paths) | _authors(paths)


def _authors(paths: Iterable[str]) -> dict[str, str]:
    slugs = {path.removeprefix(Author.FOLDER).rstrip("/") for path in paths if path.startswith(Author.FOLDER)}
    named = Author.objects.filter(slug__in=slugs).values_list("slug", "name")
    writing_ = AuthoredPost.objects.filter(slug__in=slugs).order_by().values_list("slug", "name").distinct()
    return {f"{Author.FOLDER}{slug}/": name for slug, name in [*writing_, *named]}


def _is_the_sites(path: str) -> bool:
    """Whether the site answers there itself; it looks for a redirect at the path of a tag or an author that is not."""
    if path in PAGES_WITH_INTRODUCTION:
        return True
    try:
        with translation.override(settings.LANGUAGE_CODE):  # what resolves depends on the language of whoever asks
            return is_reserved(path) and resolve(path).view_name not in {"posts:tag", "posts:author"}
    except Resolver404:
        return True


def _settle(planned: Plan, outcome: Outcome, given: Mapping[str, str]) -> None:
    """Follows the line to its end, and says what it would change."""
    try:
        outcome.target = planned.end_of(outcome, given)
    except RedirectError as error:
        return outcome.fail(str(error), wrong="new")
    if there := planned.lead.get(outcome.old_path):
        outcome.replaces = there
        wanted = _row(outcome)
        same = ("post_id", "tag_id", "target_path", "kind")
        is_same = all(getattr(there, name) == getattr(wanted, name) for name in same)
        outcome.status = Status.UNCHANGED if is_same else Status.CHANGED


def _row(outcome: Outcome) -> Redirect:
    target = Redirect.leading_to(outcome.target)
    return Redirect(old_path=outcome.old_path, kind=outcome.kind, origin=Redirect.Origin.WRITTEN, **target)


def _shorten(written: Sequence[Outcome]) -> None:
    ends = {quoted(each.old_path): each.target for each in written}
    longer = list(Redirect.objects.filter(target_path__in=ends))
    for redirect in longer:
        for name, value in Redirect.leading_to(ends[redirect.target_path]).items():
            setattr(redirect, name, value)
    Redirect.objects.bulk_update(longer, ["post", "tag", "target_path"])


def _events(written: Sequence[Outcome], instead_of: Redirect | None) -> list[Event]:
    """One for each of a few, one for all of many."""
    if len(written) > 1:
        said = [[each.old_path, _row(each).target, int(each.kind)] for each in written]
        return [Event("redirects.imported", label=f"{len(written)} redirects", after={"redirects": said})]
    events = []
    for each in written:
        before = instead_of or each.replaces
        action = "changed" if before else "created"
        events.append(_event(action, each.old_path, _said(before) if before else {}, _said(_row(each))))
    return events


def _event(action: str, old_path: str, before: Mapping[str, object], after: Mapping[str, object]) -> Event:
    return Event(f"redirect.{action}", f"posts.redirect:{old_path}"[:120], old_path, before, after)


def _said(redirect: Redirect) -> dict[str, object]:
    return {"old_path": redirect.old_path, "leads_to": redirect.target, "kind": int(redirect.kind)}
