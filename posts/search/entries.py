"""What search knows of each post, kept as posts are written."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import connection

from posts.models import Post, SearchEntry, Tag, TaggedPost
from posts.search.indexes import INDEXES
from posts.search.keys import key_of

READ = 100_000  # characters of a text: PostgreSQL counts no more than 16,383 words


def index(texts: Sequence[tuple[Post, str]]) -> None:
    """Makes the entries of these stored posts anew, with the plain text of each; three queries for all of them.

    What readers are not to find is there for editors, as something that is never public: drafts, what says
    `searchHidden`, and documents that only introduce a list.
    """
    posts = [post.pk for post, _ in texts]
    SearchEntry.objects.filter(post__in=posts).delete()
    tags = _tags_of(posts)
    SearchEntry.objects.bulk_create(_entry(post, tags[post.pk], text) for post, text in texts)


def clear() -> None:
    """Forgets all posts, and whatever the index itself may hold besides."""
    SearchEntry.objects.all().delete()
    INDEXES[connection.vendor].clear()


def renamed(tag: Tag, *, batch: int) -> None:
    """Follows a tag's new name, `batch` posts at a time."""
    retagged(list(SearchEntry.objects.filter(post__tagged__tag=tag).values_list("post", flat=True)), batch=batch)


def retagged(posts: Sequence[int], *, batch: int) -> None:
    """Follows the tags of the posts with these keys, `batch` posts at a time."""
    for start in range(0, len(posts), batch):
        entries = SearchEntry.objects.filter(post__in=posts[start : start + batch]).select_related("post")
        index([(entry.post, entry.text) for entry in entries])


def filed_under(tag: int | None, edition: str) -> str:
    """The word by which an entry says that its post has the tag with this key and stands in this edition.

    Without an edition: in any; "" for what says nothing.
    """
    return f"tag{tag or ''}{edition.replace('-', '')}" if tag or edition else ""


def _tags_of(posts: Sequence[int]) -> dict[int, dict[int, str]]:
    """Key and name of each post's tags, in their order."""
    tags: dict[int, dict[int, str]] = defaultdict(dict)
    tagged = TaggedPost.objects.filter(content_object__in=posts).order_by("position")
    for post, key, name in tagged.values_list("content_object", "tag", "tag__name"):
        tags[post][key] = name
    return tags


def _is_found(post: Post) -> bool:
    """Whether readers find it while it is public."""
    return post.kind == Post.Kind.ARTICLE and not post.options.get("searchHidden")


def _entry(post: Post, tags: Mapping[int, str], text: str) -> SearchEntry:
    headings = "\n".join(heading["text"] for heading in post.contents)
    return SearchEntry(
        id=key_of(post.listed_at, post.date_offset, post.pk),
        post_id=post.pk,
        public_from=post.public_from if _is_found(post) else None,
        public_until=post.public_until,
        title=unicodedata.normalize("NFC", post.title),
        tags=unicodedata.normalize("NFC", "\n".join(tags.values())),
        headings=unicodedata.normalize("NFC", headings[:READ]),
        text=unicodedata.normalize("NFC", text[:READ]),
        filed=" ".join(
            filed_under(tag, edition) for edition in ("", post.edition) for tag in (None, *tags) if tag or edition
        ),
    )
