"""Both sides beside each other, field by field."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from parity.bodies import Block, Body
from parity.facts import FIELDS, PLAIN_FIELDS, PageFacts
from parity.hugo import NOT_FOUND
from posts.rendering.sanitising import sanitised
from posts.site_paths import PAGES_WITH_INTRODUCTION, is_of_a_term

UPRIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
BODY_FIELDS = ("headings", "body")
_FORMS_INPUT = re.compile(r"<input\b(?![^>]*\bcheckbox\b)[^>]*>", re.IGNORECASE)  # ours has none


class Kind(StrEnum):
    """Why a field differs."""

    DIFFERENT = "different"
    SANITISED = "taken out by the sanitiser"
    QUOTES = "quotation marks that lean another way"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one page that is not the same."""

    path: str
    field: str
    ours: str
    hugo: str
    kind: Kind = Kind.DIFFERENT

    def __str__(self) -> str:
        why = "" if self.kind is Kind.DIFFERENT else f" ({self.kind})"
        return f"{self.path}: {self.field}{why}\n    ours  {self.ours}\n    Hugo  {self.hugo}"


@dataclass(slots=True)
class Comparison:
    """All that was compared. `left_out` says by file what Hugo and we say of it where Hugo refuses it."""

    compared: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)
    left_out: dict[str, tuple[str, str]] = field(default_factory=dict)
    note: str = ""

    @property
    def equal(self) -> bool:
        """Whether nothing differs but by the sanitiser or in the lean of quotation marks."""
        return all(each.kind is not Kind.DIFFERENT for each in self.differences)

    def count(self, field: str, kind: Kind) -> int:
        return sum(each.field == field and each.kind is kind for each in self.differences)

    def share(self, field: str) -> float:
        """The part of the pages compared, 0 to 1, whose field differs in nothing but what the sanitiser took."""
        compared = self.compared[field]
        return 1 - self.count(field, Kind.DIFFERENT) / compared if compared else 1.0

    def lines(self, limit: int) -> list[str]:
        """A table, the files left out, and the first differences of each field; `limit` 0 shows none, -1 all."""
        rows = [f"{'field':<14}{'pages':>7}{'equal':>9}{'different':>11}{'sanitised':>11}{'quotes':>8}"]
        rows += [self._row(field) for field in FIELDS if self.compared[field]]
        for place, (hugo, ours) in sorted(self.left_out.items()):
            rows.append(f"{place}: left out, for Hugo refuses it\n    ours  {ours}\n    Hugo  {hugo}")
        for name in ("page", *FIELDS):
            of_field = [str(each) for each in self.differences if each.field == name]
            rows += of_field if limit < 0 else of_field[:limit]
            if 0 <= limit < len(of_field):
                rows.append(f"… and {len(of_field) - limit} more in {name}" if limit else f"{len(of_field)} in {name}")
        return [*filter(None, [self.note]), *rows]

    def _row(self, field: str) -> str:
        different, sanitised_away, quotes = (self.count(field, kind) for kind in Kind)
        return f"{field:<14}{self.compared[field]:>7}{self.share(field):>9.2%}{different:>11}{sanitised_away:>11}{quotes:>8}"

    def as_json(self) -> dict[str, Any]:
        return {
            "note": self.note,
            "fields": {
                name: {"compared": self.compared[name]} | {kind.name.lower(): self.count(name, kind) for kind in Kind}
                for name in FIELDS
            },
            "left_out": {place: {"hugo": hugo, "ours": ours} for place, (hugo, ours) in self.left_out.items()},
            "differences": [
                {"path": each.path, "field": each.field, "ours": each.ours, "hugo": each.hugo, "kind": each.kind}
                for each in self.differences
            ],
        }


def compare(
    ours: Mapping[str, PageFacts], hugo: Mapping[str, PageFacts], fields: tuple[str, ...] = FIELDS
) -> Comparison:
    """Every page that either side has. A page that only one side has is a difference of the field `page`, unless it is
    ours and kept from readers, as a headless bundle is."""
    comparison = Comparison()
    for path in sorted(ours.keys() | hugo.keys()):
        if path in ours and not ours[path].published and (path not in hugo or not hugo[path].url):
            continue
        if path not in ours or path not in hugo:
            here, there = (pages[path].url if path in pages else "-" for pages in (ours, hugo))
            comparison.differences.append(Difference(path, "page", here, there))
            continue
        comparison.compared.update(fields)
        mine = _where_hugo_has_it(ours[path], hugo[path])
        found = [*_plain(path, mine, hugo[path]), *_bodies(path, mine, hugo[path])]
        comparison.differences += [each for each in found if each.field in fields]
    return comparison


def _where_hugo_has_it(ours: PageFacts, hugo: PageFacts) -> PageFacts:
    """The document of a tag, an author or all tags stands at that page here, to which redirects lead from where Hugo has it,
    as they do to tags."""
    lost = hugo.tags - ours.tags
    there = {tag: next(iter(ours.led_from.get(tag, frozenset()) & lost), tag) for tag in ours.tags - hugo.tags}
    ours = replace(ours, tags=frozenset(there.get(tag, tag) for tag in ours.tags))
    is_moved = is_of_a_term(ours.url) or ours.url in PAGES_WITH_INTRODUCTION
    if not (is_moved and hugo.url in ours.aliases):
        return ours
    return replace(ours, url=hugo.url, aliases=ours.aliases - {hugo.url})


def _plain(path: str, ours: PageFacts, hugo: PageFacts) -> Iterator[Difference]:
    for name in PLAIN_FIELDS:
        mine, theirs = getattr(ours, name), getattr(hugo, name)
        if name == "title" and not theirs:
            continue  # where Hugo shows none, we take the first heading or the file's name
        if mine != theirs or (name == "date" and _shown(mine) != _shown(theirs)):  # one moment in two time zones
            yield Difference(path, name, _shown(mine), _shown(theirs))


def _shown(value: object) -> str:
    return ", ".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def _bodies(path: str, ours: PageFacts, hugo: PageFacts) -> Iterator[Difference]:
    mine, theirs = Body.read(ours.html), Body.read(hugo.html).under_title(ours.title)
    mine = Body(tuple(map(_without_lost, mine.blocks, theirs.blocks)) + mine.blocks[len(theirs.blocks) :])
    safe = theirs
    if mine.blocks != theirs.blocks or mine.heading_ids != theirs.heading_ids:
        safe = Body.read(sanitised(_FORMS_INPUT.sub("", hugo.html))).under_title(ours.title)
    if mine.blocks != theirs.blocks:
        kind = _kind(mine.blocks, safe.blocks)
        beside = theirs if kind is Kind.SANITISED else safe
        yield Difference(path, "body", *_first_unequal(mine.blocks, beside.blocks), kind)
    if not _same_ids(mine.heading_ids, theirs.heading_ids):
        kind = Kind.SANITISED if _same_ids(mine.heading_ids, safe.heading_ids) else Kind.DIFFERENT
        yield Difference(path, "headings", *_first_unequal(mine.heading_ids, theirs.heading_ids), kind)


def _without_lost(ours: Block, hugo: Block) -> Block:
    """Ours, without an address wherever Hugo has none for a reference: ours is the place that the author named."""
    if NOT_FOUND not in hugo.links or len(ours.links) != len(hugo.links):
        return ours
    links = (there if there == NOT_FOUND else here for here, there in zip(ours.links, hugo.links, strict=True))
    return replace(ours, links=tuple(links))


def _same_ids(ours: tuple[str, ...], hugo: tuple[str, ...]) -> bool:
    """A heading written as HTML has an id with us only."""
    return len(ours) == len(hugo) and all(a == b or not b for a, b in zip(ours, hugo, strict=True))


def _kind(ours: tuple[Block, ...], safe: tuple[Block, ...]) -> Kind:
    """Why our blocks are not Hugo's, by what is still unequal once Hugo's are sanitised as well."""
    if ours == safe:
        return Kind.SANITISED
    same = [_upright(block) for block in ours] == [_upright(block) for block in safe]
    return Kind.QUOTES if same else Kind.DIFFERENT


def _upright(block: Block) -> Block:
    """With quotation marks as on a typewriter, and none at the end of an address, where Hugo leaves one."""
    links = tuple(link.translate(UPRIGHT).rstrip('"') for link in block.links)
    return replace(block, text=block.text.translate(UPRIGHT), links=links)


def _first_unequal(ours: tuple[object, ...], hugo: tuple[object, ...]) -> tuple[str, str]:
    pairs = zip_longest(ours, hugo, fillvalue="-")
    mine, theirs = next((pair for pair in pairs if pair[0] != pair[1]), ("-", "-"))
    return _around(str(mine), str(theirs)), _around(str(theirs), str(mine))


def _around(text: str, other: str, width: int = 160) -> str:
    """The part of a long text where it begins to differ from the other."""
    same = next((at for at, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other)))
    start = max(0, same - width // 3)
    return ("…" if start else "") + text[start : start + width] + ("…" if start + width < len(text) else "")
