"""The one way into the tables: projections become posts, revisions, tags, redirects and what search knows, at once.

The admin writes one change, the importer thousands; only full batches add queries.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone as clock

from accounts.models import User
from audit import models as audit
from posts import checks, editions, image_uses, recording, search, taxonomies
from posts.checks import Candidate
from posts.document import Document
from posts.models import (
    Author,
    Autosave,
    Post,
    Redirect,
    Revision,
    SiteSettings,
    SiteState,
    Tag,
    quoted,
)
from posts.projection import Projection
from posts.publication import Window
from posts.site import project
from posts.slugs import term_slug
from posts.source import Source

BATCH = 100  # posts written at a time, while worker processes read the next
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Change:
    """A post to be made (`post` is None, or not stored yet) or to be given another document."""

    projection: Projection
    post: Post | None = None
    file_hash: str | None = None  # of the file that was imported; None leaves what the post has
    over: tuple[str, ...] = ()  # the warnings over which it is published, for the audit trail


@contextmanager
def content_change() -> Iterator[None]:
    """A transaction that waits for another that changes content, and raises the site's generation at its end."""
    with transaction.atomic():
        SiteState.lock()
        yield
        SiteState.raise_generation(Post.objects.coming_changes(clock.now(), SiteState.MOST_CHANGES))


def write(changes: Iterable[Change], *, origin: Revision.Origin, by: User | None = None) -> dict[str, list[str]]:
    """Writes all of the changes or none. A path that changed leaves a redirect behind.

    What a check stops is stored all the same, and readers do not see it: the reasons, by the file of each such post.
    Raises `IntegrityError` where two posts would have one path.
    """
    at = clock.now()
    held: dict[str, list[str]] = {}
    events: list[audit.Event] = []
    with content_change():
        for batch in _batches(changes):
            posts, happened = _write_batch(batch, origin=origin, by=by, at=at)
            held |= {post.source_path: post.held for post in posts if post.held}
            events += happened
        _record_last(events, by=by, at=at)
    return held


def reschedule(posts: Iterable[Post], *, by: User | None = None) -> None:
    """Asks the checks about these posts anew: for what knows of something that a check asks for, as an approval.

    What readers may see, and until when, follows; documents, revisions and dates stay as they are.
    """
    at = clock.now()
    events: list[audit.Event] = []
    with content_change():
        for batch in _batches(projected([post.pk for post in posts])):
            events += _move_windows(batch, at=at)
        _record_last(events, by=by, at=at)


def projected(keys: Sequence[int]) -> Iterator[tuple[Post, Projection]]:
    """The posts with these keys, each with what its live document makes today; a few at a time."""
    for post in _stored(keys):
        if post.live_revision:
            yield post, project(Document.of(post.live_revision.text), Source.restored(post.source))


def projected_drafts(keys: Sequence[int]) -> Iterator[tuple[Post, Projection]]:
    """Those of the posts with these keys that have a draft that waits, each with what that makes today."""
    for post in _stored(keys):
        if post.has_waiting_changes and post.latest_revision:
            yield post, project(Document.of(post.latest_revision.text), Source.restored(post.source))


def _stored(keys: Sequence[int]) -> Iterator[Post]:
    for start in range(0, len(keys), BATCH):
        batch = Post.objects.filter(pk__in=keys[start : start + BATCH])
        yield from batch.select_related("live_revision", "latest_revision")


def save_draft(post: Post, projection: Projection, *, origin: Revision.Origin, by: User | None = None) -> Revision:
    """Adds the revision that editors see next. Readers see what they saw, now and at the moments to come."""
    at = clock.now()
    with transaction.atomic():
        SiteState.lock()
        revision = Revision.objects.create(
            post=post, text=projection.text, sha256=projection.sha256, author=by, origin=origin, created_at=at
        )
        audit.record([recording.drafted(post, revision)], by=by, at=at)
        post.latest_revision = revision
        Post.objects.filter(pk=post.pk).update(latest_revision=revision)
        image_uses.note([(post, projection)], in_draft=True)
    return revision


def vacate(posts: Iterable[Post]) -> None:
    """Frees the paths of these posts, which the same transaction gives others: so several may trade theirs."""
    leaving = Concat(Value("/leaving/"), Cast("pk", CharField()), Value("/"))
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(path=leaving)


def rerender(rendered: Iterable[tuple[Post, Projection]]) -> None:
    """Stores what a newer renderer makes of documents that did not change: no revision, no new date.

    The checks are asked anew.
    """
    columns = ("html", "contents", "summary", "words", "minutes", "options", "renderer_version")
    at = clock.now()
    events: list[audit.Event] = []
    with content_change():
        for batch in _batches(rendered):
            for post, projection in batch:
                for name in columns:
                    setattr(post, name, getattr(projection, name))
            Post.objects.bulk_update([post for post, _ in batch], columns)
            taxonomies.move([post for post, _ in batch])  # older releases listed what only introduces a list
            search.index([(post, projection.search_text) for post, projection in batch])
            image_uses.note(batch)
            events += _move_windows(batch, at=at)
        _record_last(events, by=None, at=at)


def note_drafts(projected: Iterable[tuple[Post, Projection]]) -> None:
    """Notes the images of drafts that wait, each post with what its latest document makes."""
    with content_change():
        for batch in _batches(projected):
            image_uses.note(batch, in_draft=True)


def index(projected: Iterable[tuple[Post, Projection]]) -> None:
    """Makes what search knows anew from all of these; readers find what they did until it is done."""
    with content_change():
        search.clear()
        for batch in _batches(projected):
            search.index([(post, projection.search_text) for post, projection in batch])


def delete(posts: Iterable[Post], *, by: User | None = None) -> None:
    """Deletes these posts with their revisions. What others have typed into them and not saved is theirs to make new ones of."""
    posts = list(posts)
    with content_change():
        audit.record(recording.deleted(posts), by=by)
        Autosave.objects.filter(post__in=posts).exclude(user=by).update(post=None, base=None)
        Post.objects.filter(pk__in=[post.pk for post in posts]).delete()


def rename(tag: Tag, name: str, *, by: User | None = None) -> None:
    """Gives the tag another name and so another URL. Its old URL redirects, and documents that say the old name mean it."""
    with content_change():
        old_name, old_path = tag.name, tag.path
        tag.name, tag.slug = name, tag.slugify(name)
        tag.save()
        names = {"name": old_name}, {"name": name}
        audit.record([audit.Event("tag.renamed", f"{tag._meta.label_lower}:{tag.pk}", name, *names)], by=by)
        if tag.path != old_path:
            Redirect.objects.filter(old_path=tag.path).delete()
            moved = Redirect.leading_to(tag) | {"origin": Redirect.Origin.MOVED, "kind": Redirect.Kind.PERMANENT}
            Redirect.objects.update_or_create(old_path=old_path, defaults=moved)
            Redirect.objects.filter(target_path=quoted(old_path)).update(tag=tag, target_path="")
        search.renamed(tag, batch=BATCH)


def save_author(author: Author, *, by: User | None = None) -> None:
    """Stores what the site tells of an author; the slug, and so the page, follows the name."""
    with content_change():
        before = recording.stored_author(author)
        author.slug = term_slug(author.name)
        author.save()
        audit.record([recording.saved_author(author, before)], by=by)


def delete_author(author: Author, *, by: User | None = None) -> None:
    """Deletes what the site tells of an author. Posts that name them keep their page."""
    with content_change():
        audit.record([recording.deleted_author(author)], by=by)
        author.delete()


def save_settings(settings: SiteSettings, *, by: User | None = None) -> None:
    """Stores what an editor says of the site itself."""
    with content_change():
        before = recording.stored_settings()
        settings.save()
        audit.record([recording.saved_settings(settings, before)], by=by)


def _write_batch(
    changes: Sequence[Change], *, origin: Revision.Origin, by: User | None, at: datetime
) -> tuple[list[Post], list[audit.Event]]:
    """The posts, and what is to be recorded of them."""
    known = [change for change in changes if change.post and change.post.pk]
    before = recording.stored(change.post for change in known if change.post) if known else {}
    left = {c.post.pk: c.post.path for c in known if c.post and c.post.path != c.projection.path}
    posts = [_with_columns(change, by=by, at=at) for change in changes]
    for post, (window, reasons) in zip(posts, _decided([(c.post, c.projection) for c in changes], at), strict=True):
        post.public_from, post.public_until, post.held = window.public_from, window.public_until, reasons
    _write_posts(posts, left)
    revisions = _write_revisions(posts, changes, origin=origin, by=by, at=at)
    taxonomies.write(posts, [change.projection.tags for change in changes])
    _write_redirects(posts, left)
    search.index([(post, change.projection.search_text) for post, change in zip(posts, changes, strict=True)])
    image_uses.note([(post, c.projection) for post, c in zip(posts, changes, strict=True)], draft_is_over=True)
    over = {post.pk: change.over for post, change in zip(posts, changes, strict=True) if change.over}
    return posts, recording.written(posts, before, revisions, over)


def _decided(documents: Sequence[tuple[Post | None, Projection]], at: datetime) -> Iterator[tuple[Window, list[str]]]:
    """When readers may see each of these documents, and the reasons where a check allows less than the document says."""
    windows = [projection.window for _, projection in documents]
    coming = [n for n, window in enumerate(windows) if window.is_open_after(at)]
    asked = [Candidate(documents[n][1], documents[n][0], at) for n in coming]
    said = dict(zip(coming, checks.verdicts(asked, by_a_person=False), strict=True))
    for n, window in enumerate(windows):
        narrowed = said[n].narrowed(window) if n in said else window
        yield narrowed, said[n].reasons if narrowed != window else []


def _move_windows(batch: Sequence[tuple[Post, Projection]], *, at: datetime) -> list[audit.Event]:
    """Lets the checks decide anew from when and until when readers see these stored posts; what is to be recorded of it."""
    moved = []
    for (post, projection), (window, reasons) in zip(batch, _decided(batch, at), strict=True):
        if (post.public_from, post.public_until, post.held) != (window.public_from, window.public_until, reasons):
            post.public_from, post.public_until, post.held = window.public_from, window.public_until, reasons
            moved.append((post, projection))
    posts = [post for post, _ in moved]
    if not posts:
        return []
    before = recording.stored(posts)
    Post.objects.bulk_update(posts, ["public_from", "public_until", "held"])
    taxonomies.move(posts)
    search.index([(post, projection.search_text) for post, projection in moved])
    return recording.rescheduled(posts, before)


def _record_last(events: Sequence[audit.Event], *, by: User | None, at: datetime) -> None:
    """At the end of a change: from here on whoever else has something to record waits, if only to sign in."""
    if events:
        audit.record(events, by=by, at=at)


def _with_columns(change: Change, *, by: User | None, at: datetime) -> Post:
    post = change.post or Post()
    if post.pk is None:
        post.owner = by
    for name, value in change.projection.columns().items():
        setattr(post, name, value)
    if change.file_hash is not None:
        post.file_hash = change.file_hash
    post.edition = editions.of(post.path)
    post.updated_at = at
    return post


def _write_posts(posts: Sequence[Post], left: dict[int, str]) -> None:
    new, known = [p for p in posts if p.pk is None], [p for p in posts if p.pk is not None]
    if left:
        vacate(post for post in known if post.pk in left)
    columns = [field.name for field in Post._meta.concrete_fields if not field.primary_key]
    Post.objects.bulk_create(known, update_conflicts=True, unique_fields=["id"], update_fields=columns)
    Post.objects.bulk_create(new)


def _write_revisions(
    posts: Sequence[Post], changes: Sequence[Change], *, origin: Revision.Origin, by: User | None, at: datetime
) -> list[Revision]:
    """A revision for each, live and latest at once."""
    revisions = Revision.objects.bulk_create(
        Revision(
            post_id=post.pk, text=c.projection.text, sha256=c.projection.sha256, author=by, origin=origin, created_at=at
        )
        for post, c in zip(posts, changes, strict=True)
    )
    newest = Subquery(Revision.objects.filter(post=OuterRef("pk")).order_by("-pk").values("pk")[:1])
    written = Post.objects.filter(pk__in=[post.pk for post in posts])
    written.update(live_revision=newest, latest_revision=newest)
    return revisions


def _write_redirects(posts: Sequence[Post], left: dict[int, str]) -> None:
    Redirect.objects.filter(post__in=[post.pk for post in posts], origin=Redirect.Origin.ALIAS).delete()
    taken = {post.path for post in posts}  # by another, who may have traded places with this one
    Redirect.put([Redirect(old_path=path, post_id=pk) for pk, path in left.items() if path not in taken])
    # Of two documents with one alias the first keeps it.
    Redirect.objects.bulk_create(
        [
            Redirect(old_path=alias, post=post, origin=Redirect.Origin.ALIAS)
            for post in posts
            for alias in dict.fromkeys(post.aliases)
        ],
        ignore_conflicts=True,
    )
    aliases = {alias: post.pk for post in reversed(posts) for alias in post.aliases}
    _shorten(aliases | {path: pk for pk, path in left.items()})


def _shorten(moved: Mapping[str, int]) -> None:
    """Redirects to paths that posts have left lead to the posts at once: one hop."""
    if not moved:
        return
    by_link = {quoted(path): pk for path, pk in moved.items()}
    longer = list(Redirect.objects.filter(target_path__in=by_link))
    for redirect in longer:
        redirect.post_id, redirect.target_path = by_link[redirect.target_path], ""
    Redirect.objects.bulk_update(longer, ["post", "target_path"])


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    remaining = iter(items)
    while batch := list(islice(remaining, BATCH)):
        yield batch
