"""Tags made, merged and deleted. A tag's new name is a matter of writing (`writing.rename`)."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from audit import models as audit
from audit.models import Event
from posts import search, writing
from posts.models import Post, Redirect, Tag, TaggedPost, quoted


@dataclass(frozen=True, slots=True)
class Merging:
    """What a merge changes: the tags that go, the one that stays, and how many posts get it or had both."""

    staying: Tag
    going: list[Tag]
    gained: int
    had_both: int

    @classmethod
    def of(cls, tags: Iterable[Tag], staying: Tag) -> "Merging":
        going = [tag for tag in tags if tag.pk != staying.pk]
        posts = Post.objects.filter(tagged__tag__in=going).distinct()
        with_both = posts.filter(pk__in=TaggedPost.objects.filter(tag=staying).values("content_object")).count()
        return cls(staying, going, posts.count() - with_both, with_both)


def add(tag: Tag, *, by: User | None = None) -> None:
    """Stores a new tag; its slug follows its name."""
    with writing.content_change():
        tag.slug = tag.slugify(tag.name)
        tag.save()
        audit.record([Event("tag.created", _subject(tag), tag.name, after={"name": tag.name})], by=by)


def merge(tags: Iterable[Tag], staying: Tag, *, by: User | None = None) -> None:
    """Makes one tag of several. Posts of the others get the one that stays, once.

    The others' URLs redirect to its own in one hop, and documents that say their names mean it.
    """
    going = [tag for tag in tags if tag.pk != staying.pk]
    with writing.content_change():
        posts = list(TaggedPost.objects.filter(tag__in=going).values_list("content_object", flat=True).distinct())
        for tag in going:
            tag.tagged.filter(
                content_object__in=TaggedPost.objects.filter(tag=staying).values("content_object")
            ).delete()
            tag.tagged.update(tag=staying)
        _redirect(going, staying)
        audit.record((_merged(tag, staying) for tag in going), by=by)
        Tag.objects.filter(pk__in=[tag.pk for tag in going]).delete()
        search.retagged(posts, batch=writing.BATCH)


def delete(tags: Iterable[Tag], *, by: User | None = None) -> list[Tag]:
    """Deletes those of the tags that no post has, and gives them back."""
    with writing.content_change():
        unused = list(Tag.objects.filter(pk__in=[tag.pk for tag in tags], tagged=None))
        audit.record((Event("tag.deleted", _subject(tag), tag.name, {"name": tag.name}) for tag in unused), by=by)
        Tag.objects.filter(pk__in=[tag.pk for tag in unused]).delete()
    return unused


def _redirect(going: list[Tag], staying: Tag) -> None:
    """What led to the others leads to the one that stays, and so do their own URLs."""
    links = [quoted(tag.path) for tag in going]
    Redirect.objects.filter(tag__in=going).update(tag=staying)
    Redirect.objects.filter(target_path__in=links).update(tag=staying, target_path="")
    Redirect.put([Redirect(old_path=tag.path, **Redirect.leading_to(staying)) for tag in going])


def _merged(tag: Tag, staying: Tag) -> Event:
    after = {"merged_into": staying.name, "tag": staying.pk}
    return Event("tag.merged", _subject(tag), tag.name, {"name": tag.name, "tag": tag.pk}, after)


def _subject(tag: Tag) -> str:
    return f"{tag._meta.label_lower}:{tag.pk}"
