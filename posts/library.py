"""Images stored, described, replaced and deleted. Which posts use them is noted as those are written (`posts.image_uses`)."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone as clock

from accounts.models import User
from audit import models as audit
from audit.models import Event
from posts import images
from posts.images import ImageError, ReadableFile
from posts.models import Image, SiteState

__all__ = ["ImageError", "delete", "replace", "save", "store"]

FACTS = ("title", "alt", "credit", "source", "licence", "licence_url", "licence_expires")


def store(file: ReadableFile, *, name: str, by: User) -> Image:
    """Keeps a picture for good; the same one again gives the image that is there. Raises `ImageError`.

    Takes seconds: call it outside of transactions.
    """
    address = images.store(file, name=name)
    with _change():
        image = Image.objects.filter(address=address).first() or Image.at(address)
        if image.uploaded_by is None:
            image.uploaded_by = by
            image.size_bytes = image.size_bytes or getattr(file, "size", None)
            image.save()
            audit.record([_event("uploaded", image, after={"address": address})], by=by)
    return image


def save(image: Image, *, by: User) -> None:
    """Stores what an editor says of the image."""
    with _change():
        before = Image.objects.values(*FACTS).get(pk=image.pk)
        image.save(update_fields=FACTS)
        changed = [name for name in FACTS if before[name] != getattr(image, name)]
        if changed:
            after = {name: getattr(image, name) for name in changed}
            audit.record([_event("changed", image, {name: before[name] for name in changed}, after)], by=by)


def replace(image: Image, file: ReadableFile, *, by: User) -> str:
    """Puts another picture in the image's place; its address, and so every page, stays. Returns the picture's kind.

    Raises `ImageError`.

    Takes seconds: call it outside of transactions.
    """
    facts = images.replace(image.address, file)
    with _change():
        image.width, image.height = facts.width, facts.height
        image.size_bytes = images.facts(image.address).size_bytes or getattr(file, "size", None)
        image.replaced_at = clock.now()
        image.save(update_fields=["width", "height", "size_bytes", "replaced_at"])
        audit.record([_event("replaced", image, after={"size_bytes": image.size_bytes})], by=by)
    return images.EXTENSIONS[facts.format]


def delete(image: Image, *, by: User, left: Callable[[ImageError], object] = lambda error: None) -> bool:
    """Deletes an image that nothing shows, and its file when the transaction commits; whether it did.

    `left` is told why a file could not be deleted, which nothing leads to any more.
    """
    with _change():
        if not Image.objects.filter(pk=image.pk).unused().exists():
            return False
        audit.record([_event("deleted", image, before={"address": image.address})], by=by)
        Image.objects.filter(pk=image.pk).delete()
        transaction.on_commit(lambda: _delete_file(image.address, left), robust=True)
    return True


def _delete_file(address: str, left: Callable[[ImageError], object]) -> None:
    try:
        images.delete(address)
    except ImageError as error:
        left(error)
        raise  # to the log


@contextmanager
def _change() -> Iterator[None]:
    """A transaction that waits for another that changes content. What readers see stays: no generation is raised."""
    with transaction.atomic():
        SiteState.lock()
        yield


def _event(action: str, image: Image, before: Mapping[str, Any] = {}, after: Mapping[str, Any] = {}) -> Event:
    return Event(f"image.{action}", f"{image._meta.label_lower}:{image.pk}", image.name, before, after)
