"""Footnotes with Hugo's numbers and ids, whichever engine made them."""

from lxml import etree
from lxml.etree import _Element as Element

from posts.rendering.elements import pop, set_all


def number_footnotes(body: Element) -> list[tuple[Element, str]]:
    """Footnotes with Hugo's ids, `fn:1` and `fnref:1`, whichever engine made them.

    Returns each mark and each arrow back, emptied, with the text to show: "medicine1" is no word to search for.
    """
    notes = next((e for e in body.iter("section", "div") if e.get("class") in ("footnotes", "footnote")), None)
    ordered = notes.find("ol") if notes is not None else None
    if notes is None or ordered is None:
        return []
    notes.tag = "div"
    set_all(notes, {"class": "footnotes", "role": "doc-endnotes"})
    if notes.find("hr") is None:
        notes.insert(0, etree.Element("hr"))
    numbers: dict[str, int] = {}
    for number, note in enumerate(ordered.iterchildren("li"), start=1):
        numbers["#" + note.get("id", "")] = number
        note.set("id", f"fn:{number}")
    places = _number_references(body, numbers)
    shown = [(mark, str(number)) for number, marks in places.items() for mark in marks]
    for number, note in enumerate(ordered.iterchildren("li"), start=1):
        shown.extend((arrow, "↩\ufe0e") for arrow in _point_back(note, number, places.get(number, [])))
    return shown


def _number_references(body: Element, numbers: dict[str, int]) -> dict[int, list[Element]]:
    """The marks of each note, in order: the first has the id `fnref:1`, the next `fnref1:1`."""
    places: dict[int, list[Element]] = {}
    for mark in body.iter("a"):
        holder, number = mark.getparent(), numbers.get(mark.get("href", ""))
        if number is None or holder is None or holder.tag != "sup":
            continue
        marks = places.setdefault(number, [])
        holder.attrib.clear()
        holder.set("id", f"fnref{len(marks) or ''}:{number}")
        set_all(mark, {"href": f"#fn:{number}", "class": "footnote-ref", "role": "doc-noteref"})
        pop(mark, "id")
        mark.text = None
        marks.append(mark)
    return places


def _point_back(note: Element, number: int, marks: list[Element]) -> list[Element]:
    """Lead the arrows at the end of a note, one for each mark in the text, to their marks; returns them, emptied."""
    arrows = [a for a in note.iter("a") if a.get("class") == "footnote-backref"]
    for place, arrow in enumerate(arrows[: len(marks)]):
        arrow[:], arrow.text = [], None
        _keep_on_the_line(arrow)
        nth = f"-{place + 1}" if place else ""
        set_all(arrow, {"href": f"#fnref{place or ''}:{number}", "role": "doc-backlink"})
        arrow.set("aria-label", f"Back to reference {number}{nth}")
        pop(arrow, "title")
    return arrows[: len(marks)]


def _keep_on_the_line(arrow: Element) -> None:
    """No line begins with an arrow: the space before it does not break."""
    before, holder = arrow.getprevious(), arrow.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip() + "\N{NO-BREAK SPACE}"
    elif holder is not None and holder.tag == "p":
        holder.text = (holder.text or "").rstrip() + "\N{NO-BREAK SPACE}"
