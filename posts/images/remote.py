"""A picture somewhere on the web, or anything else of which only the address is known."""

from dataclasses import dataclass

from posts.images.sizes import Ratio


@dataclass(frozen=True, slots=True)
class RemoteImage:
    """Shown from its own address in every size."""

    src: str
    size: None = None

    def url(self, width: int, ratio: Ratio | None = None) -> str:
        """The address as the author wrote it."""
        return self.src

    def srcset(self, ratio: Ratio | None = None) -> str:
        """Empty: nobody makes other sizes of it."""
        return ""
