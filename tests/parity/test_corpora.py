"""Real sites, beside what Hugo makes of them: every difference that may be is named with its reason."""

import re
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import pytest

from parity.checking import check
from parity.comparison import Comparison, Difference, Kind

pytestmark = [pytest.mark.django_db, pytest.mark.parity]


@dataclass(frozen=True)
class Allowed:
    """A difference that may be: the field, the file (`*` for any) and what that has to hold, and why."""

    field: str
    file: str
    reason: str
    holding: str = ""

    def covers(self, difference: Difference, content: Path) -> bool:
        if difference.field != self.field or not fnmatch(difference.path, self.file):
            return False
        return re.search(self.holding, (content / difference.path).read_text("utf-8", errors="replace")) is not None


TYPED_MARK = "in an id a mark that typography made counts as typed, or not, and no HTML tells which it is"
STAND_IN = (
    "the words of an unknown shortcode's inner text are not counted where our stand-in for its template renders them"
)
STRAY_BRACKET = "Hugo counts the words of a text that loses what stands behind a stray angle bracket"
TWO_CLAIM_IT = "two pages claim one alias, and either may have it"
ODD_ID = "an id in braces before a shortcode that shows nothing is one for us and text for Hugo"

ALLOWED: dict[str, list[Allowed]] = {
    "18f": [
        Allowed("aliases", "*", "redirect_from is Jekyll's: Hugo does not know it"),
        Allowed("url", "*/2015-05-21-TockingTime.md", "permalink is Jekyll's: Hugo does not know it"),
        Allowed("url", "*/2015-09-09-how-a-two-day-spring-*.md", "permalink is Jekyll's: Hugo does not know it"),
        Allowed("headings", "*/2023-09-07-catching-up-with-the-tanf-*.md", TYPED_MARK),
        Allowed("minutes", "*/2014-11-26-how-to-use-more-open-source.md", STRAY_BRACKET),
        Allowed("minutes", "*/2015-08-31-how-playing-with-legos-*.md", STRAY_BRACKET),
        Allowed("minutes", "*/2015-10-09-cloud-gov-launch.md", STRAY_BRACKET),
        Allowed("minutes", "*/2016-07-26-new-pilot-aims-*.md", STRAY_BRACKET),
        Allowed("minutes", "*/2018-08-15-shared-infrastructure-as-code.md", STRAY_BRACKET),
    ],
    "digitalgov": [
        Allowed("minutes", "*-the-future-of-technology-at-gsa.md", STAND_IN),
        Allowed("body", "*-cars-are-the-new-mobile-devices.md", "a reference to nothing, in HTML indented like code"),
        Allowed("headings", "*-what-is-static-source-analysis.md", ODD_ID),
        Allowed("body", "*-what-is-static-source-analysis.md", ODD_ID),
        Allowed("body", "*-a-better-digitalgov.md", "the definitions of links after a list part its items for Hugo"),
        Allowed("body", "*-hispanic-heritage-month-*.md", "Hugo makes a link of a bare address inside a link"),
        Allowed("body", "*-508-compliance-*.md", "unbalanced backticks end in another place"),
        Allowed(
            "body", "*-foia-best-practices-*.md", "one address is a link here and stands after a bare `mailto:` there"
        ),
    ],
    "grpc_blog": [],
    "otel_blog": [Allowed("aliases", "*/end-user-q-and-a-01.md", TWO_CLAIM_IT)],
    "papermod": [],
    "papermod_json": [
        Allowed("aliases", "*/markdown-syntax.f?.md", TWO_CLAIM_IT),
    ],
    "papermod_toml": [
        Allowed("aliases", "*/markdown-syntax.f?.md", TWO_CLAIM_IT),
    ],
    "prometheus_blog": [
        Allowed("headings", "*/2017-11-30-*.md", "goldmark reads nothing of a link that begins with a quotation mark"),
    ],
    "rust_blog": [],
}
JEKYLL = {
    "jekyll_project/content": [],
    "vim_jp/content": [Allowed("body", "*-announce-vimconf2016.md", "one tilde strikes nothing out for kramdown")],
}


@pytest.mark.parametrize("name", ALLOWED)
def test_a_hugo_site_is_the_same_but_for_what_is_allowed(corpora: Path, name: str) -> None:
    comparison = check(corpora / name)

    different = [each for each in _different(comparison) if not _is_of_the_pace(each)]
    covers = {each: [a for a in ALLOWED[name] if a.covers(each, corpora / name / "content")] for each in different}
    assert [str(each) for each, allowed in covers.items() if not allowed] == []
    assert set(ALLOWED[name]) == {allowed for each in covers.values() for allowed in each}


def test_each_oddity_of_the_cases_is_read_as_hugo_reads_it(corpora: Path) -> None:
    cases = corpora.parent / "oracle" / "cases"
    if not cases.is_dir():
        pytest.skip("no folder of cases beside the real sites")

    assert {(each.path, each.field) for each in _different(check(cases))} <= {
        ("posts/plain.md", "tags"),  # Hugo makes hyphens of the spaces around a tag, which we take off
        ("posts/urlled.md", "aliases"),  # an alias that climbs with `..`
    }


@pytest.mark.parametrize("name", JEKYLL)
def test_a_jekyll_sites_bodies_are_those_that_hugo_makes_of_the_same_markdown(corpora: Path, name: str) -> None:
    comparison = check(corpora / name)

    assert comparison.compared["body"] > 150
    different = _different(comparison)
    covers = {each: [a for a in JEKYLL[name] if a.covers(each, corpora / name)] for each in different}
    assert [str(each) for each, allowed in covers.items() if not allowed] == []
    assert set(JEKYLL[name]) == {allowed for each in covers.values() for allowed in each}


def _different(comparison: Comparison) -> list[Difference]:
    return [each for each in comparison.differences if each.kind is Kind.DIFFERENT]


def _is_of_the_pace(difference: Difference) -> bool:
    """We read 213 words a minute, Hugo 212."""
    return difference.field == "minutes" and int(difference.hugo) - int(difference.ours) == 1
