"""A post's cover as pages show it: cut to one shape, in the sizes that screens ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from posts import images
from posts.images import Ratio

WIDTH = 1200  # pixels of the default picture; screens choose from the srcset


@dataclass(frozen=True, slots=True)
class CoverPicture:
    """The attributes of a cover's `<img>`; no width and height where the shape is not ours to decide."""

    src: str
    srcset: str
    width: int | None
    height: int | None
    alt: str
    caption: str
    caption_html: str  # sanitised; "" where the caption is its words alone
    hidden_in_list: bool
    hidden_in_single: bool

    @classmethod
    def of(cls, source: str, alt: str, caption: str, options: Mapping[str, Any]) -> Self:
        """The cover at this URL, with a post's display options."""
        image = images.find(source)
        srcset = image.srcset(Ratio.WIDE)
        across, down = Ratio.WIDE.value
        return cls(
            src=image.url(WIDTH, Ratio.WIDE),
            srcset=srcset,
            width=WIDTH if srcset else None,
            height=WIDTH * down // across if srcset else None,
            alt=alt,
            caption=caption,
            caption_html=str(options.get("coverCaptionHtml", "")),
            hidden_in_list=bool(options.get("coverHiddenInList")),
            hidden_in_single=bool(options.get("coverHiddenInSingle")),
        )
