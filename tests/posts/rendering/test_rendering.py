"""The whole rendering as a value."""

import pickle
from pathlib import Path

import pytest

from posts.rendering import RenderingError
from tests.posts.rendering.rendered import commonmark, dangers


def test_a_rendering_and_its_error_cross_a_process_boundary() -> None:
    rendering = commonmark("## a\n\n![](b.jpg)")
    assert pickle.loads(pickle.dumps(rendering)) == rendering
    error = pickle.loads(pickle.dumps(RenderingError("tree", "too deep")))
    assert (error.stage, error.problem) == ("tree", "too deep")


def test_an_empty_body_is_a_rendering_too() -> None:
    rendering = commonmark("")
    assert (rendering.html, rendering.text, rendering.words, rendering.minutes) == ("", "", 0, 1)


def test_half_a_surrogate_pair_is_an_error_and_a_control_character_goes() -> None:
    with pytest.raises(RenderingError, match="character 2"):
        commonmark("a\ud800")
    rendering = commonmark("a\x00\x01b &#1; \ufffe\n\n## \x02h\n\n![\x03](\x04.jpg '\x05')")
    assert not {c for c in rendering.html + rendering.text if c < " " and c != "\n"}


@pytest.mark.parametrize(("words", "minutes"), [(1, 1), (213, 1), (214, 2), (426, 2), (427, 3)])
def test_a_minute_is_213_words(words: int, minutes: int) -> None:
    rendering = commonmark("word " * words)
    assert (rendering.words, rendering.minutes) == (words, minutes)


@pytest.mark.parametrize("letter", "日한あア𠀀")
def test_a_minute_is_500_characters_of_japanese_chinese_or_korean(letter: str) -> None:
    rendering = commonmark(letter * 499 + " word 本")
    assert (rendering.words, rendering.minutes) == (501, 2)
    assert commonmark(letter * 501, by_character=False).words == 1


@pytest.mark.parametrize("text", ["Việt Nam", "café", "สวัสดี", "«a»", "1９"])
def test_other_letters_are_counted_by_word(text: str) -> None:
    assert commonmark(text).words == len(text.split())


def test_the_words_of_a_hidden_title_count_as_in_hugo() -> None:
    assert commonmark("# The title\n\ntext", title="The title").words == 3


def test_the_summary_ends_at_more() -> None:
    assert commonmark("one *two*\n\n- three\n\n<!--more-->\n\nfour").summary == "one two three"
    assert commonmark("one two <!--more--> three").summary == "one two"
    assert commonmark("`<!--more-->` stays").summary == "<!--more--> stays"


def test_the_summary_is_whole_paragraphs_up_to_the_seventieth_word() -> None:
    thirty = " ".join(f"w{n}" for n in range(30))
    body = f"{thirty}.\n\n{thirty}.\n\n{thirty}. End.\n\nNever this.\n"
    assert commonmark(body).summary == f"{thirty}. {thirty}. {thirty}. End."


def test_the_seventieth_word_is_where_the_summary_may_end() -> None:
    assert commonmark("w " * 69 + "\n\nseventieth\n\nnever").summary.split()[69:] == ["seventieth"]
    assert commonmark("w " * 70 + "\n\nnever").summary.split() == ["w"] * 70


def test_the_summary_has_no_footnotes_in_it() -> None:
    assert commonmark("short[^1] post\n\n[^1]: note").summary == "short post"


def test_every_body_of_the_real_sites_is_rendered_whole_and_safe(corpora: Path) -> None:
    for file in sorted(corpora.rglob("*.md"))[::29]:
        assert dangers(commonmark(file.read_text("utf-8", errors="replace")).html) == [], file
