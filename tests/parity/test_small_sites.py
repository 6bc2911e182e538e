"""Two small sites of our own, with every oddity that we know of: the same as Hugo makes them, but for what is said."""

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from parity.checking import JEKYLL_NOTE, check
from parity.comparison import Kind
from parity.facts import FIELDS

HERE = Path(__file__).parent
CLOCK = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.django_db
def test_a_hugo_site_full_of_oddities_is_the_same_in_every_field() -> None:
    comparison = check(HERE / "site", clock=CLOCK)

    assert [str(each) for each in comparison.differences if each.kind is Kind.DIFFERENT] == []
    assert min(comparison.compared[field] for field in FIELDS) == 20
    assert [(each.path, each.kind) for each in comparison.differences] == [("posts/dangerous.md", Kind.SANITISED)]


@pytest.mark.django_db
def test_a_file_that_hugo_refuses_is_left_out_and_told_with_what_we_say_of_it() -> None:
    comparison = check(HERE / "site", clock=CLOCK)

    hugo, ours = comparison.left_out.pop("docs/unreadable-date.md")
    assert "not a parsable date" in hugo
    assert "unreadable-date.md:3:7: MG103" in ours
    assert comparison.left_out == {}


@pytest.mark.django_db
@pytest.mark.parametrize("year", [2020, 2024, 2099])
def test_the_clock_is_the_same_on_both_sides(tmp_path: Path, year: int) -> None:
    shutil.copytree(HERE / "site/content/posts", tmp_path / "posts", ignore=shutil.ignore_patterns("_index.md"))

    comparison = check(tmp_path, clock=datetime(year, 6, 1, tzinfo=UTC))

    assert comparison.compared["published"] == 13
    assert comparison.count("published", Kind.DIFFERENT) == 0


@pytest.mark.django_db
def test_permalinks_of_the_command_win_on_both_sides(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.md").write_text("---\ntitle: The Title\ndate: 2024-03-05\n---\nText.\n")

    assert check(tmp_path, {"posts": "/:year/:slug/"}).equal


@pytest.mark.django_db
def test_an_alias_is_found_whatever_signs_are_in_the_address_of_its_page(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/C++ & Go.md").write_text("---\ntitle: A\nurl: /posts/c++-&-go/\naliases: [/old/]\n---\nText.\n")

    assert check(tmp_path).equal


@pytest.mark.django_db
def test_a_bundle_whose_folder_ends_as_a_file_does_is_a_page_like_others(tmp_path: Path) -> None:
    for name in ("2022-diversity.md", "b.html"):
        (tmp_path / "posts" / name).mkdir(parents=True)
        (tmp_path / "posts" / name / "index.md").write_text("---\ntitle: A\n---\nText.\n")

    comparison = check(tmp_path)

    assert comparison.equal
    assert comparison.compared["url"] == 2


@pytest.mark.django_db
def test_time_to_read_and_dates_are_told_as_hugo_tells_them(tmp_path: Path) -> None:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "hugo.toml").write_text('hasCJKLanguage = true\ntimeZone = "Asia/Ho_Chi_Minh"\n')
    posts = {
        "Sat, 06 May 2023 07:08:09 EST": ("", "word " * 700),
        "06 May 23 07:08 +0200": ("", "你好世界" * 300),
        "Saturday, 06-May-23 07:08:09 PDT": ("isCJKLanguage: false\n", "你好世界" * 300),
        "Sat May  6 07:08:09 2023": ("isCJKLanguage: true\n", "word " * 700),
        "Sat May  6 07:08:09 ICT 2023": ("", "word " * 400 + "안녕하세요 세계 " * 50),
        "Sat May 06 07:08:09 +0200 2023": ("", "สวัสดีชาวโลก " * 300),
    }
    for number, (date, (keys, text)) in enumerate(posts.items()):
        file = tmp_path / f"content/posts/{number}.md"
        file.write_text(f"---\ntitle: A {number}\ndate: {date}\n{keys}---\n{text}\n")

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["date"] == comparison.compared["minutes"] == len(posts)


@pytest.mark.django_db
def test_what_a_site_turns_on_in_markdown_is_read_as_hugo_reads_it(tmp_path: Path) -> None:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "hugo.toml").write_text(
        """
        [markup.goldmark.extensions]
        strikethrough = false
        [markup.goldmark.extensions.extras]
        subscript = { enable = true }
        superscript = { enable = true }
        mark = { enable = true }
        insert = { enable = true }
        delete = { enable = true }
        [markup.goldmark.extensions.passthrough]
        enable = true
        delimiters = { block = [["$$", "$$"]], inline = [["$", "$"], ['\\(', '\\)']] }
        """
    )
    texts = {
        "extras": "H~2~O, 10^2^ and ~~gone~~, a==b, ==*m*==, ++i++ in C++, x^a b^, ~**b**~ at 3~4.",
        "mathematics": 'A $x_1 + *y*_2$ for $5 and $6, $a & b$ "q", \\(a_b_c\\), `$a$`, $ a $ and $x$1.',
    }
    texts["addresses"] = (
        'On \'www.example.org\', on "http://example.org" and "https://example.org/a?b&c now" but...www.example.com, '
        '“www.example.net” is `"www.example.net"`, [see "www.example.org"](https://example.org/x), '
        '![see "www.example.org"](https://example.org/x.png)'
    )
    texts["dashes"] = "a -- b --- c ---- d ----- e ------ f ------- g, 你好——世界 `a----b`"
    texts["definitions"] = "T\n: *One*\n\n  two\n\n  three `x`\n: ![a](/b.png)\n\n    four\n\nU\n\n: One\n\n  two\n"
    for name, text in texts.items():
        (tmp_path / f"content/posts/{name}.md").write_text(
            f"---\ntitle: {name}\n---\n{text}\n\n```\n$x_1$ ==c==\n```\n"
        )

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["body"] == len(texts)


MATHEMATICS = r"""
One $$a_b_c$$ two \[x_y_z\] three \(a_b_c\) four $x_1 + *y_1*$, \[s\] \[t\], \\(a\\) \$5 **$$b_c_d$$** `$$x$$ "a"`.

text
$$ \{a\} \, b &lt; c & d $$
text *after*

$$a$$
$$b$$

\[
x_y_z
\]

\[ a_b_c \]

1. Item $$x_1 y_1$$ and $$z$$ b

   $$
   \begin{aligned}
   a &= b \\
   &= c_{1} * d_{2}
   \end{aligned}
   $$

   more

$$
a
+ b
$$

| $$x_1$$ | \(y_1\) |
|--|--|
| a \| \(b_1\_\) | \[c\] |

<div>

$$ in_a_div $$

</div>

<div>\[ raw_x_y \]</div>

```latex
$$ a_b $$
```

para
```
$$x_y$$
```

    $$ in_code_x $$

[see $$x$$](/b$$c$$ "New $$ *d* $$") https://a.example/$$a_b$$ *em \(a* b\)* c \(never *ended*

> \(a_b
> c_d\) and $$e_f$$

# H $$a_b$$ and \(c_d\) x
## $$only$$

Setext \(q\)
---

(\(x\)) "\(y'\)" it's \(z'\) 'q' $ \{a\} $, $$b$c $ x_{1} $
"""


@pytest.mark.django_db
@pytest.mark.parametrize("more", ["", ", ['$', '$']"])
def test_what_a_site_hands_on_is_as_hugo_has_it(tmp_path: Path, more: str) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.toml").write_text(
        f"""
        [markup.goldmark.extensions.passthrough]
        enable = true
        [markup.goldmark.extensions.passthrough.delimiters]
        block = [['\\[', '\\]'], ['$$', '$$'], ['@@', '@@']]
        inline = [['\\(', '\\)']{more}]
        """
    )
    texts = {"a": MATHEMATICS, "b": MATHEMATICS.replace("$$", "$"), "c": MATHEMATICS.replace("$$", "@@")}
    for name, text in texts.items():
        (tmp_path / f"content/{name}.md").write_text(f"---\ntitle: {name}\n---\n{text}")

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["body"] == len(texts)


@pytest.mark.django_db
def test_an_index_in_a_language_that_the_site_does_not_know_is_a_page_like_others(tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text('title = "T"')
    for name in ("a/index.md", "a/index.fr.md", "b/index.fr.md", "b/c.md", "d/Index.md", "d/e.md"):
        file = tmp_path / "content/posts" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: Of {name}\n---\nText.\n")

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["url"] == 4


@pytest.mark.django_db
def test_an_address_with_a_question_mark_is_compared_whole(tmp_path: Path) -> None:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "hugo.toml").write_text('title = "T"\n')
    for number in (118, 356):
        text = f"---\ntitle: T\ndraft: true\nurl: /?p={number}\n---\nText.\n"
        (tmp_path / f"content/posts/{number}.md").write_text(text)

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["url"] == 2


@pytest.mark.django_db
@pytest.mark.parametrize("style", ["simple", "css3draft"])
def test_blanks_and_signs_of_a_site_in_chinese_or_russian_are_those_of_hugo(tmp_path: Path, style: str) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.yaml").write_text(
        f"""
        markup:
          goldmark:
            extensions:
              cjk: {{enable: true, eastAsianLineBreaks: true, eastAsianLineBreaksStyle: {style}, escapedSpace: true}}
              typographer: {{leftDoubleQuote: «, rightDoubleQuote: '&raquo;', leftSingleQuote: „, rightSingleQuote: “}}
        """
    )
    texts = [
        "药物第一行\n第二行\nEnglish line\n中文。\n한국어\n말 和\n*强调*和\n`码`\n「引」\n",
        "- 列表\n  续行\n\n> 引用\n引用\n\n甲 | 乙\n---|---\n丙 | 丁\n",
        "太郎は\\ **「はい」**\\ と `a\\ b`。中**（粗）**文，**“引”**文",
        '他说"你好"。然后"再见"了，"开头"是 \'x\'，“写”的"和"的',
        "Он сказал \"да\" -- и 'нет' --- Tom's... «тип» “typed” ‘t’ don’t",
    ]
    for number, text in enumerate(texts):
        (tmp_path / f"content/{number}.md").write_text(f"---\ntitle: T\n---\n{text}\n")

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["body"] == len(texts)


ATTRIBUTES = """Paragraph one
{.note #para data-x="y"}

- a
- b
{.list}

> quote
{.q}

{.alone}

| a | b |
|---|---|
| 1 | 2 |
{.t}

```go
x
{.c}
```
{.code}

1. x
   {.inner}
2. y

Text {.inline} more
{not an attribute}

## H ## {#own}

para
{style="color: red"}
next line

![img](https://example.org/x.png)
{.right}

~~gone~~ [x] [^1]

- [x] task

Term
: def

[^1]: note
"""


@pytest.mark.django_db
def test_attributes_of_blocks_and_extensions_that_are_off_are_read_as_hugo_reads_them(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.toml").write_text(
        """
        [markup.goldmark.parser.attribute]
        block = true
        [markup.goldmark.extensions]
        table = false
        strikethrough = false
        taskList = false
        definitionList = false
        footnote = { enable = false }
        """
    )
    (tmp_path / "content/a.md").write_text(f"---\ntitle: A\n---\n{ATTRIBUTES}")

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["body"] == 1


@pytest.mark.django_db
def test_what_bloggers_write_loosely_is_read_as_hugo_reads_it(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.toml").write_text("")
    texts = {
        "more-inside": "One *a*.<!--more-->\nTwo [b](/b)<!--more--> two.\n\nThree.\n",
        "more-before": "One.\n\n<!--more--> Two **b**.\nThree.\n",
        "more-in-html": "<p>One</p>\n<!--more-->\nTwo **b**.\n\n- Three\n",
        "tables-in-items": "- a\n| b | c |\n|---|---|\n| 1 | 2 |\n- d\n\n1. e\n   - f\n   g | h\n   --|--\n   1 | 2\n\n| i |\n|---|\n",
        "code-like-a-table": "```\n- a\n| b | c |\n|---|---|\n```\n\n- d\n# E\n| f | g |\n|---|---|\n",
        "rules": "A[^1].\n\n[^1]: One.\n\n* * *\n--|--\na | b\n\n# H\n--|--\n\n```\n--|--\n```\n",
        "tasks": "- [x]Done\n- [ ]Not **done**\n  - [X]`code`\n- \\[x]no\n\n1. [x], so\n\n2. [x]loose\n\n```\n- [x]code\n```\n",
        "terms": "T1\nT2 *a*\n\n: One\n\n  two\n\nU1  \nU2\n: Three\n\n<dl>\n<dt>raw\n</dt>\n</dl>\n",
        "notes": "A[^1].\n\n[^1]: One.\n\nB[^1].\n\n[^1]: Two.\n\n    Three.\n\nEnd.\n",
        "code-in-a-list": "- a\n\n    {{< highlight go >}}\n    f() {\n      g()\n    }\n    {{< /highlight >}}\n\n- b\n",
        "named-notes": "A[^a b], `[^a b]` and [^no such].\n\n[^a b]: One two.\n",
        "short-heads": "| A \\| a |\n|---|---|\n| 1 | 2 |\n\nB\n--|--\n1 | 2\n\n```\nC\n--|--\n```\n",
        "addresses": "See https://a.example/x\\\nhttps://a.example/b\\_c, https://... and http://.\n",
    }
    for name, text in texts.items():
        (tmp_path / f"content/{name}.md").write_text(f"---\ntitle: {name}\n---\n{text}")

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["body"] == len(texts)


HEADINGS = """
## Été à la “plage” & C++
## 😀
## 日本語 main.go
## x² -- `code.x` it's
## x {id=foo}
## y {id="bar b" .c}
## t {#s title="it's {#no}"}
## q {#r, .c}
## q {id=foo2}{#bar}
## z {id='q'}
## q {#a/b}
## w ## {#w2}
## C# {#w3}
## C ## {#c}
## A<br>line
## <!-- c --> after a comment
<a name="later"></a>

## Later
## Soon
<span id="soon"></span>

set {#s1}
---
# one <sup>[![Version Badge][2]][1]</sup> of <b>bold *and* x</b> <kbd>K</kbd>
# pic <img src="https://example.org/x.png" alt="raw" width="9"> ![shown](https://example.org/y.png)
<h2>Written as HTML</h2>

## Written as HTML
<H3 id="own-html">x</H3>

`<h2>` in code

## ***a_b*** *c_d_e* **f*g** [h_i](/j) [**k_l**](/m) **n\\_o** [p\\_q\\*r](/s) [see t_u and v](/w)
## **__init__** [__init__](/a) **_x** [y~z](/b) **c[d** [![e_f](/g.png)](/h) i_j \\*k\\* `l\\_m`
## What&#8217;s new&#8230; b&#x27;c
## &#8217;start
## ![](https://example.org/i.png)
## <b></b>
## **!!!**
## https://example.org
## <i></i> <b></b>

[1]: https://example.org
[2]: https://example.org/i.png
"""


ADDRESSES = r"""
See http://127.0.0.1:8000/admin and "http://192.168.1.1" or https://10.0.0.1/x.html, http://0.0.0.0:80. https://GitHub.COM/x
https://Github.com/X http://a.b1/x http://[::1]/x http://x.c0m https://1.2.3.4.nip.io/x www.1.2 www.a.B www.a.b
<http://127.0.0.1/> [http://127.0.0.2/](http://127.0.0.2/) [http://127.0.0.3:80] [a.example](http://a.example) [localhost:80]

https://fonts.example/css?family=A|B:400,700|C https://a.example/{id}/x https://a.example/a\b https://a.example/*/x
**https://a.example/x*** and `https://a.example/*.js`, (https://a.example/*) [x](https://a.example/*) <https://a.example/*>
[https://a.example/*][1] https://a.example/api/v1/*/items/* and *see https://b.example/x*.

[1]: https://a.example/*x
[http://127.0.0.3:80]:
  https://a.example/*y
[localhost:80]: http://localhost:80
"""


@pytest.mark.django_db
def test_braces_behind_a_heading_are_text_where_a_site_says_so(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.yaml").write_text("markup: {goldmark: {parser: {attribute: {title: false}}}}\n")
    (tmp_path / "content/a.md").write_text(
        "---\ntitle: A\n---\n## One {#own .c}\n\nTwo {#b}\n---\n\n### Three {x} ##\n"
    )

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["headings"] == 1


HEADINGS_IN_SHORTCODES = """
{{% details title="A" %}}
## In one

text <h3>raw</h3>

### Deep `x` {#own}
{{% /details %}}

{{% notice %}}
## In two
{{% /notice %}}

> {{% alert %}}
> #### In a quotation
> {{% /alert %}}

- a

  {{< details "B" >}}
  ## In three
  {{< /details >}}

<h2>Raw at the top</h2>

## End
"""


@pytest.mark.django_db
def test_headings_in_shortcodes_that_markdown_reads_have_ids(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.yaml").write_text("title: T\n")
    (tmp_path / "content/a.md").write_text(f"---\ntitle: A\n---\n{HEADINGS_IN_SHORTCODES}")

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["headings"] == 1


@pytest.mark.django_db
def test_what_a_bare_address_may_hold_hugo_says(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.yaml").write_text("title: T\n")
    (tmp_path / "content/a.md").write_text(f"---\ntitle: A\n---\n{ADDRESSES}")

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["body"] == 1


@pytest.mark.django_db
def test_an_address_behind_a_quotation_mark_that_stays_straight_is_no_link(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.yaml").write_text("markup: {goldmark: {extensions: {typographer: false}}}\n")
    text = (
        'On "https://a.example/x", (\'https://a.example/y\'), "www.a.example" and "me@a.example", but https://a.example/r '
        'and <a href="https://a.example/q">https://a.example/q</a>, <a href = "https://a.example/t">https://a.example/t</a>.'
    )
    (tmp_path / "content/a.md").write_text(f"---\ntitle: A\n---\n{text}\n")

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["body"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize("style", ["github", "github-ascii", "blackfriday"])
def test_headings_have_the_ids_that_hugo_gives_them(tmp_path: Path, style: str) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.yaml").write_text(f"markup: {{goldmark: {{parser: {{autoIDType: {style}}}}}}}\n")
    (tmp_path / "content/a.md").write_text(f"---\ntitle: A\n---\n{HEADINGS}")

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["headings"] == 1


@pytest.mark.django_db
def test_a_language_replaces_what_the_site_says_for_all(tmp_path: Path) -> None:
    (tmp_path / "content/docs").mkdir(parents=True)
    (tmp_path / "hugo.yaml").write_text(
        """
        enableEmoji: true
        hasCJKLanguage: true
        markup: {goldmark: {renderer: {hardWraps: true}, extensions: {typographer: false}}}
        frontmatter: {date: [made, ":default"], lastmod: [changed]}
        languages:
          en: {weight: 1}
          fr:
            hasCJKLanguage: false
            enableEmoji: false
            markup: {goldmark: {extensions: {linkify: false}}}
            frontmatter: {date: [":filename"]}
            disablePathToLower: true
            removePathAccents: true
            cascade: {tags: [Été, B c]}
        """
    )
    keys = "date: 2020-01-01\nmade: 2021-02-03\nchanged: 2022-01-01"
    text = 'a "b" www.example.org :smile:\nc ' + "你好世界" * 500
    for language in ("", ".fr"):
        file = tmp_path / f"content/docs/2019-05-06-Été{language}.md"
        file.write_text(f"---\ntitle: A\n{keys}\n---\n{text}\n")

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["body"] == 2


@pytest.mark.django_db
def test_a_cascade_reaches_the_files_of_its_language_in_every_folder(tmp_path: Path) -> None:
    (tmp_path / "hugo.yaml").write_text("languages: {en: {contentDir: content/en}, fr: {contentDir: content/fr}}\n")
    for language, day in (("en", "2020-01-01"), ("fr", "2021-01-01")):
        folder = tmp_path / "content" / language / "posts"
        folder.mkdir(parents=True)
        (folder / "_index.md").write_text(f"---\ntitle: P\ncascade: {{tags: [{language}], date: {day}}}\n---\n")
        for name in ("plain", "of.en", "of.fr"):
            (folder / f"{language}-{name}.md").write_text("---\ntitle: A\n---\nText.\n")

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["tags"] == 8


@pytest.mark.django_db
def test_a_site_of_files_with_a_form_and_dates_to_the_millisecond_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "hugo.yaml").write_text("uglyURLs: true\n")
    (tmp_path / "content/posts/_index.md").write_text("---\ntitle: Posts\n---\n")
    form = '<form>Name <input type="text"> <button>Send</button></form>\n\n<script>x()</script>\n'
    keys = "date: 2020-01-02T03:04:05.678Z\ntags: [One Two]"
    (tmp_path / "content/posts/a.md").write_text(f"---\ntitle: A\n{keys}\n---\n{form}")

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences if each.kind is Kind.DIFFERENT] == []
    assert comparison.compared["url"] == 2


@pytest.mark.django_db
def test_a_site_that_mounts_a_folder_beside_it_is_compared(tmp_path: Path) -> None:
    for place in ("site/content", "manual"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "a.md").write_text("---\ntitle: A\n---\nText.\n")
    mounts = "[{source: content, target: content}, {source: ../manual, target: content/help}]"
    (tmp_path / "site/hugo.yaml").write_text(f"module: {{mounts: {mounts}}}\n")

    comparison = check(tmp_path / "site")

    assert comparison.equal
    assert comparison.compared["url"] == 2


@pytest.mark.django_db
def test_a_site_that_is_published_into_a_folder_beside_it_is_compared(tmp_path: Path) -> None:
    (tmp_path / "site/content").mkdir(parents=True)
    (tmp_path / "site/hugo.yaml").write_text("publishDir: ../docs\n")
    (tmp_path / "site/content/a.md").write_text("---\ntitle: A\n---\nText.\n")

    comparison = check(tmp_path / "site")

    assert comparison.equal
    assert comparison.compared["body"] == 1


@pytest.mark.django_db
def test_a_site_with_sections_in_html_and_an_old_name_of_build_is_compared(tmp_path: Path) -> None:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "hugo.yaml").touch()
    (tmp_path / "content/posts/_index.html").write_text(
        "---\ncascade: {tags: [all]}\n---\n{{< theme/hero >}}<p>Hi</p>\n"
    )
    (tmp_path / "content/posts/a.md").write_text("---\ntitle: A\n---\nOf _build.\n")
    (tmp_path / "content/posts/b.md").write_text("---\ntitle: B\n_build: {publishResources: false}\n---\nText.\n")

    comparison = check(tmp_path)

    assert comparison.equal
    assert comparison.compared["tags"] == 3


@pytest.mark.django_db
def test_pages_in_html_are_what_hugo_makes_of_them(tmp_path: Path) -> None:
    pages = {
        "posts/a.html": '---\ntitle: A\ntags: [x]\n---\n<h2>"B"</h2>\n# c *d* <p>E {{< figure src="f.png" caption="*g*" >}}</p>\n',
        "posts/whole.htm": "<!DOCTYPE html><html><head><title>T</title></head><body><p>H</p></body></html>",
        "posts/bundle/index.html": "---\ntitle: B\nslug: c\n---\n<p>Summary</p><!--more--><p>More</p>\n",
        "posts/markdown.html": "---\ntitle: M\nmarkup: md\n---\n*a* -- 'b'\n",
        "posts/html.md": "---\ntitle: H\nmarkup: HTML\n---\n*a* -- 'b' {{< details >}}*c*{{< /details >}}\n",
        "posts/_index.html": "---\ntitle: P\ncascade: {markup: html}\n---\n<p>x</p>\n",
        "posts/links.md": '---\ntitle: L\n---\n[a]({{< ref "a.html" >}}) [b]({{< relref "/posts/bundle" >}})\n',
    }
    for name, text in pages.items():
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).write_text(text)
    (tmp_path / "hugo.yaml").touch()

    comparison = check(tmp_path)

    assert comparison.equal
    assert comparison.compared["body"] == len(pages)


@pytest.mark.django_db
@pytest.mark.parametrize("emoji", ["true", "false"])
def test_emoji_in_headings_and_attributes_below_code_in_items_are_read_as_hugo_reads_them(
    tmp_path: Path, emoji: str
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.yaml").write_text(
        f"enableEmoji: {emoji}\nmarkup: {{goldmark: {{parser: {{attribute: {{block: true}}}}}}}}\n"
    )
    (tmp_path / "content/a.md").write_text(
        "---\ntitle: A\n---\n## A :rocket: b\n\n## :tada: `:x:` 10:30:15 :nope:\n\n## &#8217;x :+1: a:smile:b\n\n"
        "Set :fire:\n---\n\n## :warning:\n\n## :warning:\n\n:heart: in text\n\n"
        "- ```go\n  a\n  ```\n\nx\n{.c}\n\nTerm\n: <b>x</b>\n\n    more\n"
    )

    assert check(tmp_path).equal


@pytest.mark.django_db
def test_of_a_jekyll_site_only_the_bodies_are_compared() -> None:
    comparison = check(HERE / "jekyll_site")

    assert comparison.equal
    assert comparison.note == JEKYLL_NOTE
    assert dict(comparison.compared) == {"headings": 2, "body": 2}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "parity", *arguments]
    return subprocess.run(command, cwd=HERE.parents[1], capture_output=True, text=True, check=False)


def test_the_command_prints_a_table_or_json_and_says_by_its_status_whether_all_is_equal(tmp_path: Path) -> None:
    table = run(str(HERE / "site"), "--clock", "2026-01-01T00:00:00Z")
    assert (table.returncode, table.stderr) == (0, "")
    assert table.stdout.startswith("field           pages    equal")

    said = json.loads(run(str(HERE / "jekyll_site"), "--json").stdout)
    assert said["fields"]["body"] == {"compared": 2, "different": 0, "sanitised": 0, "quotes": 0}

    (tmp_path / "hugo.toml").write_text("title =\n")
    unreadable = run(str(tmp_path))
    assert unreadable.returncode == 2
    assert "the configuration cannot be read" in unreadable.stderr
    assert run(str(tmp_path / "nothing")).returncode == 2


@pytest.mark.django_db
def test_documents_of_tags_and_authors_are_the_pages_that_hugo_makes_of_them(tmp_path: Path) -> None:
    (tmp_path / "hugo.yaml").write_text(
        "taxonomies: {tag: topics, author: authors}\nlanguages: {en: {weight: 1}, vi: {weight: 2}}\n"
    )
    said = "---\ntitle: About {}\n---\nThe *words* of it.\n\n## More\n"
    for place in (
        "topics/ai/_index",
        "topics/ai/_index.vi",
        "topics/unused/_index",
        "topics/_index",
        "authors/jane/_index",
    ):
        file = tmp_path / "content" / f"{place}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(said.format(place))
    (tmp_path / "content/authors/solo.md").write_text(said.format("solo"))
    (tmp_path / "content/a.md").write_text("---\ntitle: A\ntopics: [AI]\nauthors: [jane]\n---\nText.\n")

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["body"] == 7


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["{tags: '/tag/:slug/'}", "{term: {tags: '/:slug/'}, section: {posts: '/:slug/'}}"])
def test_lists_that_the_permalinks_have_elsewhere_are_those_that_hugo_makes(tmp_path: Path, where: str) -> None:
    (tmp_path / "hugo.yaml").write_text(f"permalinks: {where}\n")
    texts = {
        "posts/_index.md": "title: All posts",
        "posts/a.md": "title: A\ntags: [Big Data, C++, R&D, Y tế]",
        "posts/b.md": "title: B\ntags: [solo, big data]",
        "tags/solo/_index.md": "title: On its own",
        "tags/y-tế/_index.md": "title: Health\nslug: yte",
    }
    for name, said in texts.items():
        file = tmp_path / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\n{said}\n---\nText.\n")

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["tags"] == len(texts)


@pytest.mark.django_db
def test_a_workspace_of_modules_and_a_shortcode_in_capitals_are_as_hugo_has_them(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.yaml").write_text("module: {workspace: hugo.work, imports: [{path: example.org/theme}]}\n")
    (tmp_path / "content/a.md").write_text(
        '---\ntitle: A\n---\n[b]({{% relRef "b" %}}) {{< InTextImg url="/x.png" >}}\n'
    )
    (tmp_path / "content/b.md").write_text("---\ntitle: B\n---\nText.\n")

    comparison = check(tmp_path)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["body"] == 2


@pytest.mark.django_db
def test_a_file_that_is_mounted_for_several_languages_is_compared_in_the_first(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    mounts = [{"source": "content", "target": "content", "lang": code} for code in ("en", "fr", "de")]
    config = {"languages": {"en": {}, "fr": {}, "de": {}}, "module": {"mounts": mounts}}
    (tmp_path / "hugo.json").write_text(json.dumps(config))
    (tmp_path / "content/a.md").write_text("---\ntitle: A\n---\nText.\n")

    assert check(tmp_path).equal


@pytest.mark.django_db
def test_a_link_that_says_where_on_its_host_the_site_stands_is_one_from_the_top(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.yaml").write_text("baseURL: https://acme.example/my/blog/\ndisableAliases: true\n")
    body = "[b](/my/blog/b/#x) [top](/my/blog) [other](/my/blogs/) ![x](/my/blog/x.png)\n"
    (tmp_path / "content/a.md").write_text(f"---\ntitle: A\naliases: [/old/]\n---\n{body}")
    (tmp_path / "content/b.md").write_text("---\ntitle: B\n---\nText.\n")

    assert [str(each) for each in check(tmp_path).differences] == []


def _write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.mark.django_db
def test_a_languages_cascade_comes_behind_that_of_the_site(tmp_path: Path) -> None:
    config = "cascade: {tags: [all], date: 2001-01-01}\nlanguages: {en: {}, vi: {cascade: {tags: [own], expiryDate: 2090-01-01}}}\n"
    files = {f"content/posts/a{code}.md": "---\ntitle: A\n---\n" for code in ("", ".vi")}

    comparison = check(_write(tmp_path, {"hugo.yaml": config, **files}))

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["tags"] == 2


@pytest.mark.django_db
def test_where_content_is_mounted_no_language_has_a_folder_of_its_own(tmp_path: Path) -> None:
    files = {
        "hugo.yaml": "languages: {en: {contentDir: content/en}, vi: {contentDir: content/vi}}\n"
        "module: {mounts: [{source: content, target: content}]}\n",
        "content/en/posts/a.md": "---\ntitle: A\n---\n",
        "content/en/posts/b.vi.md": "---\ntitle: B\n---\n",
        "content/vi/posts/c.md": "---\ntitle: C\n---\n",
    }

    comparison = check(_write(tmp_path, files))

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["url"] == 3


@pytest.mark.django_db
def test_an_index_outside_of_the_folders_of_all_languages_says_nothing(tmp_path: Path) -> None:
    files = {
        "hugo.yaml": "languages: {en: {contentDir: content/en}, vi: {contentDir: content/vi}}\n",
        "content/_index.md": "---\ntitle: T\ncascade: {tags: [lost]}\n---\n",
        "content/en/posts/a.md": "---\ntitle: A\n---\n",
        "content/vi/posts/c.md": "---\ntitle: C\n---\n",
    }

    comparison = check(_write(tmp_path, files))

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["tags"] == 2


@pytest.mark.django_db
def test_a_date_to_come_keeps_no_page_back_where_publication_has_a_key_of_its_own(tmp_path: Path) -> None:
    fronts = ["date: 2099-01-01", "date: 2020-01-01\npublishDate: 2099-01-01", "date: 2020-01-01\nlastmod: 2021-01-01"]
    files = {f"content/posts/{at}.md": f"---\ntitle: A\n{front}\n---\n" for at, front in enumerate(fronts)}
    config = "frontmatter: {publishDate: [publishDate], lastmod: [':git', lastmod]}\n"

    comparison = check(_write(tmp_path, {"hugo.yaml": config, **files}))

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["published"] == 3


@pytest.mark.django_db
def test_an_address_that_begins_with_its_sections_stands_below_no_language(tmp_path: Path) -> None:
    files = {
        "hugo.yaml": "languages: {en: {}, vi: {}}\ndefaultContentLanguageInSubdir: true\n",
        "content/_index.md": "---\ntitle: T\nurl: /start/\n---\n",
        "content/posts/a.md": "---\ntitle: A\nurl: ':sections/x-:slug'\n---\n",
        "content/posts/b.md": "---\ntitle: B\nurl: ':section/x-:slug'\n---\n",
    }

    comparison = check(_write(tmp_path, files))

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["url"] == 3


@pytest.mark.django_db
def test_every_ending_that_hugo_knows_is_compared_and_one_that_it_refuses_left_out(tmp_path: Path) -> None:
    files = {
        f"content/posts/{name}": "---\ntitle: A\n---\nText.\n" for name in ("a.mdown", "b.MD", "c.markdown", "d.htm")
    }
    wrong = "---\ntitle: A\ndate: someday\n---\n"

    comparison = check(_write(tmp_path, {"hugo.yaml": "title: T\n", **files, "content/posts/e.MD": wrong}))

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["url"] == 4
    assert [*comparison.left_out] == ["posts/e.MD"]


@pytest.mark.django_db
def test_pages_that_no_list_has_are_compared_and_those_that_are_linked_alone_are_drafts(tmp_path: Path) -> None:
    (tmp_path / "content/docs").mkdir(parents=True)
    (tmp_path / "hugo.yaml").write_text("title: T\n")
    pages = {
        "a": "build: {list: never}\ntags: [x]",
        "b": "build: {list: never}\ndraft: true",
        "c": "build: {list: never}\ndate: 2099-01-01",
        "d": "build: {render: link}\naliases: [/old/]",
        "e": "build: {render: never}",
        "docs/_index": "build: {render: link}\ncascade: {build: {list: local}}",
        "docs/f": "draft: false",
    }
    for name, said in pages.items():
        (tmp_path / f"content/{name}.md").write_text(f"---\ntitle: {name}\n{said}\n---\nText.\n")

    comparison = check(tmp_path, clock=CLOCK)

    assert [str(each) for each in comparison.differences] == []
    assert comparison.compared["published"] == 4


@pytest.mark.django_db
def test_pictures_by_themselves_stand_in_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.yaml").write_text("markup: {goldmark: {parser: {wrapStandAloneImageWithinParagraph: false}}}\n")
    (tmp_path / "content/a.md").write_text('---\ntitle: A\n---\n![a](/a.png)\n\n![b](/b.png "B")\n\n- ![c](/c.png)\n')

    assert check(tmp_path).equal


@pytest.mark.django_db
def test_numbers_of_lines_of_code_are_no_difference(tmp_path: Path) -> None:
    code = "".join(
        f'{{{{< highlight go "{said}" >}}}}\na\n b\n{{{{< /highlight >}}}}\n\n'
        for said in ("linenos=table", "linenos=inline")
    )

    comparison = check(_write(tmp_path, {"hugo.yaml": "title: T\n", "content/a.md": code}))

    assert comparison.differences == []


@pytest.mark.django_db
def test_links_in_the_content_are_passed_over_on_both_sides(tmp_path: Path) -> None:
    site = _write(tmp_path, {"hugo.yaml": "title: T\n", "content/posts/a.md": "---\ntitle: A\n---\nText.\n"})
    for name, target in {"b.md": "posts/a.md", "gone.md": "nowhere.md", "folder": "posts"}.items():
        (site / "content" / name).symlink_to(target)

    comparison = check(site)

    assert comparison.differences == []
    assert comparison.compared["url"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize("languages", ["", "languages: {en: {}, fr: {}}\n"])
def test_links_to_files_lead_to_pages_on_both_sides(tmp_path: Path, languages: str) -> None:
    body = '[b](b.md "T & q") [c](../q/c.md?x=1#y) [e](../q/e/index.md) [s](/q/_index.md) [n](none.md) [r][r]\n\n[r]: ./b.md\n'
    files = {"p/a": body, "p/b": "", "q/c": "[a](../p/a.md) https://a.example/b.md", "q/e/index": "[c](../c.md)"}
    pages = {f"content/{name}.md": f"---\ntitle: T\n---\n{text}\n" for name, text in files.items()}
    index = {"content/q/_index.md": "---\ntitle: Q\n---\n[c](c.md) [a](../p/a.md)\n"}

    assert check(_write(tmp_path, {"hugo.yaml": f"title: T\n{languages}", **pages, **index})).differences == []


@pytest.mark.django_db
def test_lists_by_slug_and_by_pattern_mounts_and_aliases_are_hugos(tmp_path: Path) -> None:
    config = """
uglyURLs: true
permalinks: {page: {news: "/n/:sectionslugs/:slug"}, section: {news: "/n/:sectionslugs"}}
module: {mounts: [{source: content, target: content}, {source: more, target: content/more, files: ["**.md", "in/**"]}]}
"""
    files = {
        "content/docs/_index.md": "slug: -Tài/Liệu-\naliases: /old new",
        "content/docs/deep/_index.md": "slug: further",
        "content/docs/deep/a.md": "aliases: /one  two",
        "content/news/_index.md": "slug: latest",
        "content/news/own/_index.md": "slug: ours",
        "content/news/own/b.md": "slug: b",
        **{f"more/{name}.md": "draft: false" for name in ("a", "in/b", "in/deep/c", "out/d")},
    }
    written = {name: f"---\ntitle: T\n{front}\n---\nText.\n" for name, front in files.items()}
    comparison = check(_write(tmp_path, {"hugo.yaml": f"title: T\n{config}", **written}))

    assert (comparison.compared["url"], comparison.differences) == (len(files) - 1, [])
