"""Which images posts use: written with the posts, a few queries for a whole batch."""

from collections.abc import Mapping, Sequence

from posts.models import Image, ImageUse, Post
from posts.projection import Projection, UsedPicture


def note(written: Sequence[tuple[Post, Projection]], *, in_draft: bool = False, draft_is_over: bool = False) -> None:
    """Replaces what is known of the images of these stored posts, as readers see them or in the draft that waits.

    With `draft_is_over` there is no draft any more. An image that was not known is added.
    """
    used = [(post.pk, picture) for post, projection in written for picture in projection.pictures]
    used = [(pk, picture) for pk, picture in used if Image.is_address(picture.address)]
    forgotten = ImageUse.objects.filter(post__in=[post.pk for post, _ in written])
    (forgotten if draft_is_over else forgotten.filter(in_draft=in_draft)).delete()
    if not used:
        return
    images = _images([picture for _, picture in used])
    rows = dict.fromkeys((images[picture.address], pk, picture.place) for pk, picture in used)
    ImageUse.objects.bulk_create(
        ImageUse(image_id=image, post_id=pk, place=place, in_draft=in_draft) for image, pk, place in rows
    )


def _images(pictures: Sequence[UsedPicture]) -> Mapping[str, int]:
    """The key of each address's image. One without an alt text takes the first that a post writes for it."""
    alts: dict[str, str] = {}
    for picture in pictures:
        alts[picture.address] = alts.get(picture.address) or picture.alt
    known = {image.address: image for image in Image.objects.filter(address__in=alts).only("address", "alt")}
    lacking = [image for address, image in known.items() if not image.alt and alts[address]]
    for image in lacking:
        image.alt = alts[image.address]
    if lacking:
        Image.objects.bulk_update(lacking, ["alt"])
    new = Image.objects.bulk_create(Image.at(address, alt) for address, alt in alts.items() if address not in known)
    return {image.address: image.pk for image in [*known.values(), *new]}
