"""A post as one of its revisions makes it, and the links by which people without an account see that."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone as clock

from accounts.models import User
from audit import models as audit
from posts import editions, recording
from posts.document import Document
from posts.models import Post, PreviewLink, Revision, Tag, TaggedPost
from posts.projection import Projection
from posts.site import project
from posts.slugs import term_slug
from posts.source import Source


def projection_of(revision: Revision) -> Projection:
    """What the revision's document makes today. Raises what `project` raises."""
    return project(Document.of(revision.text), Source.restored(revision.post.source))


def post_as_of(revision: Revision) -> Post:
    """The revision's post as it would be if this were its live one: to be shown, never to be saved."""
    return post_of(projection_of(revision), pk=revision.post_id, at=revision.created_at)


def post_of(projection: Projection, *, pk: int, at: datetime) -> Post:
    """The post with this key as the projection makes it: to be shown, never to be saved."""
    post = Post(pk=pk, edition=editions.of(projection.path), updated_at=at, **projection.columns())
    slugs = {term_slug(name): name for name in projection.tags}
    known = {tag.slug: tag for tag in Tag.objects.filter(slug__in=slugs)}
    tags = [known.get(slug) or Tag(name=name, slug=slug) for slug, name in slugs.items()]
    tagged = TaggedPost.objects.none()
    tagged._result_cache = [TaggedPost(content_object=post, tag=tag) for tag in tags]
    post._prefetched_objects_cache = {"tagged": tagged}  # type: ignore[attr-defined]  # what `with_tags` would fetch
    return post


def share(
    post: Post, *, expires_at: datetime, by: User, revision: Revision | None = None, at: datetime | None = None
) -> PreviewLink:
    """A new link to this revision or, without one, to whatever is the latest when the link is opened."""
    at = at or clock.now()
    with transaction.atomic():
        link = PreviewLink.objects.create(
            post=post, revision=revision, expires_at=expires_at, created_by=by, created_at=at
        )
        audit.record([recording.shared(link)], by=by, at=at)
    return link


def revoke(link: PreviewLink, *, by: User, at: datetime | None = None) -> None:
    """Whoever holds the link sees nothing any more. An earlier revocation stays as it was."""
    at = at or clock.now()
    with transaction.atomic():
        if PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at):
            audit.record([recording.revoked(link)], by=by, at=at)
