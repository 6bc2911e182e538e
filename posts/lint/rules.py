"""The rules by code. A new rule is a function from an inspected document to findings, and a row here and in docs/lint.md."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from posts.lint import apostrophes, claims, dashes, front_matter, headings, links, run_together, signs
from posts.lint.diagnostics import Finding, Severity
from posts.lint.inspected import Inspected


@dataclass(frozen=True, slots=True)
class Rule:
    """`severity` says the kind: a warning is nearly always right, a hint is worth a look.

    `sign` says whether it may find anything; None for a rule that is asked at once.
    """

    code: str
    severity: Severity
    find: Callable[[Inspected], Iterable[Finding]]
    for_english: bool = False
    sign: Callable[[Inspected], bool] | None = None


RULES = (
    Rule("MG1", Severity.WARNING, apostrophes.lost_apostrophe, for_english=True, sign=signs.of_lost_apostrophe),
    Rule("MG2", Severity.WARNING, headings.repeated_title, sign=signs.of_repeated_title),
    Rule("MG3", Severity.WARNING, links.image_without_alt, sign=signs.of_image_without_alt),
    Rule("MG4", Severity.WARNING, links.unknown_shortcode),
    Rule("MG5", Severity.WARNING, headings.heading_outline, sign=signs.of_heading_outline),
    Rule("MG6", Severity.WARNING, front_matter.misspelt_key),
    Rule("MG6", Severity.WARNING, front_matter.far_date),
    Rule("MG6", Severity.WARNING, front_matter.twin_tags),
    Rule("MG7", Severity.HINT, apostrophes.acronym_without_apostrophe, for_english=True),
    Rule("MG8", Severity.HINT, run_together.run_together, for_english=True),
    Rule("MG9", Severity.HINT, dashes.vanished_dash, for_english=True),
    Rule("MG10", Severity.HINT, claims.claim_without_reference, for_english=True),
    Rule("MG11", Severity.WARNING, links.tracked_or_bare_link, sign=signs.of_tracked_or_bare_link),
    Rule("MG12", Severity.WARNING, headings.bold_heading, sign=signs.of_bold_heading),
)
