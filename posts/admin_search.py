"""What the admin's search over everything finds of posts, images, tags and authors, for the person who asks."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from posts import search
from posts.models import Author, Image, Post, Tag

HITS = 8
IN_TITLES = 50  # titles that are ranked for who sees every post; for others the most that search gives
FULL = 2000
LONGEST_NOTE = 100  # characters


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found, where it is, and what tells it from its like."""

    title: str
    url: str
    note: str = ""


def posts_found(user: User, text: str) -> list[Hit]:
    """Posts, drafts too: those first that have the words in their titles; by the address, if that is what is typed."""
    seen = Post.objects.seen_by(user).only("title", "draft", "public_from", "public_until", "section", "path")
    if text.startswith("/"):
        return [_post_hit(post) for post in seen.filter(path__startswith=text).order_by("path")[:HITS]]
    query = search.Query.read(text)
    found = _seen(seen, search.titles_matching(query, IN_TITLES if user.has_perm("posts.change_any_post") else FULL))
    if len(found) < HITS:
        known = {post.pk for post in found}
        others = [key for key in search.posts_matching(query) if key not in known]
        found += _seen(seen, others)
    return [_post_hit(post) for post in found[:HITS]]


def images_found(user: User, text: str) -> list[Hit]:
    """Images by their names, alternative texts and credits, the latest first."""
    if not user.has_perm("posts.view_image"):
        return []
    return [
        Hit(image.name, reverse("admin:posts_image_change", args=[image.pk]), image.alt[:LONGEST_NOTE])
        for image in Image.objects.matching(text)[:HITS]
    ]


def tags_found(user: User, text: str) -> list[Hit]:
    """Tags whose names hold the text, those first that begin with it."""
    if not user.has_perm("posts.view_tag"):
        return []
    return [Hit(tag.name, reverse("admin:posts_tag_change", args=[tag.pk])) for tag in _named(Tag.objects.all(), text)]


def authors_found(user: User, text: str) -> list[Hit]:
    """Authors of whom the site tells something."""
    if not user.has_perm("posts.view_author"):
        return []
    authors = _named(Author.objects.all(), text)
    return [Hit(author.name, reverse("admin:posts_author_change", args=[author.pk])) for author in authors]


def _seen(seen: QuerySet, keys: list[int]) -> list[Post]:
    """Those of these posts that the person may see, in this order."""
    posts = seen.in_bulk(keys[:FULL])
    return [posts[key] for key in keys if key in posts][:HITS]


def _post_hit(post: Post) -> Hit:
    note = " · ".join(part for part in (str(post.status().label), post.path) if part)
    return Hit(post.title, reverse("admin:posts_post_change", args=[post.pk]), note)


def _named(rows: QuerySet, text: str) -> list[Any]:
    found = rows.filter(name__icontains=text) if text else rows.none()
    wanted = text.casefold()
    return sorted(found, key=lambda each: (not each.name.casefold().startswith(wanted), each.name.casefold()))[:HITS]
