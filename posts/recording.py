"""What the audit trail holds of posts, authors and the site: each change in the admin by itself, an import a batch at a time.

The texts themselves are in the revisions, which the entries name.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from audit.models import Event
from posts.models import Author, Post, PreviewLink, Revision, SiteSettings

Facts = Mapping[str, Any]


_FACTS_OF_AUTHOR = ("name", "credentials", "photo", "biography", "links")
_FACTS_OF_SITE = (
    *("name", "tagline", "contact_email", "logo", "logo_alt", "accent"),
    *("menu", "footer", "social", "legal"),
)
_FACTS = ("path", "title", "draft", "public_from", "public_until", "held")


def stored(posts: Iterable[Post]) -> dict[int, Facts]:
    """What the database holds of these posts, by their keys, to be compared with what becomes of them. One query."""
    rows = Post.objects.filter(pk__in=[post.pk for post in posts]).values("pk", *_FACTS, "latest_revision")
    return {row.pop("pk"): {**row, "revision": row.pop("latest_revision")} for row in rows}


def written(
    posts: Sequence[Post],
    before: Mapping[int, Facts],
    revisions: Sequence[Revision],
    over: Mapping[int, Sequence[str]],
) -> list[Event]:
    """The events of posts that were just written; `before` is what was stored of them.

    `over` are the warnings over which whoever did it published some, by the posts' keys.
    """
    if any(revision.origin == Revision.Origin.IMPORT for revision in revisions):
        hashes = [[post.path, revision.sha256] for post, revision in zip(posts, revisions, strict=True)]
        label = "1 post" if len(posts) == 1 else f"{len(posts)} posts"
        return [Event("posts.imported", label=label, after={"posts": hashes})]
    return [
        _saved(
            "post",
            post,
            post.title,
            before.get(post.pk, {}),
            {**_facts(post), "revision": revision.pk, "sha256": revision.sha256, **_over(over.get(post.pk))},
        )
        for post, revision in zip(posts, revisions, strict=True)
    ]


def rescheduled(posts: Sequence[Post], before: Mapping[int, Facts]) -> list[Event]:
    """The events of stored posts of which the checks just decided otherwise."""
    return [_changed("post.rescheduled", post, post.title, before[post.pk], _facts(post)) for post in posts]


def drafted(post: Post, revision: Revision) -> Event:
    """The event of a revision that only editors see; `post` still has the one before."""
    before = {"revision": post.latest_revision_id}
    after = {"revision": revision.pk, "sha256": revision.sha256}
    return Event("post.drafted", subject(post), post.title, before, after)


def shared(link: PreviewLink) -> Event:
    """The event of a preview link that was just made."""
    after = {"link": link.pk, "revision": link.revision_id, "until": link.expires_at}
    return Event("preview.shared", subject(link.post), link.post.title, after=after)


def revoked(link: PreviewLink) -> Event:
    """The event of a preview link that shows nothing from now on."""
    return Event("preview.revoked", subject(link.post), link.post.title, before={"link": link.pk})


def deleted(posts: Sequence[Post]) -> list[Event]:
    """The events of posts that are about to be deleted."""
    before = stored(posts)
    return [Event("post.deleted", subject(post), post.title, before=before[post.pk]) for post in posts]


def stored_author(author: Author) -> Facts:
    """What the database holds of the author, to be compared with what becomes of them; nothing for a new one."""
    return Author.objects.filter(pk=author.pk).values(*_FACTS_OF_AUTHOR).first() or {}


def saved_author(author: Author, before: Facts) -> Event:
    """The event of an author that was just stored."""
    return _saved("author", author, author.name, before, {name: getattr(author, name) for name in _FACTS_OF_AUTHOR})


def deleted_author(author: Author) -> Event:
    """The event of an author that is about to be deleted."""
    return Event("author.deleted", subject(author), author.name, before=stored_author(author))


def stored_settings() -> Facts:
    """What the database holds of the site itself; nothing while nobody set anything."""
    return SiteSettings.objects.values(*_FACTS_OF_SITE).first() or {}


def saved_settings(settings: SiteSettings, before: Facts) -> Event:
    """The event of site settings that were just stored."""
    after = {name: getattr(settings, name) for name in _FACTS_OF_SITE}
    return _saved("site_settings", settings, str(settings), before, after)


def subject(row: Post | Author | SiteSettings) -> str:
    """What names the row in the trail."""
    return f"{row._meta.label_lower}:{row.pk}"


def _facts(post: Post) -> Facts:
    return {name: getattr(post, name) for name in _FACTS}


def _over(warnings: Sequence[str] | None) -> Facts:
    return {"published_over": list(warnings)} if warnings else {}


def _saved(what: str, row: Post | Author | SiteSettings, label: str, before: Facts, after: Facts) -> Event:
    return _changed(f"{what}.{'changed' if before else 'created'}", row, label, before, after)


def _changed(action: str, row: Post | Author | SiteSettings, label: str, before: Facts, after: Facts) -> Event:
    names = [name for name in after if before.get(name) != after[name]]
    was, is_now = ({name: said[name] for name in names if name in said} for said in (before, after))
    return Event(action, subject(row), label, was, is_now)
