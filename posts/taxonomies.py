"""Tags, authors and series of posts: the rows that list them, each of which repeats what decides its post's place."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import OuterRef, Subquery

from posts import permalinks
from posts.models import (
    UNNUMBERED,
    AuthoredPost,
    Post,
    Redirect,
    SeriesPost,
    Tag,
    TaggedPost,
    is_name,
)
from posts.site_paths import is_reserved
from posts.slugs import term_slug
from posts.source import Source

_LEADING = frozenset({"keeps_case", "without_accents", "term_pattern"})
"""What a source says where its site has tags elsewhere than we have them."""


def write(posts: Sequence[Post], tags: Sequence[Sequence[str]]) -> None:
    """Writes these posts' rows anew; `tags` are the names that each of their documents says."""
    keys = [post.pk for post in posts]
    for rows in (TaggedPost.objects, AuthoredPost.objects, SeriesPost.objects):
        rows.filter(content_object__in=keys).delete()
    known = _tags_by_slug({name for names in tags for name in names})
    _lead_from_sites(posts, tags, known)
    TaggedPost.objects.bulk_create(
        TaggedPost(tag_id=tag.pk, position=position, **_place(post))
        for post, names in zip(posts, tags, strict=True)
        for position, tag in enumerate(dict.fromkeys(known[term_slug(name)] for name in names))
    )
    AuthoredPost.objects.bulk_create(
        AuthoredPost(name=name, slug=slug, **_place(post))
        for post in posts
        for slug, name in {term_slug(name): name for name in reversed(post.authors) if is_name(name)}.items()
    )
    SeriesPost.objects.bulk_create(
        SeriesPost(name=name, slug=term_slug(name), position=post.series_weight or UNNUMBERED, **_place(post))
        for post in posts
        for name in post.series
        if is_name(name) and post.kind == Post.Kind.ARTICLE
    )


def move(posts: Sequence[Post]) -> None:
    """Has these posts' rows follow when readers see the posts."""
    for rows in (TaggedPost.objects, AuthoredPost.objects, SeriesPost.objects):
        own = Post.objects.articles().filter(pk=OuterRef("content_object"))
        start, end = (Subquery(own.values(name)) for name in ("public_from", "public_until"))
        rows.filter(content_object__in=posts).update(public_from=start, public_until=end)


def _place(post: Post) -> dict[str, Any]:
    """What a row repeats of its post. No list has what only introduces one."""
    is_article = post.kind == Post.Kind.ARTICLE
    return {
        "content_object_id": post.pk,
        "edition": post.edition,
        "listed_at": post.listed_at,
        "public_from": post.public_from if is_article else None,
        "public_until": post.public_until if is_article else None,
    }


def _lead_from_sites(posts: Sequence[Post], tags: Sequence[Sequence[str]], known: Mapping[str, Tag]) -> None:
    """Redirects to tags from where the posts' sites have them: without accents, in the case that they are written in, or
    where the site's pattern for them says."""
    there: dict[str, Tag] = {}
    for post, names in zip(posts, tags, strict=True):
        if not _LEADING.isdisjoint(post.source):
            there |= {path: known[term_slug(name)] for name, path in _paths(names, post.source)}
    taken = set(Tag.objects.filter(slug__in=map(_slug, there)).values_list("slug", flat=True)) if there else set()
    pages = set(Post.objects.filter(path__in=there).values_list("path", flat=True)) if there else set()
    Redirect.objects.bulk_create(
        [
            Redirect(old_path=path, tag=tag)
            for path, tag in there.items()
            if _slug(path) not in taken and path not in pages and not is_reserved(path, for_introduction=True)
        ],
        ignore_conflicts=True,
    )


def _paths(names: Sequence[str], kept: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The tags, and where the site of a post, by the source that this keeps, has each that it has elsewhere."""
    keeps_case, keeps_accents = "keeps_case" in kept, "without_accents" not in kept
    if pattern := kept.get("term_pattern"):
        source = Source.restored(kept)
        paths = ((name, permalinks.term_path(name, source.tag_keys[0], pattern, source.rules)) for name in names)
        yield from ((name, path) for name, path in paths if path)
    elif keeps_case or not keeps_accents:
        for name in names:
            yield name, Tag(slug=term_slug(name, keeps_case=keeps_case, keeps_accents=keeps_accents)).path


def _slug(path: str) -> str:
    """Of the tag that may have its page at this path; of another path none that a tag has."""
    return path.removeprefix(Tag.FOLDER).rstrip("/") if path.startswith(Tag.FOLDER) else ""


def _tags_by_slug(names: set[str]) -> dict[str, Tag]:
    """The tag of each name's slug: the one that has it, the one that once had it, or a new one."""
    wanted = {term_slug(name): name for name in sorted(names, reverse=True)}
    former = {Tag(slug=slug).path: slug for slug in wanted}
    redirects = Redirect.objects.filter(old_path__in=former, tag__isnull=False).select_related("tag")
    found = {former[redirect.old_path]: redirect.tag for redirect in redirects if redirect.tag}
    found |= {tag.slug: tag for tag in Tag.objects.filter(slug__in=wanted)}
    new = [Tag(name=name, slug=slug) for slug, name in wanted.items() if slug not in found]
    return found | {tag.slug: tag for tag in Tag.objects.bulk_create(new)}
