"""What other tools have in their Markdown."""

import pytest

from posts.rendering.other_tools import in_markdown, parted


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (":::note\n\nMind this.\n\n:::\nText\n", "> **Note**\n> \n> Mind this.\n> \n\nText\n"),
        (":::tip[My tip]\nUse it.\n:::\n", "> **My tip**  \n> Use it.\n\n"),
        ("::: warning Take care\n- No.\n:::\n", "> **Take care**  \n> - No.\n\n"),
        ('::: {.callout-note icon="x"}\nA\n:::\n', '> **Note**  \n> A\n\n'),
        ('::: {custom-style="Body Text"}\nA\n:::\n', "\nA\n\n"),
        (":::note\n:::tip\nA\n:::\n:::\n", "> **Note**  \n> > **Tip**  \n> > A\n> \n\n"),
        (":::note\n```\n:::\n```\n:::\n", "> **Note**  \n> ```\n> :::\n> ```\n\n"),
        (':::note begins and never ends\n', ":::note begins and never ends\n"),
        ("```\n:::note\n```\n:::\n", "```\n:::note\n```\n:::\n"),
        ('!!! note "Mind"\n    One.\n\n    Two.\n\nText\n', "> **Mind**  \n> One.\n> \n> Two.\n\nText\n"),
        ("??? warning\n    One.\n", "> **Warning**  \n> One.\n"),
        ('=== "A"\n\n    One.\n', "**A**\n\nOne.\n"),
        ("!!! wow\nText\n", "!!! wow\nText\n"),
        (
            '- Item\n\n    !!! note "T"\n\n        Inside\n\n- b\n',
            "- Item\n\n    > **T**\n    > \n    > Inside\n\n- b\n",
        ),
        ("[a](#){ .md-button } ![x](y){ width=9 loading=lazy } [b](c) {not}\n", "[a](#) ![x](y) [b](c) {not}\n"),
        ('![A](a.png){width="6in" height="3in"} [b](c){.md-button}\n', "![A](a.png) [b](c)\n"),
        ("An [old]{.underline} text `[x]{.y}` []{#_Toc1 .anchor}(a){b}\n", "An old text `[x]{.y}` (a){b}\n"),
        ("import Tabs from '@theme/Tabs';\nimport goods from Basel\n", "\nimport goods from Basel\n"),
        ("<aside>\n💡 **Mind**\n\n</aside>\n", "<aside>\n\n💡 **Mind**\n\n</aside>\n"),
        ('::: {.callout-tip collapse="true" title="My tip"}\nA\n:::\n', "> **My tip**  \n> A\n\n"),
        ("- a\n\n    [b]{.c}\n", "- a\n\n    b\n"),
        ("```{note}\nA **b**\n```\n", "> **Note**\n>\n> A **b**\n\n"),
        ("```{admonition} My title\n:class: tip\n\nA\n```\n", "> **My title**\n>\n> \n> A\n\n"),
        (":::{dropdown} More\n:open:\nA\n:::\n", "> **More**\n>\n> A\n\n"),
        ("::::{grid} 2\n:::{card} C\nA\n:::\n::::\n", "\n> **C**\n>\n> A\n\n\n"),
        (":::{figure} ../a.png\n:alt: A\n\nB\n:::\n", "![A](<../a.png>)\n\nB\n\n"),
        ("````{tab-set}\n```{tab-item} One\nA\n```\n````\n", "\n> **One**\n>\n> A\n\n\n"),
        ("\\[caption id=\"a\\_1\" width=\"9\"\\]![A](a.png) B\\[/caption\\]\n", "![A](a.png) B\n"),
        ('[caption id="a" caption="A b"]<img src="a.png">[/caption]\n', 'A b <img src="a.png">\n'),
        ('![a](https://example.com/a.png align="left")\n', "![a](https://example.com/a.png)\n"),
        ('import "a.css"\nimport B from "b"\n\nA\n', "\n\n\nA\n"),
    ],
)  # fmt: skip
def test_it_is_shown_in_our_terms(written: str, shown: str) -> None:
    assert in_markdown(written) == (shown, ())


def test_an_address_of_eleventys_is_text_where_no_other_tool_is_known() -> None:
    written = "[a]({{ '/b/' | url }})\n"

    assert in_markdown(written)[0] == written
    assert in_markdown(f"{written}`{{{{ '/b/' | url }}}}`\n", of_others=True) == ("[a](/b/)\n`{{ '/b/' | url }}`\n", ())


@pytest.mark.parametrize(
    "body",
    [
        'They import oils from "China"\nand call it import "goods"\n',
        'Whoever buys what they\nimport "goods"\nfor\n',
        'A\n\n    import React from "react"\n    [a]{.b}\n    :::note\n    :::\n',
        "`code\n[a]{.b}` ends\n",
        "````md\n```{note}\na\n```\n````\n",
        "~~~\n```{note}\na\n```\n~~~\n",
        "```{note}\nnever ends\n",
        '`[caption id="a"]`\n',
        '<pre>\nimport "a"\n[a]{.b}\n:::note\n:::\n</pre>\n',
        "```\n- ```\n!!! note\n    a\n<aside>\nb\n```\n",
    ],
)
def test_prose_and_code_stay_as_they_are(body: str) -> None:
    assert in_markdown(body) == (body, ())


def test_boxes_within_boxes_end_somewhere() -> None:
    depth = 400
    body = "".join("    " * at + "!!! note\n" for at in range(depth)) + "    " * depth + "x\n"

    assert in_markdown(body)[0].count("**Note**") == 20


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("A\n\n\\[gallery ids=\"1\"\\]\n", 3, "WordPress"),
        ("A\n\\[su\\_note color=\"#fff\"\\]B\\[/su\\_note\\]\n", 2, "WordPress"),
        ("A <Badge text='b'/>\n", 1, "component"),
        ("A {ref}`b` c\n", 1, "template"),
        ('--8<-- "a.md"\n', 1, "template"),
        ("[gallery ids=\"1,2\"]\n\n[gallery ids=\"3\"]\n", 1, "WordPress"),
        ("A\n\n![a][image1]\n\n[image1]: <data:image/png;base64,aaaa>\n", 5, "save it as a file"),
        ("A\n![a]({static}/images/a.png)\n", 2, "Pelican"),
        ("Title: A\nDate: 2024-01-02\n\nText\n", 1, "no front matter"),
    ],
)  # fmt: skip
def test_what_is_lost_is_told_of_once(body: str, line: int, said: str) -> None:
    (finding,) = in_markdown(body)[1]

    assert finding.line == line
    assert said in str(finding.sentence)


@pytest.mark.parametrize(
    "body",
    ["```\n[gallery ids=1]\n```\n", "Title: we begin\n\nText\n", "See [embed ideas](a).\n", "[/path](a) [caption\n"],
)
def test_what_only_looks_like_it_is_not_told_of(body: str) -> None:
    assert in_markdown(body) == (body, ())


def test_where_a_summary_ends_and_contents_would_be_is_known() -> None:
    body = "A\n<!-- more -->\n[TOC]\n```\n[toc]\n```\n{/* truncate */}\n[[toc]]\nB [toc]\n"

    assert parted(body) == "A\n<!--more-->\n\n```\n[toc]\n```\n<!--more-->\n\nB [toc]\n"


def test_directives_that_never_end_cost_no_more_than_their_length() -> None:
    body = "```{note}\n" * 50_000 + "```\n"

    assert in_markdown(body)[0].count("\n") == 50_001
