"""What a Markdown text holds: blocks, links, and which of its characters are prose. All places are offsets in the text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property

FILLING = "\ufffc"  # stands in `Markdown.prose` for each character that is no prose


class Kind(Enum):
    """What a block is."""

    HEADING = auto()
    PARAGRAPH = auto()
    TABLE = auto()
    CODE = auto()
    HTML = auto()
    DEFINITION = auto()


@dataclass(slots=True)
class Block:
    """`text[start:end]` is the whole block without its last line end, `text[inner_start:inner_end]` what it says."""

    kind: Kind
    start: int
    end: int
    inner_start: int
    inner_end: int
    level: int = 0  # of a heading, 1 to 6
    in_list: bool = False
    in_quote: bool = False


class Form(Enum):
    """How a link is written."""

    INLINE = auto()  # [text](address)
    REFERENCE = auto()  # [text][label], the address in a definition
    AUTOLINK = auto()  # <https://…>
    BARE = auto()  # https://… in running text
    HTML = auto()  # <a href>, <img src>


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image: where all of it, its text and its address stand."""

    form: Form
    start: int
    end: int
    text_start: int
    text_end: int
    target: str  # the address as written
    target_start: int
    is_image: bool = False
    has_title: bool = False

    @property
    def target_end(self) -> int:
        return self.target_start + len(self.target)


@dataclass
class Markdown:
    """What a text holds. All offsets are the text's."""

    text: str
    blocks: list[Block]
    links: list[Link] = field(default_factory=list)
    opaque: list[tuple[int, int]] = field(default_factory=list)  # code, tags, addresses inside blocks, by their start
    tags: list[tuple[int, int]] = field(default_factory=list)  # HTML: tags in running text, whole blocks
    templates: list[tuple[int, int]] = field(default_factory=list)  # {{…}} and {%…%} in running text

    @property
    def headings(self) -> list[Block]:
        return [block for block in self.blocks if block.kind is Kind.HEADING]

    @cached_property
    def prose(self) -> str:
        """As long as the text, with what is no running English replaced by `FILLING`, line ends between blocks too."""
        parts: list[str] = []
        at = 0
        for start, end in self._prose_spans():
            parts += FILLING * (start - at), self.text[start:end]
            at = end
        parts.append(FILLING * (len(self.text) - at))
        return "".join(parts)

    def _prose_spans(self) -> Iterator[tuple[int, int]]:
        opaque = iter([*self.opaque, (len(self.text) + 1, len(self.text) + 1)])
        hidden_start, hidden_end = next(opaque)
        for block in self.blocks:
            at = block.inner_start
            if block.kind not in WITH_INLINES:
                continue
            while hidden_start < block.inner_end:
                if at < hidden_start:
                    yield at, hidden_start
                at = max(at, hidden_end)
                hidden_start, hidden_end = next(opaque)
            if at < block.inner_end:
                yield at, block.inner_end


WITH_INLINES = (Kind.HEADING, Kind.PARAGRAPH, Kind.TABLE)
