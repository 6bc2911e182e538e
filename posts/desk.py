"""What an editor's desk shows of posts: a section is a function of the person and the moment (`cms.desk` has the table)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from accounts.models import User
from posts.models import Autosave, Image, Post, PostQuerySet, Revision

ROWS = 8
SOON = timedelta(days=30)
LOOKED_AT = 200  # of the newest live posts, for what could be better about them
_COLUMNS = (
    *("title", "draft", "words", "public_from", "public_until", "live_revision", "latest_revision__created_at"),
    *("latest_revision__author__username", "latest_revision__author__first_name", "latest_revision__author__last_name"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: where it leads, the moment that it is about, and what else is to be known."""

    title: str
    url: str
    at: datetime | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the desk; `empty` teaches what would stand there, `url` is where all of it is."""

    name: str
    rows: list[Row]
    empty: str
    url: str = ""


def my_drafts(user: User, at: datetime) -> Section:
    """What this person writes at, the latest first: drafts of theirs, and what they saved of live posts."""
    own = _with_latest(Post.objects.filter(owner=user, public_from=None, draft=True))
    waiting = _with_latest(Post.objects.seen_by(user).waiting().filter(latest_revision__author=user))
    return Section(
        gettext("My drafts"),
        _rows(_latest_first(own, waiting)),
        gettext("No drafts. “Add post” begins one; it is saved here until it is published."),
        _list(f"?status={Post.Status.DRAFT}&owner=me"),
    )


def unsaved(user: User, at: datetime) -> Section | None:
    """What this person typed and never saved; None where there is none, which is as it should be."""
    rows = [
        Row(each.title or gettext("Without a title"), each.get_absolute_url(), each.typed_at)
        for each in Autosave.objects.of(user)[:ROWS]
    ]
    return Section(gettext("Typed and not saved"), rows, "") if rows else None


def waiting_for_me(user: User, at: datetime) -> Section:
    """What others have left: for who publishes, what waits to be published; for an author, what others did to theirs."""
    drafts = Post.objects.filter(public_from=None, draft=True).exclude(latest_revision__author=user)
    if user.has_perms(["posts.publish_post", "posts.change_any_post"]):
        others = drafts.filter(owner__isnull=False).exclude(owner=user)
        saved = Post.objects.waiting().exclude(latest_revision__author=user)
        found = _latest_first(_with_latest(others), _with_latest(saved))
        return Section(
            gettext("Waiting for me"),
            _rows(found, by=True),
            gettext("Nothing waits. Drafts that others save stand here until you publish them."),
            _list("?status=waiting"),
        )
    return Section(
        gettext("Waiting for me"),
        _rows(_latest_first(_with_latest(drafts.filter(owner=user))), by=True),
        gettext("Nothing waits. A draft of yours that someone else has edited stands here."),
    )


def scheduled(user: User, at: datetime) -> Section:
    """What goes live by itself, the next first."""
    found = Post.objects.seen_by(user).in_status(Post.Status.SCHEDULED, at).order_by("public_from", "pk")
    return Section(
        gettext("Scheduled"),
        [Row(post.title, _form(post), post.public_from, _waits(post)) for post in _few(found)],
        gettext("Nothing scheduled. Give a post a date that lies ahead, and it goes live by itself."),
        _list(f"?status={Post.Status.SCHEDULED}"),
    )


def expiring(user: User, at: datetime) -> Section:
    """What readers see and will not see in a month, the first to go first."""
    found = Post.objects.seen_by(user).live(at).ending(at, at + SOON).order_by("public_until", "pk")
    return Section(
        gettext("Expiring soon"),
        [Row(post.title, _form(post), post.public_until) for post in _few(found)],
        gettext("Nothing expires within 30 days. A post with an expiry date stands here before it goes."),
    )


def recently_published(user: User, at: datetime) -> Section:
    """What readers got last."""
    found = Post.objects.seen_by(user).live(at).order_by("-public_from", "-pk")
    return Section(
        gettext("Recently published"),
        [Row(post.title, _form(post), post.public_from, _waits(post)) for post in _few(found)],
        gettext("Nothing is published yet."),
        _list(f"?status={Post.Status.LIVE}"),
    )


def problems(user: User, at: datetime) -> Section:
    """What no reader will see though it is no draft, and what the newest live posts lack."""
    seen = Post.objects.seen_by(user)
    unseen = seen.filter(public_from=None, draft=False).order_by("-latest_revision")
    rows = [Row(post.title, _form(post), notes=(gettext("It expires before it goes live."),)) for post in _few(unseen)]
    newest = (
        seen.articles().live_by_date(at).newest_first().only("title", "description", "cover", "cover_alt")[:LOOKED_AT]
    )
    rows += [Row(post.title, _form(post), notes=lacks) for post in newest if (lacks := _lacking(post))]
    return Section(
        gettext("Worth a look"),
        rows[:ROWS],
        gettext("The newest posts lack nothing: all have a description, and their covers alternative texts."),
    )


def licences(user: User, at: datetime) -> Section | None:
    """Images whose licence has ended or ends in a month, the first to end first; None where there is none."""
    if not user.has_perm("posts.view_image"):
        return None
    lapsing = Image.objects.lapsing(within=SOON).only("title", "address", "licence_expires")[:ROWS]
    rows = [
        Row(
            image.name,
            reverse("admin:posts_image_change", args=[image.pk]),
            notes=(gettext("Last day: %(day)s") % {"day": image.licence_expires.isoformat()},),
        )
        for image in lapsing
        if image.licence_expires
    ]
    return Section(gettext("Licences of images"), rows, "", reverse("admin:posts_image_changelist")) if rows else None


def _lacking(post: Post) -> tuple[str, ...]:
    lacks = (
        (not post.description, gettext("No description")),
        (bool(post.cover) and not post.cover_alt, gettext("The cover has no alternative text")),
    )
    return tuple(told for is_so, told in lacks if is_so)


def _with_latest(posts: PostQuerySet) -> Iterable[Post]:
    """The few whose latest revisions are the newest, each with that revision's time and person; one query."""
    return posts.select_related("latest_revision__author").only(*_COLUMNS).order_by("-latest_revision")[:ROWS]


def _few(posts: PostQuerySet) -> Iterable[Post]:
    return posts.only("title", "public_from", "public_until", "live_revision", "latest_revision")[:ROWS]


def _latest_first(*groups: Iterable[Post]) -> list[Post]:
    found = {post.pk: post for group in groups for post in group}
    return sorted(found.values(), key=lambda post: post.latest_revision_id or 0, reverse=True)[:ROWS]


def _rows(posts: Iterable[Post], *, by: bool = False) -> list[Row]:
    return [_row(post, by=by) for post in posts]


def _row(post: Post, *, by: bool) -> Row:
    latest: Revision | None = post.latest_revision
    words = () if _waits(post) else (_count(post.words),)
    who = latest.author if latest and by else None
    name = (who.get_full_name() or who.get_username(),) if who else ()
    return Row(post.title, _form(post), latest.created_at if latest else None, (*name, *words, *_waits(post)))


def _count(words: int) -> str:
    told = {"count": number_format(words, force_grouping=True)}
    return ngettext("%(count)s word", "%(count)s words", words) % told


def _waits(post: Post) -> tuple[str, ...]:
    return (gettext("Draft waits"),) if post.has_waiting_changes else ()


def _form(post: Post) -> str:
    return reverse("admin:posts_post_change", args=[post.pk])


def _list(query: str) -> str:
    return reverse("admin:posts_post_changelist") + query
