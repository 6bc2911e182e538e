"""What holds for all rules: order, places, severities, what turns them off, and the defects of the first article."""

from itertools import product
from pathlib import Path, PurePath
from string import ascii_uppercase

import pytest

from posts.document import Document
from posts.lint import Diagnostic, InternalLink, Severity, capped, fixed, inspect, internal_links
from posts.lint.capping import MOST
from posts.lint.rules import RULES
from tests.posts.lint.linted import PATH, codes, found

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[3]
ARTICLE = ROOT / "fixtures/content/posts/leveraging-ai-for-personalized-medicine-in-pharma.md"
WARNED = [("MG2", 11, 1), ("MG1", 33, 72), ("MG1", 49, 180)]
HINTED = [
    ("MG9", 13, 485),
    ("MG9", 21, 241),
    ("MG9", 25, 65),
    ("MG7", 53, 7),
    ("MG7", 55, 205),
    ("MG7", 73, 209),
    ("MG8", 75, 184),
]
VIETNAMESE = """# Trí tuệ nhân tạo

Bệnh nhân1 to lớn và an toàn in ra từ dữ liệu, AIs giúp bác sĩ; its a là một từ tiếng Anh. Phương pháp điều trị
này cải thiện kết quả cho người bệnh, giảm tác dụng phụ và nâng cao chất lượng cuộc sống của họ trong thời gian dài.
"""


LONG = {
    "numbers behind words": "patients1 genetic " * 40_000,
    "letters": "a " + "a" * 400_000 + " b.",
    "images that are open": "![ " * 40_000 + "[x](y) " * 40_000,
    "brackets behind an address": "https://a.example/" + ")" * 400_000,
    "beginnings of one claim": "Drug, therapy, patients. " + "improv" * 40_000,
    "verbs that lost an apostrophe": "They cant be; so its ok to. " * 20_000,
    "acronyms": " ".join("".join(each) + "s potential" for each in product(ascii_uppercase, repeat=3)),
    "backticks": " ".join("`" * length for length in range(1, 1500)),
}


@pytest.fixture
def article() -> Document:
    return Document.parse(ARTICLE.read_bytes())


def test_the_defects_of_the_first_article_are_found_where_they_stand(article: Document) -> None:
    found = [(each.code, each.line, each.column) for each in inspect(article, path=PATH, hints=True)]

    assert [each for each in found if each[0] != "MG10"] == sorted(WARNED + HINTED, key=lambda each: each[1:])


@pytest.mark.parametrize("body", LONG.values(), ids=LONG)
def test_it_takes_time_as_the_text_is_long(body: str) -> None:
    """It ends at all: time that grew with the square of the length would not. Nor is a place found twice by one rule."""
    places = [(each.code, each.line, each.column) for each in found(body)]
    assert len(set(places)) == len(places)


def test_hints_are_given_only_when_asked_for(article: Document) -> None:
    found = inspect(article, path=PATH)

    assert [(each.code, each.line, each.column) for each in found] == WARNED
    assert {each.severity for each in found} == {Severity.WARNING}


def test_the_mended_article_differs_in_the_marked_text_only(article: Document) -> None:
    mended = fixed(article, inspect(article, path=PATH))

    expected = article.text.replace("# Leveraging AI for Personalized Medicine in Pharma\n\n", "")
    expected = expected.replace("patients1 genetic", "patients’ genetic").replace("a patients ev", "a patient’s ev")
    assert mended.text == expected
    assert inspect(mended, path=PATH) == []


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_byte_order_mark_and_line_ends_move_no_finding(mark: str, line_end: str) -> None:
    text = f"{mark}---{line_end}title: x{line_end}---{line_end}{line_end}The scan{line_end}and ![](a.png).{line_end}"

    (finding,) = inspect(Document.of(text), path=PATH)

    assert (finding.line, finding.column, finding.length) == (6, 5, len("![](a.png)"))


def test_a_finding_on_the_first_line_does_not_count_the_byte_order_mark() -> None:
    (finding,) = inspect(Document.of("\ufeff![](a.png)"), path=PATH)

    assert (finding.line, finding.column) == (1, 1)


def test_findings_come_in_the_order_of_the_text() -> None:
    found = inspect(Document.of("## A\n\n#### B\n\n![](x.png)\n\n#\n"), path=PATH)

    assert [each.line for each in found] == [3, 5, 7]


def test_a_document_turns_codes_off_for_itself() -> None:
    values = {"title": "x", "lint": {"ignore": ["mg3"]}}

    assert codes("![](a.png)", values={"title": "x"}) == ["MG3"]
    assert codes("![](a.png)", values=values) == []
    assert codes("![](a.png)", values={"title": "x", "lint": {"ignore": "MG3"}}) == []


def test_the_caller_turns_codes_off() -> None:
    assert codes("![](a.png)\n\n#\n", ignore=["MG3"]) == ["MG5"]


def test_rules_of_language_keep_to_english() -> None:
    assert codes("Its a patient.", language=None) == codes(VIETNAMESE, language=None) == []
    assert codes("We think that its a good plan for the whole of the team.", language=None) == ["MG1"]
    assert codes("We think that its a good plan for the whole of the team.", language="vi") == []
    assert codes("Dont.", language="en-GB") == ["MG1"]


def test_code_html_and_addresses_are_no_prose() -> None:
    body = "`dont` <b title='dont'>x</b> <https://a.example/dont> [x](dont.md) {{< dont >}}\n\n    dont\n\n```\ndont\n```\n"

    assert codes(body) == []


def test_a_diagnostic_reads_as_compilers_write_them() -> None:
    (finding,) = found("Dont.")

    assert str(finding) == "posts/a.md:1:1: MG1 an apostrophe was lost here; write “Don’t”"


def test_each_rule_has_a_section_in_the_docs() -> None:
    documented = (ROOT / "docs/lint.md").read_text()

    assert all(f"\n## {rule.code}: " in documented for rule in RULES)


def test_internal_links_are_paths_with_the_place_of_their_address() -> None:
    body = (
        "[a](/posts/x/) ![b](../y.png) [c](z.md#part) <a href='/d/'>d</a>\n[e][ref] [f](https://a.example/) [g](#here)\n"
        '[h](mailto:a@a.example) [i](//a.example/) `[j](/code/)` [k]({{< ref "x" >}})\n\n[ref]: /e/ "E"\n'
    )

    links = internal_links(Document.of(body))

    assert links == [
        InternalLink("/posts/x/", 1, 5),
        InternalLink("../y.png", 1, 21),
        InternalLink("z.md#part", 1, 35),
        InternalLink("/d/", 1, 55),
        InternalLink("/e/", 5, 8),
    ]


def test_of_one_code_the_first_are_told_and_then_how_many_more_there_are() -> None:
    body = "#\n\n" * (MOST + 30) + "![](/a.png)\n"

    findings = found(body)

    *first, rest, image = findings
    assert [(each.code, each.line, each.count) for each in first] == [("MG5", 2 * n + 1, 1) for n in range(MOST)]
    assert (rest.code, rest.severity, rest.line, rest.count, rest.fix) == (
        "MG5",
        Severity.WARNING,
        2 * MOST + 1,
        30,
        None,
    )
    assert rest.message == "30 more findings of this kind follow; fix those above first"
    assert image.code == "MG3"


def test_capped_findings_may_be_capped_again_with_others() -> None:
    many = [Diagnostic(PATH, n, 1, "MG4", Severity.WARNING, str(n)) for n in range(1, MOST + 3)]

    again = capped([*capped(many), *many])

    assert len(again) == MOST + 1
    assert sum(each.count for each in again) == 2 * len(many)


def test_errors_are_all_told() -> None:
    errors = [Diagnostic(PATH, n, 1, "MG105", Severity.ERROR, "") for n in range(2 * MOST)]

    assert capped(errors) == errors


def test_who_mends_gets_every_finding() -> None:
    body = "[https://a.example/](https://a.example/) and\n" * (MOST + 5)
    document = Document.of(body)

    assert fixed(document, inspect(document, path=PATH, every=True)).body == "<https://a.example/> and\n" * (MOST + 5)


def test_of_two_findings_that_overlap_the_first_is_mended() -> None:
    document = Document.of("abcdef")
    first = Diagnostic(PATH, 1, 2, "MG1", Severity.WARNING, "", "X", 3)
    second = Diagnostic(PATH, 1, 3, "MG1", Severity.WARNING, "", "Y", 1)

    assert fixed(document, [second, first]).text == "aXef"


def test_the_real_sites_are_inspected_without_an_error(corpora: Path) -> None:
    for file in sorted(corpora.rglob("*.md"))[::10]:
        try:
            document = Document.parse(file.read_bytes())
        except ValueError:
            continue
        inspect(document, path=PurePath(file.name), hints=True)
