"""Which images posts use: written with the posts, three statements for a whole batch.

They are SQL because `bulk_create` of some three images a post would make an import a fifth slower.
"""

from collections.abc import Sequence

from django.db import connection

from posts import images
from posts.models import Image, ImageUse, Post
from posts.projection import Projection

# One that is known keeps what is said of it; without an alt text it takes the first that a post writes for it.
_ADD_IMAGES = """
INSERT INTO posts_image
    (address, alt, storage, kind, width, height, size_bytes, added_at, title, credit, source, licence, licence_url)
VALUES (%s, %s, %s, %s, %s, %s, %s, CURRENT_TIMESTAMP, '', '', '', '', '')
ON CONFLICT (address) DO UPDATE SET alt = excluded.alt WHERE posts_image.alt = '' AND excluded.alt <> ''
"""
_ADD_USES = """
INSERT INTO posts_imageuse (post_id, place, in_draft, image_id)
SELECT %s, %s, %s, id FROM posts_image WHERE address = %s
"""


def note(written: Sequence[tuple[Post, Projection]], *, in_draft: bool = False, draft_is_over: bool = False) -> None:
    """Replaces what is known of the images of these stored posts, as readers see them or in the draft that waits.

    With `draft_is_over` there is no draft any more. An image that was not known is added.
    """
    forgotten = ImageUse.objects.filter(post__in=[post.pk for post, _ in written])
    (forgotten if draft_is_over else forgotten.filter(in_draft=in_draft)).delete()
    shown = [
        (post.pk, picture)
        for post, projection in written
        for picture in projection.pictures
        if Image.is_address(picture.address)
    ]
    alts: dict[str, str] = {}
    for _, picture in shown:
        alts[picture.address] = alts.get(picture.address) or picture.alt
    uses = dict.fromkeys((pk, picture.place, in_draft, picture.address) for pk, picture in shown)
    if uses:
        with connection.cursor() as cursor:
            cursor.executemany(_ADD_IMAGES, [_columns(address, alt) for address, alt in alts.items()])
            cursor.executemany(_ADD_USES, list(uses))


def _columns(address: str, alt: str) -> tuple[str | int | None, ...]:
    facts = images.facts(address)
    return address, alt, facts.storage, facts.kind, *(facts.size or (None, None)), facts.size_bytes
