"""Links in double brackets."""

from pathlib import Path

import pytest
from PIL import Image

from posts.models import Post
from posts.rendering import wiki_links
from tests.support.commands import import_markdown as run
from tests.support.sites import write


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("[[a]] [[A b|the b]] [[Text|a]]", "[a](</a/>) [the b](</a-b/>) [Text](</a/>)"),
        ("[[a#Part two]] [[a\\|b]] ![[a]]", "[a#Part two](</a/#part-two>) [b](</a/>) [a](</a/>)"),
        ("![[p.png]] ![[p.png|300]] ![[p.png|A p]]", "![](<p.png>) ![](<p.png>) ![A p](<p.png>)"),
        ("`[[a]]`\n\n```\n[[a]]\n```\n", "`[[a]]`\n\n```\n[[a]]\n```\n"),
        ('[[a]](/x) x[[a]] y["b"] [[1]] [[ -f a ]]', '[[a]](/x) x[[a]] y["b"] [[1]] [[ -f a ]]'),
        ("- [[a]]: it 参见[[a]]。 [[2024-01-02]]", "- [a](</a/>): it 参见[a](</a/>)。 [2024-01-02](</day/>)"),
    ],
)
def test_a_name_in_double_brackets_leads_to_its_page(written: str, read: str) -> None:
    pages = {"a": "/a/", "A-b": "/a-b/", "2024-01-02": "/day/"}

    assert wiki_links.in_markdown(written, pages.get, lambda name: name == "p.png") == (read, ())


def test_one_that_leads_nowhere_stays_and_is_told_of() -> None:
    text, lost = wiki_links.in_markdown("a\n[[gone]] ![[gone.png]]", lambda name: None, lambda name: False)

    assert text == "a\n[[gone]] ![[gone.png]]"
    assert [(each.name, each.line, each.column) for each in lost] == [("[[gone]]", 2, 1), ("[[gone.png]]", 2, 10)]


@pytest.mark.parametrize("part", ["[[", "[[a", "[[1", "[[a|", "[[a\\", "1111-"])
def test_brackets_without_an_end_cost_no_more_than_their_length(part: str) -> None:
    assert (
        wiki_links.in_markdown(f"[[{part * 100_000}", lambda name: "/a/", lambda name: True)[0] == f"[[{part * 100_000}"
    )


@pytest.mark.django_db
def test_in_a_folder_that_is_no_site_links_lead_to_pages_by_file_and_by_name(tmp_path: Path) -> None:
    body = "[a](../Note%20Two.md#x) [b](<../Note Two.md>) [[Note Two]] [[images/a.png]] [[gone]]\n"
    folder = write(tmp_path, {"Note Two.md": "Text\n", "more/b.md": body})
    (folder / "images").mkdir()
    Image.new("RGB", (40, 30)).save(folder / "images/a.png")
    _, printed = run(folder)

    html = Post.objects.get(source_path="more/b.md").html
    assert html.count('href="/note-two/') == 3
    assert 'src="/media/images/a-' in html
    assert "[[gone]]" in html
    assert "b.md:1:77: MG4 the shortcode [[gone]]: the site has no document of the name" in printed


@pytest.mark.django_db
def test_in_a_site_of_hugos_they_are_text_as_in_hugo(tmp_path: Path) -> None:
    files = {"hugo.toml": "", "content/a.md": "A\n", "content/b.md": "[[a]]\n"}
    run(write(tmp_path, files))

    assert Post.objects.get(source_path="b.md").html == "<p>[[a]]</p>\n"
