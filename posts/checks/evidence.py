"""Claims and their sources, and whether somebody with credentials has read what is medical."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from posts.checks import Candidate, Finding, Severity
from posts.lint.markdown import Block, Kind

_CLAIM = re.compile(
    r"\b(?:clinical trials?|(?:recent |several |many |clinical )?(?:studies|study|research|evidence|data|meta-analys[ei]s))"
    r" (?:have |has )?(?:shows?|showed|shown|demonstrate[sd]?|found|finds?|suggests?|suggested|proves?|proved|proven|confirms?)\b"
    r"|\b(?:thử nghiệm lâm sàng|nghiên cứu)(?: \w+){0,4} (?:cho thấy|chỉ ra|chứng minh)\b"
    r"|\b\d+(?:[.,]\d+)?\s?%|\b\d+(?:[.,]\d+)? (?:per cent|percent|phần trăm)\b"
    r"|\b[pP]\s?[<=]\s?0?[.,]\d+|\b(?:hazard|odds) ratio\b",
    re.IGNORECASE,
)
_SOURCES = re.compile(
    r"(?:\d+[.)] )?(?:references?|sources?|bibliography|citations?|works cited|literature|footnotes|endnotes|"
    r"further reading|(?:tài liệu )?tham khảo|nguồn(?: tham khảo)?)\b",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"^ {0,3}\[\^[^\]\s]+\]:", re.MULTILINE)
_MARK = re.compile(r"\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]")
_LISTED = re.compile(r"^ {0,3}(?:[-*] )?\[\d{1,3}\]", re.MULTILINE)
_HEADING_MARKS = re.compile(r"[*_`#:\[\]]")


def unsourced_claim(candidate: Candidate) -> Iterator[Finding]:
    """The first figure or result of a study in a paragraph without a link, where the article lists no sources."""
    inspected = candidate.inspected
    if _lists_sources(candidate):
        return
    paragraphs = [block for block in inspected.markdown.blocks if block.kind in {Kind.PARAGRAPH, Kind.TABLE}]
    claims = [claim for block in paragraphs if (claim := _claim(candidate, block))]
    if claims:
        message = _("“%(claim)s” stands without a source.") % {"claim": claims[0][0]}
        mend = _("Name it in a footnote, a link, or a section “References”.")
        yield Finding(Severity.WARNING, message, mend, "body", claims[0].span())


def _claim(candidate: Candidate, block: Block) -> re.Match[str] | None:
    markdown = candidate.inspected.markdown
    if any(block.start <= link.start < block.end and not link.is_image for link in markdown.links):
        return None
    return _CLAIM.search(markdown.prose, block.start, block.end)


def mark_without_list(candidate: Candidate) -> Iterator[Finding]:
    """The first `[1]` in an article that has no list of sources."""
    body_start, text = candidate.document.body_start, candidate.document.text
    found = _MARK.search(candidate.inspected.markdown.prose, body_start)
    if found and not _lists_sources(candidate) and not _LISTED.search(text, body_start):
        message = _("%(mark)s refers to a list of sources that is not there.") % {"mark": found[0]}
        yield Finding(Severity.WARNING, message, _("Add a section “References”."), "body", found.span())


def unreviewed(candidate: Candidate) -> Iterator[Finding]:
    """What its author says is medical, without the name or the day of a review."""
    said = candidate.projection.options
    if said.get("medical") and not said.get("reviewedBy"):
        mend = _("Name who reviewed it, with credentials.")
        yield Finding(Severity.WARNING, _("Medical content without a review."), mend, "reviewed_by")
    elif said.get("medical") and not said.get("lastReviewed"):
        message = _("The medical review has no date.")
        yield Finding(Severity.WARNING, message, _("Say when it was."), "last_reviewed")


def _lists_sources(candidate: Candidate) -> bool:
    """Whether the article has footnotes or a section of sources."""
    markdown, start = candidate.inspected.markdown, candidate.document.body_start
    headings = (markdown.text[block.inner_start : block.inner_end] for block in markdown.headings)
    named = (_HEADING_MARKS.sub("", heading).strip() for heading in headings)
    return any(_SOURCES.match(name) for name in named) or bool(_FOOTNOTE.search(markdown.text, start))
