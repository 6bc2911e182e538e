"""Jekyll's own ways with a site: collections, drafts, what it leaves out, and the marks in its texts."""

import os
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils.html import strip_tags
from PIL import Image

from posts.importing import config_files, site_values
from posts.models import Post
from posts.rendering import RenderingError, liquid, relative_links
from tests.support.commands import import_markdown as run
from tests.support.sites import paths, post, write


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "path"), [("Asia/Tokyo", "/2024/03/05/hello_World.html"), ("", "/2024/03/04/hello_World.html")]
)
def test_an_address_has_the_day_on_the_sites_clock_and_a_title_by_name_keeps_its_letters(
    tmp_path: Path, zone: str, path: str
) -> None:
    text = "---\ndate: 2024-03-05 01:00:00 +0300\n---\nText.\n"
    run(write(tmp_path, {"_config.yml": f"timezone: {zone}\n", "_posts/2024-01-01-hello_World.md": text}))

    made = Post.objects.get()
    assert (made.path, made.title) == (path, "Hello_world")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "hour", "path"),
    [
        ("2024-03-05 20:00:00", "2024-03-06T03:00:00+07:00", "/2024/03/06/a.html"),
        ("2024-3-5T2:00:00", "2024-03-05T09:00:00+07:00", "/2024/03/05/a.html"),
        ("'2024-03-05 20:00:00'", "2024-03-05T20:00:00+07:00", "/2024/03/05/a.html"),
        ("2024-03-05 20:00", "2024-03-05T20:00:00+07:00", "/2024/03/05/a.html"),
        ("2024-03-05", "2024-03-05T00:00:00+07:00", "/2024/03/05/a.html"),
        ("2024/03/05 20:00:00", "2024-03-05T20:00:00+07:00", "/2024/03/05/a.html"),
    ],
)
def test_a_moment_with_seconds_and_no_offset_is_in_utc(tmp_path: Path, written: str, hour: str, path: str) -> None:
    """So YAML has it, unless it is a text in quotes. As Jekyll 4.3.1 made them."""
    config = "timezone: Asia/Ho_Chi_Minh\n"
    run(write(tmp_path, {"_config.yml": config, "_posts/2024-01-01-a.md": f"---\ndate: {written}\n---\nText.\n"}))

    made = Post.objects.get()
    assert made.published_at is not None
    assert (made.published_at.isoformat(), made.path) == (hour, path)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("front", "tags", "path"),
    [
        ("category: Big News\ntag: One Two", ["One Two"], "/all/big news/a/"),
        ("categories: Big News\ntags: one two", ["one", "two"], "/all/big/news/a/"),
        ("categories: big, news\ntags: one, two", ["one", "two"], "/all/big,/news/a/"),
        ("categories: []", ["t"], "/all/a/"),
        ("category: [A, b]\ntag: [c, d e]\ntags: [f]", ["c", "d e"], "/all/a/b/a/"),
        ("category: A\ncategories: B C", ["t"], "/all/b/c/a/a/"),
        ("tags:\n- [c, d e]\n- f", ["c", "d e", "f"], "/all/a/"),
    ],
)
def test_a_key_for_one_tag_or_category_is_not_parted_and_a_default_category_stays(
    tmp_path: Path, front: str, tags: list[str], path: str
) -> None:
    config = (
        "permalink: /:categories/:title/\ndefaults: [{scope: {path: ''}, values: {categories: [All], tags: [t]}}]\n"
    )
    run(write(tmp_path, {"_config.yml": config, "_posts/2024-01-01-a.md": f"---\n{front}\n---\nText.\n"}))

    made = Post.objects.get()
    assert (sorted(made.tags.names()), made.path) == (tags, path)


@pytest.mark.django_db
def test_collections_drafts_and_what_is_left_out(tmp_path: Path) -> None:
    config = (
        "permalink: pretty\ncollections: {docs: {output: true, permalink: '/d/:path/'}, people: {output: true}, data: {}}\n"
        "exclude: [notes/, '*.tmp.md']\ninclude: [_pages]\n"
        "defaults: [{scope: {path: '', type: docs}, values: {author: Docs}}]\n"
    )
    files = (
        *("_docs/sub/a.md", "_people/ann.md", "_data/x.md", "_drafts/soon.md", "_pages/team.md", "about.md"),
        *("notes/n.md", "x.tmp.md", "_other/y.md", "_site/z.md", "_posts/undated.md"),
    )
    status, printed = run(write(tmp_path, {"_config.yml": config, **{name: post() for name in files}}))

    assert status == 0
    assert "undated.md:1:1: MG108 left out, for its name does not begin with a date" in printed
    assert paths() == {
        "_docs/sub/a.md": "/d/sub/a/",
        "_people/ann.md": "/people/ann/",
        "_data/x.md": "/data/x/",
        "_drafts/soon.md": "/2024/03/05/soon/",
        "_pages/team.md": "/_pages/team/",
        "about.md": "/about/",
    }
    assert set(Post.objects.filter(draft=True).values_list("source_path", flat=True)) == {
        "_data/x.md",
        "_drafts/soon.md",
    }
    docs = Post.objects.get(source_path="_docs/sub/a.md")
    assert (docs.section, docs.authors) == ("docs", ["Docs"])


@pytest.mark.django_db
def test_what_is_left_out_goes_by_how_a_path_begins_and_what_is_taken_in_by_a_name(tmp_path: Path) -> None:
    """As Jekyll 4.3.1 has it."""
    config = (
        "exclude: [test, bin/, _pages/out.md, _docs/no.md, old*]\ninclude: [_pages, sub/_deep]\n"
        "collections: {docs: {output: true}}\n"
    )
    files = (
        *(
            "testimonials.md",
            "bin/x.md",
            "_pages/out.md",
            "_pages/_under.md",
            "_docs/no.md",
            "_docs/_no.md",
            "older/x.md",
        ),
        *("sub/_deep/x.md", "_docs/sub/#no.md"),
        *("binary.md", "sub/test.md", "_pages/in.md", "_docs/sub/yes.md"),
    )
    run(write(tmp_path, {"_config.yml": config, **{name: post() for name in files}}))

    assert set(paths()) == {"binary.md", "sub/test.md", "_pages/in.md", "_docs/sub/yes.md"}


@pytest.mark.django_db
def test_posts_and_collections_may_have_a_folder_of_their_own_and_posts_addresses_as_a_collection(
    tmp_path: Path,
) -> None:
    config = (
        "collections_dir: all\npermalink: pretty\n"
        "collections: {posts: {permalink: '/news/:categories/:title/'}, docs: {output: true}}\n"
        "defaults: [{scope: {path: all/_posts}, values: {tags: [t]}}, {scope: {path: _docs}, values: {tags: [d]}}]\n"
    )
    body = "[a]({% link _docs/2024-03-04-a.md %})"
    files = {"all/_posts/2024-01-05-b.md": post(body=body), "all/_docs/2024-03-04-a.md": "---\ntitle: A\n---\n"}
    run(write(tmp_path, {"_config.yml": config, **files, "all/_hidden.md": post(), "about.md": post()}))

    assert paths() == {
        "all/_posts/2024-01-05-b.md": "/news/b/",
        "all/_docs/2024-03-04-a.md": "/docs/2024-03-04-a/",
        "about.md": "/about/",
    }
    document, letter = Post.objects.get(title="A"), Post.objects.get(path="/news/b/")
    assert [each.tags.get().name for each in (document, letter)] == ["d", "t"]
    assert str(document.date) == "2024-03-04 00:00:00+00:00"
    assert '<a href="/docs/2024-03-04-a/">' in letter.html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("style", "file", "keys", "address"),
    [
        ("date", "_posts/2024-01-05-a--b__c.md", "", "/2024/01/05/a-b__c.html"),
        ("pretty", "_posts/2024-01-04-UPPER_case.md", "", "/2024/01/04/UPPER_case/"),
        ("none", "_posts/2024-01-05-emoji-😀.md", "", "/emoji.html"),
        ("date", "_posts/2024-01-05-x.md", "date: 2023-12-31 23:30:00 -0500", "/2024/01/01/x.html"),
        ("/:hour:minute/:title/", "_posts/2024-01-05-x.md", "date: 2024-01-05 23:30", "/2330/x/"),
        ("none", "Big Cat/deep/_posts/2024-03-04-x.md", "categories: z", "/big cat/deep/z/x.html"),
        ("none", "_posts/2024-01-05-x.md", "category: One Cat", "/one cat/x.html"),
        ("none", "_posts/2024-01-05-x.md", "categories: [Été, C++ & x, 2020]", "/été/c++ & x/2020/x.html"),
        ("/:slugified_categories/:title", "_posts/2024-01-05-x.md", "categories: [Été, C++ & x]", "/été/c-x/x"),
        ("/:slug:output_ext", "_posts/2024-01-05-A.b_c.md", "", "/a-b-c.html"),
        ("date", "_posts/2024-01-05-x.md", "slug: My Slug", "/2024/01/05/My-Slug.html"),
        ("ordinal", "docs/My Page.md", "", "/docs/My Page.html"),
        ("weekdate", "about.md", "", "/about"),
        ("/:year/:title", "about.md", "", "/about"),
        ("/:year/:title.html", "_recipes/soup.md", "", "/recipes/soup"),
        ("/:year/:title:output_ext", "_recipes/soup.md", "", "/recipes/soup.html"),
        ("/:title/", "docs/index.md", "", "/docs/"),
        ("/:path/", "_posts/2024-01-05-x.md", "", "/2024-01-05-x/"),
        ("/:path/", "cat/_posts/sub/2024-01-05-x.md", "", "/cat/sub/2024-01-05-x/"),
        ("pretty", "docs/a.md", "permalink: /:path/x/:basename/", "/docs/x/a/"),
        ("pretty", "docs/index.md", "permalink: /:path/x/:basename/", "/docs/x/index/"),
        ("pretty", "_recipes/soup/index.md", "permalink: /all/:title/:name/", "/all/index/index/"),
        ("pretty", "about.en.md", "", "/about.en/"),
        ("pretty", "start.md", "permalink: /start/index.html", "/start/"),
        ("/:title", "contact.md", "", "/contact/"),
        ("date", "docs/Index.md", "", "/docs/Index.html"),
        ("pretty", "words.md", "permalink: /tags", "/tags/"),
        ("pretty", "words.md", "permalink: /all/tags", "/all/tags"),
    ],
)
def test_an_address_is_the_one_that_jekyll_makes(
    tmp_path: Path, style: str, file: str, keys: str, address: str
) -> None:
    """As Jekyll 4.3.1 made them."""
    config = f"permalink: {style}\ntimezone: Asia/Ho_Chi_Minh\ncollections: {{recipes: {{output: 'true'}}}}\n"
    run(write(tmp_path, {"_config.yml": config, file: f"---\ntitle: T\n{keys}\n---\nText.\n"}))

    assert paths() == {file: address}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("engine", "html"),
    [
        ("kramdown", r"<p>\(a_1*b*c\) for $5 or <a href=/$x>$6_</a></p><p>\[\|x\| \\\]</p>"),
        ("redcarpet", r"<p>$$ a_1<em>b</em>c $$ for $5 or <a href=/$x>$6_</a></p><p>$$|x| \$$</p>"),
    ],
)
def test_between_two_dollars_is_kramdowns_mathematics(tmp_path: Path, engine: str, html: str) -> None:
    body = "$$ a_1*b*c $$ for $5 or [$6_](/$x)\n\n$$\n\\|x\\| \\\\\n$$\n"
    run(write(tmp_path, {"_config.yml": f"markdown: {engine}\n", "about.md": post(body=body)}))

    assert "".join(Post.objects.get().html.split("\n")).replace('"', "") == html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("engine", "html"),
    [
        (
            "kramdown",
            '<strong>“引”</strong>后 5~10 x 20~30 <del>y</del> <a href="/~u">~</a> <code>a~b~</code> '
            '<a href="https://x.org/~z"',
        ),
        ("CommonMark", '**“引”**后 5<del>10 x 20</del>30 <del>y</del> <a href="/~u">~</a> <code>a~b~</code>'),
    ],
)
def test_kramdown_has_its_own_ends_of_emphasis_and_of_what_is_struck_out(
    tmp_path: Path, engine: str, html: str
) -> None:
    body = "**“引”**后 5~10 x 20~30 ~~y~~ [~](/~u) `a~b~` https://x.org/~z"
    run(write(tmp_path, {"_config.yml": f"markdown: {engine}\n", "about.md": post(body=body)}))

    assert html in Post.objects.get().html


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1. a\n  - b\n    more\n  - c\n2. d\n", "1. a\n   - b\n     more\n   - c\n2. d\n"),
        ("* a\n  1. b\n    * c\n* d\n", "* a\n  1. b\n     * c\n* d\n"),
        ("1. a\n  2. b\n    - c\n", "1. a\n  2. b\n     - c\n"),
        ("1. a\n\n  - b\n", "1. a\n\n  - b\n"),
        ("- a\n  - b\n    1. c\n\n       text\n", "- a\n  - b\n    1. c\n\n       text\n"),
        ("1. a\n  - b\n\nText\n  more\n", "1. a\n   - b\n\nText\n  more\n"),
    ],
)
def test_a_list_in_one_of_another_kind_need_not_stand_far_in(written: str, read: str) -> None:
    assert liquid.in_markdown(written, lambda tag, reference: None)[0] == read


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("config", "html"),
    [
        ("{hard_wrap: true}", "<p>“Er sagte ‘ja’” und it’s<br />b</p>"),
        ("{smart_quotes: 'apos,apos,quot,quot'}", "<p>\"Er sagte 'ja'\" und it's b</p>"),
        ("{smart_quotes: 'sbquo, lsquo, bdquo, ldquo'}", "<p>„Er sagte ‚ja‘“ und it‘s b</p>"),
        ("{smart_quotes: [laquo, raquo, ldquo, rdquo]}", "<p>“Er sagte «ja»” und it»s b</p>"),
        ("{smart_quotes: 'what,ever'}", "<p>“Er sagte ‘ja’” und it’s b</p>"),
    ],
)
def test_quotation_marks_and_ends_of_lines_are_the_sites(tmp_path: Path, config: str, html: str) -> None:
    """As kramdown 2.4.0 made them."""
    body = "\"Er sagte 'ja'\" und it's\nb"
    run(write(tmp_path, {"_config.yml": f"kramdown: {config}\n", "about.md": post(body=body)}))

    shown = unescape(Post.objects.get().html.strip())
    assert shown.replace("\n", "" if "<br" in shown else " ").replace("<br>", "<br />") == html


@pytest.mark.django_db
def test_a_single_tag_is_whole_and_a_name_makes_a_title(tmp_path: Path) -> None:
    files = {
        "_posts/2024-01-05-hello-big_WORLD.md": "---\ntag: real world\n---\nText.\n",
        "_posts/2024-01-06-b.md": "---\ntitle: B\ntags: real world\n---\nText.\n",
    }
    _, printed = run(write(tmp_path, {"_config.yml": "", **files}))

    assert "MG6" not in printed
    first, second = Post.objects.order_by("date")
    assert (first.title, [tag.name for tag in first.tags.all()]) == ("Hello Big_world", ["real world"])
    assert sorted(tag.name for tag in second.tags.all()) == ["real", "world"]


@pytest.mark.django_db
def test_a_link_leads_from_the_folder_of_its_page_and_with_a_slash_or_without(tmp_path: Path) -> None:
    files = {
        "docs/a.md": post(permalink="/docs/a.html", body="[b](b.html) [c](../c) [c](/c/#here) [d](/old) [e](x/)"),
        "docs/b.md": post(permalink="/docs/b.html", body="[a](./a.html)"),
        "c.md": "---\nredirect_from: /old\n---\n[a](docs/a.html)\n\n# Here\n",
    }
    site = write(tmp_path, {"_config.yml": "permalink: /:title\n", **files})
    status, printed = run(site)

    assert status == 0
    assert [line for line in printed.splitlines() if "leads to" in line] == [
        f"{site}/docs/a.md:7:51: MG4 the link leads to /docs/x/, where nothing stands; fix or remove it"
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("[b](b.md)", "/docs/B"),
        ("[b](./b.md#here 'Title')", "/docs/B#here"),
        ("[b](<../docs/b.md>)", "/docs/B"),
        ("[b](/docs/b.md)", "/docs/B"),
        ("[b](two%20words.md)", "/docs/two%20words"),
        ("[b]\n\n[b]: b.md", "/docs/B"),
        ("[b](../_posts/2024-01-05-c.md)", "/c"),
        ("[b](gone.md)", "gone.md"),
        ("[b](https://example.org/b.md)", "https://example.org/b.md"),
    ],
)
def test_a_link_to_a_markdown_file_leads_to_its_page(tmp_path: Path, written: str, address: str) -> None:
    """Where GitHub builds a site, the plugin jekyll-relative-links sees to it."""
    files = {
        "docs/a.md": post(body=written),
        "docs/b.md": post(permalink="/docs/B", body="# Here"),
        "docs/two words.md": post(),
        "_posts/2024-01-05-c.md": post(),
    }
    _, printed = run(write(tmp_path, {"_config.yml": "permalink: /:title\n", **files}))

    assert f'href="{address}"' in Post.objects.get(source_path="docs/a.md").html
    assert ("the link leads to" in printed) == (address == "gone.md")


def test_code_holds_no_link_to_a_file() -> None:
    text = "`[a](a.md)` [a](a.md)\n\n```\n[a](a.md)\n```\n"
    read = relative_links.in_markdown(text, "docs", lambda place: place.upper())

    assert read == "`[a](a.md)` [a](/DOCS/A.MD)\n\n```\n[a](a.md)\n```\n"


@pytest.mark.django_db
def test_files_dates_and_redirects_as_only_jekyll_has_them(tmp_path: Path) -> None:
    files = {
        "_posts/2024-01-05-a.mkd": "---\ntitle: A\ndate: 2024-01-05 22:00:00 EST\nredirect_from: [old/a.html, /b/]\n---\n",
        "docs/vendor/risk.md": post(),
        "vendor/bundle/gem.md": post(),
        "node_modules/x.md": post(),
        "_posts/2024-01-06-b.textile": post(),
    }
    status, printed = run(write(tmp_path, {"_config.yml": "permalink: pretty\n", **files}))
    assert status == 0
    assert "2024-01-06-b.textile:1:1: MG108 left out, for only Markdown is imported" in printed

    assert paths() == {"_posts/2024-01-05-a.mkd": "/2024/01/06/a/", "docs/vendor/risk.md": "/docs/vendor/risk/"}
    assert Post.objects.get(title="A").aliases == ["/old/a.html", "/b/"]


@pytest.mark.django_db
def test_html_with_front_matter_is_a_post_or_a_page_unless_it_is_a_template(tmp_path: Path) -> None:
    body = '<h2>A *b*</h2>\n<p class="x">{{ page.title }} {: .y}</p>\n'
    code = "{% highlight py %}\na = 1\n\nb = `2`\n{% endhighlight %}\n<p>End</p>\n"
    files = {
        "_posts/2024-01-06-b.html": f"---\ntitle: B\ntags: [x]\n---\n{body}{code}",
        "_posts/undated.html": post(),
        "_docs/c.html": "---\ntitle: C\n---\n{% for each in page.list %}<p>Each</p>{% endfor %}\n",
        "about.html": "---\ntitle: About\n---\n<p>Us</p>\n",
        "blog/index.html": "---\ntitle: Blog\n---\n<ul>\n{%- for post in site.posts %}<li>{% endfor %}</ul>\n",
        "static.html": "<p>No page</p>\n",
        "shown.html": "---\n---\n<p>{% raw %}{% for a in b %}{% endraw %}</p>\n",
        "unread.html": "---\nrender_with_liquid: false\n---\n<p>{% for a in b %}</p>\n",
    }
    config = "permalink: pretty\ncollections: {docs: {output: true}}\n"
    status, printed = run(write(tmp_path, {"_config.yml": config, **files}))

    assert status == 0
    assert paths() == {
        "_posts/2024-01-06-b.html": "/2024/01/06/b/",
        "_docs/c.html": "/docs/c/",
        "about.html": "/about/",
        "shown.html": "/shown/",
        "unread.html": "/unread/",
    }
    assert "_posts/undated.html:1:1: MG108 left out, for its name does not begin with a date" in printed
    assert "blog/index.html:5:1: MG108 left out, for it is a template" in printed
    assert "static.html" not in printed
    made = Post.objects.get(title="B")
    assert [tag.name for tag in made.tag_list] == ["x"]
    assert " ".join(strip_tags(made.html).split()) == "A *b* B {: .y} a = 1 b = `2` End"


@pytest.mark.django_db
def test_a_pipe_that_is_named_like_a_page_does_not_keep_an_import_waiting(tmp_path: Path) -> None:
    write(tmp_path, {"_posts/2024-01-06-b.md": post()})
    os.mkfifo(tmp_path / "page.html")
    held = os.open(tmp_path / "page.html", os.O_RDWR)  # so that a failure ends too
    os.write(held, b"---\n")

    status, _ = run(tmp_path)

    os.close(held)
    assert (status, [*paths()]) == (0, ["_posts/2024-01-06-b.md"])


INCLUDED = {
    "_includes/note.html": "{% comment %}Usage{% endcomment %}\n<div class='n'>{{ include.content | markdownify }}</div>\n",
    "_includes/shot": (
        "<figure><img src='/img/{{ include.file }}' alt='{{ include.alt | default: \"Shot\" }}'>"
        "{% if include.caption %}<figcaption>{{ include.caption }}</figcaption>{% else %}Bare{% endif %}</figure>"
    ),
    "_includes/button.html": "<a href='{{ include.link }}'>{%- if include.big == 'yes' -%}BIG {% endif %}{{ include.text }}</a>",
    "_includes/hours.md": "**Open** from 8, says {{ page.title }}.\n",
    "_includes/list.html": "{% for each in site.posts %}{{ each }}{% endfor %}",
    "_includes/nul.html": "a\0b",
    "_posts/part.txt": "A *part*.\n",
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('{% include note.html content="Take *care*." %}', "<em>care</em>"),
        ("{% include shot file='x' caption=\"Seen\" %}", "Seen"),
        ("{% include shot file='x' %}", 'alt="Shot"'),
        ('A {% include button.html text="Go" link="/x/" big="yes" %} B', '<a href="/x/">BIG Go</a> B'),
        ("{% include hours.md %}", "<strong>Open</strong> from 8, says A."),
        ("{% include_relative part.txt %}", "A <em>part</em>."),
        ('{% include list.html content="Each *x*" %}', "<p>Each <em>x</em></p>"),
        (
            'Above\n{% include gone.html title="T" text="Of a theme" %}\nbelow',
            "<strong>T</strong></p>\n<p>Of a theme</p>",
        ),
        ('{% include gone.html text="Go" url="/x/" %}', '<a href="/x/">Go</a>'),
        ("{% include shot file='x' caption=page.title %}", "<figcaption>A</figcaption>"),
    ],
)
def test_an_include_shows_what_its_file_does_or_the_words_that_it_is_given(
    tmp_path: Path, written: str, read: str
) -> None:
    """A file that asks for more than the tag's parameters is none."""
    _, printed = run(write(tmp_path, {**INCLUDED, "_posts/2024-01-05-a.md": f"---\ntitle: A\n---\n{written}\n"}))

    assert read in Post.objects.get().html
    assert "theme" not in printed


@pytest.mark.django_db
@pytest.mark.parametrize(
    "written",
    [
        "{% include list.html %}",
        "{% include ../x.html %}",
        "{% include ../_posts/part.txt %}",
        "{% include_relative ./part.txt %}",
        "{% include_relative ../_includes/hours.md %}",
        "{% include nul.html %}",
        "{% include note.html x=y %}",
    ],
)
def test_an_include_that_cannot_be_told_is_a_warning(tmp_path: Path, written: str) -> None:
    write(tmp_path.parent, {"x.html": "<p>Elsewhere</p>"})
    _, printed = run(write(tmp_path, {**INCLUDED, "_posts/2024-01-05-a.md": f"---\ntitle: A\n---\n{written}\n"}))

    assert Post.objects.get().html == ""
    assert ":4:1: MG4" in printed


@pytest.mark.parametrize("part", ["x", "{% comment %}x{% endcomment %}", "{% if include.a %}x{% endif %}"])
def test_files_that_are_included_too_often_are_an_error(part: str) -> None:
    """Whatever is shown of them, for each is read as often as it is included."""
    text = part * (30_000 // len(part))

    with pytest.raises(RenderingError, match="repeated"):
        liquid.in_markdown("{% include a %}\n" * 2_000, lambda tag, name: None, lambda owner, name: text)


@pytest.mark.django_db
def test_a_changed_include_changes_the_posts_that_show_it(tmp_path: Path) -> None:
    files = {**INCLUDED, "_posts/2024-01-05-a.md": "---\ntitle: A\n---\n{% include hours.md %}\n"}
    run(write(tmp_path, files))
    run(write(tmp_path, {"_includes/hours.md": "Closed.\n"}))

    assert Post.objects.get().html == "<p>Closed.</p>\n"


@pytest.mark.django_db
def test_of_an_include_that_cannot_be_shown_a_post_keeps_the_hash_alone(tmp_path: Path) -> None:
    listing = "{% for each in site.posts %}{{ each }}{% endfor %}" * 500
    shown = "{% if include.t %}{{ include.t }}{% else %}{{ page | theirs }}{% endif %}"
    body = '{% include a.html text="Of *a*" %}\n{% include b.html t="B" %}\n'
    files = {"_includes/a.html": listing, "_includes/b.html": shown, "_posts/2024-01-05-a.md": f"---\n---\n{body}"}
    run(write(tmp_path, files))

    kept = Post.objects.get().source["site_values"]
    assert len(kept["file:_includes/a.html"]) < 100
    assert kept["file:_includes/b.html"] == shown
    assert strip_tags(Post.objects.get().html).split() == ["Of", "a", "B"]
    assert "1 unchanged" in run(tmp_path)[1]
    assert "1 updated" in run(write(tmp_path, {"_includes/a.html": f"{listing} "}))[1]


@pytest.mark.django_db
def test_a_file_that_many_posts_include_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    posts = {f"_posts/2024-01-0{day}-a.md": "---\n---\n{% include hours.md %}\n" for day in range(1, 6)}
    run(write(tmp_path, {**INCLUDED, **posts}))
    read = []
    monkeypatch.setattr(site_values, "_text", lambda site, place: read.append(place))

    assert "5 updated" in run(tmp_path, workers=1)[1]  # for there is none now
    assert read == ["_includes/hours.md"]


@pytest.mark.django_db
def test_a_post_of_an_older_release_that_kept_the_whole_include_is_updated_once(tmp_path: Path) -> None:
    run(write(tmp_path, {**INCLUDED, "_posts/2024-01-05-a.md": "---\n---\n{% include list.html text='Of *a*' %}\n"}))
    post = Post.objects.get()
    post.source["site_values"]["file:_includes/list.html"] = INCLUDED["_includes/list.html"]
    post.save()

    assert "1 updated" in run(tmp_path)[1]
    assert "1 unchanged" in run(tmp_path)[1]
    assert strip_tags(Post.objects.get().html).split() == ["Of", "a"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("config", "language"),
    [("lang: ja", "ja"), ("locale: zh_CN", "zh"), ("lang: vi-VN\nlocale: en-US", "vi"), ("", "en")],
)
def test_the_language_is_the_configurations_and_an_old_plugins_alias_redirects(
    tmp_path: Path, config: str, language: str
) -> None:
    run(write(tmp_path, {"_config.yml": config, "a.md": "---\nalias: /old/\n---\nText.\n"}))

    made = Post.objects.get()
    assert (made.language, made.path, made.aliases) == (language, "/a.html", ["/old/"])


@pytest.mark.django_db
def test_liquid_in_a_text_is_read_and_what_is_lost_of_it_is_named(tmp_path: Path) -> None:
    body = "[next]({% post_url 2024-02-01-b %}) ![x]({{ site.baseurl }}/x.png)\n\n  {% include note.html %} {% link gone.md %}"
    files = {"_config.yml": "baseurl: /blog\n", "_posts/2024-01-01-a.md": post(body=body)}
    _, printed = run(write(tmp_path, {**files, "_posts/2024-02-01-b.md": post(permalink="/b/")}))

    html = Post.objects.get(source_path="_posts/2024-01-01-a.md").html
    assert '<a href="/b/">next</a>' in html
    assert 'src="/x.png"' in html
    assert "{%" not in html
    assert (
        "a.md:8:3: MG4 the shortcode include note.html: its site's theme or configuration says what this shows"
        in printed
    )
    assert "a.md:8:27: MG4 the shortcode link: the site has no document of the name that this gives" in printed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("front", "aliases"),
    [
        ("aliases: [J. Smith]", []),
        ("aliases: [J. Smith]\nredirect_from: old", ["/old/"]),
        ("aliases: [/b/, c]\nalias: /a/", ["/a/"]),
        ("aliases: [/b/, c]", ["/b/"]),
    ],
)
def test_other_names_of_a_person_are_no_paths(tmp_path: Path, front: str, aliases: list[str]) -> None:
    config = "collections: {members: {output: true}}\n"
    run(write(tmp_path, {"_config.yml": config, "_members/jane.md": f"---\nname: Jane\n{front}\n---\n"}))

    assert Post.objects.get().aliases == aliases


@pytest.mark.django_db
def test_what_the_page_and_the_configuration_say_is_shown(tmp_path: Path) -> None:
    text = "{{ page.title }} {{page.stars}} {{ site.mail.to }}{{ site.version }} {{ site.tags }}{{ page.date }}."
    files = {"_config.yml": "mail: {to: a@b.c}\nversion: 2.10\n", "about.md": f"---\ntitle: A\nstars: 5\n---\n{text}\n"}
    _, printed = run(write(tmp_path, files))
    assert strip_tags(Post.objects.get().html).split() == ["A", "5", "a@b.c2.1", "."]
    assert [line.partition("MG4 ")[2][:23] for line in printed.splitlines() if "MG4" in line] == [
        "the shortcode site.tags",
        "the shortcode page.date",
    ]

    run(write(tmp_path, {"_config.yml": "mail: {to: d@e.f}\n"}))
    assert strip_tags(Post.objects.get().html).split() == ["A", "5", "d@e.f", "."]


def test_what_a_text_names_itself_is_no_loss_and_no_longer_than_it_may_be() -> None:
    named = "{% capture n %}{{ page.x }}{% endcapture %}\n{{ n | markdownify }}{% assign v = 'a' %}{{ v }}\n{{ w }}"
    findings = liquid.in_markdown(named, lambda tag, reference: None)[1]
    assert [(each.name, each.line) for each in findings] == [("page.x", 1), ("w", 3)]

    with pytest.raises(RenderingError):
        liquid.in_markdown(
            "{% capture n %}" + "a" * 10_000 + "{% endcapture %}" + "{{ n }}" * 2_000, lambda tag, reference: None
        )


@pytest.mark.django_db
def test_what_the_sites_data_says_is_shown(tmp_path: Path) -> None:
    text = (
        "{{ site.data.notes.linux }} {{ site.data.sub.people.ann.name }}{{ site.data.list.0 }}{{ site.data.gone.x }}."
    )
    files = {
        "_config.yml": "asserted: 2017-06-01\n",
        "_data/notes.yml": "linux: '*Only* here'\n",
        "_data/sub/people.json": '{"ann": {"name": "Ann"}}',
        "_data/list.yml": "- a\n",
        "a.md": post(body=f"{text} {{{{ site.asserted }}}}"),
    }
    _, printed = run(write(tmp_path, files))
    assert "<em>Only</em> here Ann. 2017-06-01" in Post.objects.get().html
    assert printed.count("MG4") == 2

    run(write(tmp_path, {"_data/notes.yml": "linux: '*Not* here'\n"}))
    assert "<em>Not</em> here Ann" in Post.objects.get().html


TEAM = """
- {name: Zoe, year: 2018, site: /zoe/, active: no, works: [B, A]}
- {name: Ann, year: 2021, active: yes}
"""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("{% for p in site.data.team %}{{ p.name }}{% if p.site %}!{% endif %} {% endfor %}", "Zoe! Ann"),
        ("{% for p in site.data.team %}{% if p.active %}{{ p.name }}{% endif %}{% endfor %}", "Ann"),
        ("{% for p in site.data.team %}{% for w in p.works %}{{ w }}{% endfor %}.{% endfor %}", "BA.."),
        ("{% assign l = site.data.team | sort: 'name' %}{% for p in l limit:1 %}{{ p.name }}{% endfor %}", "Ann"),
        (
            "{% assign l = site.data.team | sort: 'year' | reverse %}{% for p in l %}{{ p.year }}{% endfor %}",
            "20212018",
        ),
        ("{% for g in site.data.sub.by %}{{ g[0] }}{% for p in g[1].all %}{{ p }}{% endfor %}{% endfor %}", "x12y3"),
        ("{% assign b = site.data.sub.by %}{{ b.x.all[1] }}{% for p in b.y.all %}{{ p }}{% endfor %}", "23"),
        ("{% assign b = site.data.sub.by %}{% if b.x %}{{ 'b.x' }}{% endif %}", "b.x"),
        ("{% for p in site.data.table reversed %}{{ p.a }}{{ p.b }}{% endfor %}", "341"),
        ("{{ site.data.team | size }}{{ site.data.team.size }}{{ site.data.sub.by.x.all | join: '+' }}", "221+2"),
        ("{% include team.html %}", "Zoe Ann"),
        ("{% for p in site.data.cells %}{{ p.n }}{% if p.u %}!{% endif %}{% endfor %}", "A!BCD!"),
        ("{% assign l = site.data.cells | sort: 'u' %}{% for p in l %}{{ p.n }}{% endfor %}", "BCAD"),
        ("{% assign l = site.data.cells | sort_natural: 'u' %}{% for p in l %}{{ p.n }}{% endfor %}", "ADBC"),
        (
            "{% for p in site.data['team'] %}{% if p[\"site\"] %}{{ p['name'] | append: '!' }}{% endif %}{% endfor %}",
            "Zoe!",
        ),
        ("{% if site.data.more.none %}A{% endif %}{% if site.data.more.no == nil %}B{% endif %}.", "A."),
        ("{% if site.data.more.no %}A{% else %}B{% endif %}{% if site.data.more.gone == nil %}C{% endif %}", "BC"),
        (
            "{% if site.data.more.l == empty %}A{% endif %}{% if site.data.team != empty %}B{% endif %}"
            "{% if site.data.team == empty %}C{% endif %}{{ site.data.more.size }}",
            "AB3",
        ),
        (
            "{{ site.data.team.last.name }}{% for w in site.data.team.first.works %}{{ w }}{% endfor %}"
            "{% for p in site.data.team %}{{ p.works.first }}{% endfor %}{% if site.data.more.l.first %}A{% endif %}",
            "AnnBAB",
        ),
        ("{% for p in site.data.team %}{% include person.html of=p %}{% endfor %}", "Zoe /zoe/ BA;Ann  ;"),
        ("{% for p in site.data.team reversed %}{% include person.html of=p %}{% endfor %}", "Ann  ;Zoe /zoe/ BA;"),
    ],
)
def test_a_text_may_loop_over_the_sites_data(tmp_path: Path, body: str, shown: str) -> None:
    """Of HTML too: it is no template."""
    files = {
        "_config.yml": "title: T\n",
        "_data/team.yml": TEAM,
        "_data/sub/by.json": '{"x": {"all": [1, 2]}, "y": {"all": [3]}}',
        "_data/table.csv": "a,b\n1\n3,4\n",
        "_data/cells.csv": "n,u\nA,/a\nB,\nC\nD,/d\n",
        "_data/more.json": '{"none": 0, "no": false, "l": []}',
        "_includes/person.html": (
            "{{ include.of.name }} {{ include.of.site }} {% if include.of.works %}{% for w in include.of.works %}{{ w }}"
            "{% endfor %}{% endif %};"
        ),
        "_includes/team.html": "{% for p in site.data.team %}{{ p.name }} {% endfor %}",
    }
    site = write(tmp_path, {**files, "a.md": post(body=body), "b.html": f"---\ntitle: B\n---\n<p>{body}</p>\n"})
    _, printed = run(site)

    assert "MG" not in printed
    assert {strip_tags(made.html).strip() for made in Post.objects.all()} == {shown}
    assert run(site)[1].startswith("2 files: 0 created, 0 updated, 2 unchanged")


@pytest.mark.django_db
def test_a_text_may_name_the_ends_of_the_pages_lists_and_ask_for_what_is_naught(tmp_path: Path) -> None:
    body = "{{ page.l.first.n }}{{ page.l.last.n }}{% if page.none %}C{% endif %}{% if page.m == empty %}D{% endif %}"
    more = "{% for x in page.l.first.m %}{{ x }}{% endfor %}{% if page.m.first %}F{% endif %}"
    front = "title: A\nl: [{n: A, m: [E]}, {n: B}]\nnone: 0\nm: []\n"
    _, printed = run(write(tmp_path, {"_config.yml": "", "a.md": f"---\n{front}---\n{body}{more}\n"}))

    assert "MG" not in printed
    assert Post.objects.get().html == "<p>ABCDE</p>\n"


@pytest.mark.django_db
def test_a_text_asks_for_no_more_files_of_data_than_a_process_keeps(tmp_path: Path) -> None:
    """So that none is read again and again for it."""
    body = " ".join(f"{{{{ site.data.d{number}.said }}}}" for number in [*range(40), 1])
    data = {f"_data/d{number}.yml": f"said: {number}\n" for number in range(40)}
    _, printed = run(write(tmp_path, {"_config.yml": "", **data, "a.md": post(body=body)}), workers=1)

    assert strip_tags(Post.objects.get().html).split() == [*map(str, range(32)), "1"]
    assert printed.count("MG4") == 8
    assert run(tmp_path)[1].startswith("1 files: 0 created, 0 updated, 1 unchanged")


@pytest.mark.django_db
def test_data_are_read_once_and_few_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = range(40)
    files = {f"{number}.md": post(body=f"{{{{ site.data.d{number}.l.{number} }}}}") for number in numbers}
    data = {f"_data/d{number}.yml": "l: [a]\n" for number in numbers}
    read: list[Path] = []
    values_of = config_files.values_of

    def noted(file: Path, **options: bool) -> object:
        read.append(file)
        return values_of(file, **options)

    monkeypatch.setattr(site_values, "values_of", noted)
    run(write(tmp_path, {"_config.yml": "", **files, **data}), workers=1)

    assert len(read) == 40
    assert site_values._data.cache_info().currsize == 32


@pytest.mark.django_db
def test_a_page_that_loops_over_data_is_made_anew_when_they_change(tmp_path: Path) -> None:
    body = "{% for p in site.data.team %}{{ p.name }}{% if p.site %}!{% endif %}{% endfor %}"
    site = write(tmp_path, {"_config.yml": "", "_data/team.yml": TEAM, "a.md": post(body=body)})
    run(site)
    run(write(tmp_path, {"_data/team.yml": "- {name: Ann}\n- {name: Zoe, site: /zoe/}\n- {name: Bob}\n"}))

    assert strip_tags(Post.objects.get().html).strip() == "AnnZoe!Bob"


@pytest.mark.django_db
@pytest.mark.parametrize("data", ["a: [b", "- " * 300 + "x", "!!python/object:x {}", "", "text", "- 1\n" * 20_000])
def test_data_that_cannot_be_read_or_looped_over_are_told_of_or_nothing(tmp_path: Path, data: str) -> None:
    body = "A{% for p in site.data.x %}{{ p.n }}{% for q in p.l %}{{ q }}{% endfor %}{% endfor %}Z"
    status, _ = run(write(tmp_path, {"_config.yml": "", "_data/x.yml": data, "a.md": post(body=body)}))

    assert status == 0
    assert Post.objects.get().html == "<p>AZ</p>\n"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("config", "front", "summary"),
    [
        ("excerpt_separator: <!-- more -->", "", "First, second."),
        ("", 'excerpt_separator: "<!-- more -->"', "First, second."),
        ("excerpt_separator: <!-- more -->", "excerpt: Said.", "Said."),
        ('excerpt_separator: "\\n\\n"', "", "First, second. Third."),
    ],
)
def test_a_summary_ends_where_the_site_ends_its_excerpts(tmp_path: Path, config: str, front: str, summary: str) -> None:
    text = f"---\ntitle: T\n{front}\n---\nFirst, second.\n\n<!-- more -->Third.\n"
    run(write(tmp_path, {"_config.yml": config, "_posts/2024-01-01-a.md": text}))

    assert Post.objects.get().summary == summary


@pytest.mark.django_db
def test_a_picture_that_an_include_names_is_taken_over_if_it_is_there(tmp_path: Path) -> None:
    body = "{% include figure path='img/a.png' %}\n\n{% include figure path='img/gone.png' %}"
    site = write(tmp_path, {"_config.yml": "baseurl: /b\n", "a.md": post(body=body)})
    (site / "img").mkdir()
    Image.new("RGB", (40, 30)).save(site / "img/a.png")
    _, printed = run(site)

    assert Post.objects.get().html.count("<img") == 1
    assert 'src="/media/images/a-' in Post.objects.get().html
    assert [line.partition("a.md")[2][:29] for line in printed.splitlines() if "MG4" in line] == [
        ":8:1: MG4 the shortcode includ"[:29]
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("front", "body", "sources"),
    [
        ("media_subpath: /img/2024/", "![A](a.png) [B](../b/)", ["/media/images/a", ""]),
        ("img_path: img/2024\nimage: {path: a.png}", "![A](gone.png)", ["/img/2024/gone.png", "/media/images/a"]),
        ("cover: img/2024/a.png", "![A](/img/2024/a.png)", ["/media/images/a", "/media/images/a"]),
        ("header: {teaser: b.png}", "B", ["", "/media/images/b"]),
        ("thumbnail: img/gone.png", "B", ["", "/img/gone.png"]),
        ("image: /blog/img/2024/a.png", "![A](/blog/img/2024/a.png)", ["/media/images/a", "/media/images/a"]),
        ("media_subpath: https://a.org/b/\nimage: c.png", "![A](c.png)", ["https://a.org/b/c.png"] * 2),
    ],
)
def test_a_picture_may_be_named_from_the_sites_top_or_the_folder_of_a_documents_media(
    tmp_path: Path, front: str, body: str, sources: list[str]
) -> None:
    site = write(tmp_path, {"_config.yml": "baseurl: /blog", "_posts/2024-01-01-x.md": f"---\n{front}\n---\n{body}\n"})
    for place in ("img/2024/a.png", "images/b.png"):
        (site / place).parent.mkdir(parents=True)
        Image.new("RGB", (40, 30)).save(site / place)
    run(site)

    made = Post.objects.get()
    shown = made.html.partition('src="')[2]
    assert shown.startswith(sources[0])
    assert made.cover.startswith(sources[1])
    assert bool(made.cover) == bool(sources[1])
    assert ("../b/" in made.html) == ("../b/" in body)


@pytest.mark.django_db
def test_a_link_to_the_file_that_a_static_host_has_leads_to_its_page(tmp_path: Path) -> None:
    body = "[1](/b.html) [2](/b/index.html) [3](/c.html) [4](/index.html) [5](/gone.html) [6](/gone/index.html)"
    files = {"a.md": post(body=body), "b.md": post(permalink="/b/"), "c.md": post(permalink="/c"), "index.md": post()}
    _, printed = run(write(tmp_path, {"_config.yml": "", **files}))

    dead = [line.partition(" leads to ")[2].partition(",")[0] for line in printed.splitlines() if "MG4" in line]
    assert dead == ["/gone.html", "/gone/index.html"]


@pytest.mark.django_db
def test_a_summary_and_a_description_are_markdown_of_which_the_words_are_shown(tmp_path: Path) -> None:
    said = "'Read **more** <em>now</em> [here](/x) &amp; 2 * 3'"
    files = {"a.md": post(excerpt=said, description=said), "b.md": post(excerpt="It is 'so'")}
    run(write(tmp_path, {"_config.yml": "", **files}))

    first, second = Post.objects.order_by("source_path")
    assert (first.summary, first.description) == ("Read more now here & 2 * 3",) * 2
    assert second.summary == "It is 'so'"


@pytest.mark.django_db
def test_an_author_is_who_the_sites_data_have_under_that_name(tmp_path: Path) -> None:
    data = "ann:\n  name: Ann Lee\nbo: {site: x}\n"
    files = {"_data/authors.yml": data, "a.md": post(authors=["ann", "bo", "Cy Fox"]), "b.md": post(author="ann")}
    run(write(tmp_path, {"_config.yml": "", **files}))

    assert [each.authors for each in Post.objects.order_by("source_path")] == [["Ann Lee", "bo", "Cy Fox"], ["Ann Lee"]]


@pytest.mark.django_db
def test_liquid_is_left_as_it_stands_where_a_document_or_its_defaults_say_so(tmp_path: Path) -> None:
    config = "defaults: [{scope: {path: b.md}, values: {render_with_liquid: false}}]\n"
    files = {"a.md": post(render_with_liquid=False, body="`{% x %}`{: .y}"), "b.md": post(body="{{ page.title }}")}
    run(write(tmp_path, {"_config.yml": config, **files}))

    assert [each.html.strip() for each in Post.objects.order_by("source_path")] == [
        "<p><code>{% x %}</code></p>",
        "<p>{{ page.title }}</p>",
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("`{{ \"{% include x %}\" }}` {{ '{{ x }}' -}}", "`{% include x %}` {{ x }}"),
        ("{{ '{% raw %}' }}{{ x }}{{ '{% endraw %}' }}", "{% raw %}{% endraw %}"),
        ("{% raw %}{{ 'x' }}{% endraw %} {{ 'y' }}", "{{ 'x' }} y"),
        ("{% highlight ruby linenos %}\nx {{ y }}\n{% endhighlight %}", "```ruby\nx {{ y }}\n```"),
        (
            "{% highlight yaml %}\n{% raw %}\na: {{ b }}\n{% endraw %}\n{% endhighlight %}",
            "```yaml\na: {{ b }}\n```",
        ),
        (
            "1. a\n\n   {% highlight c %}\n   x\n\n     y\n   {% endhighlight %}\n",
            "1. a\n\n   ```c\n   x\n   \n     y\n   ```\n",
        ),
        (
            "<div>{% highlight php %}<?php\n\n1 {% endhighlight %}</div>",
            '<div><pre><code class="language-php">&lt;?php\n<!-- -->\n1</code></pre></div>',
        ),
        ("{% codeblock A b.rb lang:ruby http://x.org %}\nx *y*\n{% endcodeblock %}", "*A b.rb*\n\n```ruby\nx *y*\n```"),
        ("{% codeblock %}\nx\n{% endcodeblock %}", "```\nx\n```"),
        ("{% img right /a/b.png 20 30 'Title' 'What it shows' %}", "![What it shows](/a/b.png)"),
        ("{% img http://x.org/b.png Last call %}{% img b %}", "![Last call](http://x.org/b.png)"),
        (
            "{% blockquote Ann, http://x.org A book %}\na\n\nb\n{% endblockquote %}",
            "> a\n> \n> b\n> \n> — Ann, [A book](http://x.org)\n",
        ),
        ('{% pullquote %}\na {"b"} c\n{% endpullquote %}', "\na b c\n"),
        (
            "<div>\n  {% include a %}\n    <b>x</b>\n</div>\n{% include b %}\ny",
            "<div>\n  <!-- -->\n    <b>x</b>\n</div>\n\ny",
        ),
        ("a {% comment %}\nx\n{% endcomment %}b", "a b"),
        ("a\n- {{ x }}\n\n1. {% y %}\n> * {{ x }}\n- {{ x }}b", "a\n\n\n\n\n- b"),
        ("{% tabs l %}{% tab l PHP 8 %}\na\n{% endtab %}{% endtabs %}", "\n\n**PHP 8**\n\n\na\n"),
        (
            "{% picture wide img/a.png --alt A thing --img width='9' %}\nb",
            '<figure>\n<img src="/img/a.png" alt="A thing">\n</figure>\n\nb',
        ),
        (
            '{% image img/a.png wide "A thing" %}\nb',
            '<figure>\n<img src="/img/a.png" alt="A thing">\n</figure>\n\nb',
        ),
        (
            "{% responsive_image path: img/a.png alt: 'A thing' %}\nb",
            '<figure>\n<img src="/img/a.png" alt="A thing">\n</figure>\n\nb',
        ),
        ("a {% include embed/video.html src='/a.mp4' title='*Demo*' %}", 'a <video controls src="/a.mp4"></video>'),
        (
            "{% include embed/youtube.html id='x?si=y' %} {% include embed/bilibili.html id='BV1' %}",
            '<a href="https://www.youtube.com/watch?v=x&amp;si=y">YouTube</a> '
            '<a href="https://www.bilibili.com/video/BV1">Bilibili</a>',
        ),
        (
            '{% details "More on it" %}\n*a*\n{% enddetails %}\nb',
            "\n\n<details>\n\n<summary>More on it</summary>\n\n\n*a*\n\n\n\n</details>\n\n\n\nb",
        ),
        ("{{ '/a/' | relative_url }} {{ site.url }}{{ site.baseurl }}/b", "/a/ /b"),
        ("[c]({{ site.baseurl }}c) at {{ site.url }}, too", "[c](/c) at , too"),
        ('{{ "/a" | prepend: site.baseurl | absolute_url }}', "/a"),
        ("{% if x %}shown{% endif %} {{ page.x }}", "shown "),
        (
            "{% include figure image_path='/a b.png' alt=\"It's\" %}\nb",
            '<figure>\n<img src="/a%20b.png" alt="It&#x27;s">\n</figure>\n\nb',
        ),
        (
            "<div>\n  <p>{% include f src='/a.png' %}</p>\n  {% include f src='/b.png' caption='*B*' %}\n</div>",
            '<div>\n  <p><img src="/a.png" alt=""></p>\n'
            '  <figure><img src="/b.png" alt=""><figcaption>*B*</figcaption></figure>\n</div>',
        ),
        (
            "> {% include f src='/b.png' caption='B' %} \nb",
            '> <figure><img src="/b.png" alt=""><figcaption>B</figcaption></figure> \nb',
        ),
        (
            "{% include f src='/b.png' caption='B' %} \nb",
            '<figure>\n<img src="/b.png" alt="">\n<figcaption>\n\nB\n\n</figcaption>\n\n</figure>\n \nb',
        ),
        ("a {% include v.html src='/a.mp4' %}", 'a <video controls src="/a.mp4"></video>'),
        ("a {% include v.html src='b/a.mp3' %}", 'a <audio controls src="/b/a.mp3"></audio>'),
        (
            '{% include f src="/a.png" caption="A <a href=\\"/b\\">b</a>" %}',
            '<figure>\n<img src="/a.png" alt="">\n<figcaption>\n\nA <a href="/b">b</a>\n\n</figcaption>\n\n</figure>\n',
        ),
        (
            "{% include figure.html path='img/a.png' alt='A &' caption='*Here*' %}\nb",
            '<figure>\n<img src="/img/a.png" alt="A &amp;">\n<figcaption>\n\n*Here*\n\n</figcaption>\n\n</figure>\n\nb',
        ),
        (
            "a {% include video id='x-1' provider='youtube' %}",
            'a <a href="https://www.youtube.com/watch?v=x-1">YouTube</a>',
        ),
        (
            "{% gist ann/12 a.rb %} {% vimeo 12 %}",
            '<a href="https://gist.github.com/ann/12">Gist</a> <a href="https://vimeo.com/12">Vimeo</a>',
        ),
        (
            "{% tweet https://x.org/1 %}{% include b.html a='c' %}{% other d %}",
            '<a href="https://x.org/1">x.org/1</a>',
        ),
        (
            "{% capture n %}\n*a*\n{% endcapture %}\n<div>\n{{ n | markdownify }}\n</div>\nb",
            "\n<div>\n\n<div>\n\n*a*\n\n\n</div>\n\n\n</div>\n\nb",
        ),
        ("{% capture n %}a{% endcapture %}{{n}}{%- capture n -%}b{{n}}{%- endcapture -%}{{ n | strip }}", "aba"),
        ("{% capture n %}a{% endcapture %}{% include x c=n %}", "a"),
        ('{% assign v = "1.2" %}{% assign w = 3 -%}{{ v }} {{w}} {% assign v = x | y %}{{ v }}.', "1.2 3 ."),
        ("{% assign v = site.url %}{{ v }}{% capture x %}", ""),
        ("## A ##\n{: #b .c}", "## A {#b}\n"),
        ("Text\n{: .lead}\nmore", "Text\n\nmore"),
        ("> Text\n> {: .a}\n>\n> > more\n> {: .b}\n{: .c}", "> Text\n>\n>\n> > more\n>\n"),
        ("| a | b |\n|---|---|\n| `x|y` | ``a`|b`` |", "| a | b |\n|---|---|\n| `x\\|y` | ``a`\\|b`` |"),
        ("{:#b .c}\n## A", "\n## A {#b}\n"),
        ("* TOC\n{:toc}", "\n"),
        ("> A\n> 1. TOC\n> {:toc}\n>\n{: .agenda}", "> A\n>\n>\n>\n"),
        ("[a](/b){:target='_blank'} *c*{: .d}", "[a](/b) *c*"),
        ("![a](/b){: width='10'}{: .c} `d`{:.e}{: .f}", "![a](/b) `d`"),
        ("```\n{: .x}\n```", "```\n{: .x}\n```"),
        ("{% link a.pdf %} {% link gone.md %}", "/a.pdf "),
        ("100 % {of} {{ that", "100 % {of} {{ that"),
    ],
)
def test_a_text_in_markdowns_own_terms(written: str, read: str) -> None:
    assert liquid.in_markdown(written, lambda tag, reference: None)[0] == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<div>A</div>\n## B", "<div>A</div>\n\n## B"),
        ("<hr>\n*a*", "<hr>\n\n*a*"),
        ("<br>\n*a*\nb", "<br> *a*\nb"),
        ("<br>\n- a", "<br>\n\n- a"),
        ("<a href='/x'>\n![b](/b.png)\n</a>", "<a href='/x'> ![b](/b.png)\n</a>"),
        ("  <ul>\n\n      <li>a\n\n</ul>\n", "  <ul>\n  <!-- -->\n      <li>a\n  <!-- -->\n</ul>\n"),
        ("<DIV><div>\n\n</div>\n</div>\n*a*", "<DIV><div>\n<!-- -->\n</div>\n</div>\n\n*a*"),
        ("<div>\n\n<p markdown='1'>*a*</p>\n\n</div>", "<div>\n\n<p>\n\n*a*\n\n</p>\n\n\n</div>"),
        ("<p>a\n\n- b", "<p>a\n\n- b"),
        (
            '{::options parse_block_html="true" /}\n\n<div class="x">\n*a*\n</div>\n*b*',
            '\n\n<div class="x">\n\n*a*\n\n\n</div>\n\n\n*b*',
        ),
        ("<!-- more -->[a](b)", "<!-- more -->\n\n[a](b)"),
        ("<pre>\n\n</pre>\n*a*", "<pre>\n\n</pre>\n*a*"),
        ("<u>\n*a*\n</u>", "<u>\n*a*\n</u>"),
        ("```\n<div>\n\n</div>\n```", "```\n<div>\n\n</div>\n```"),
        ("<p markdown='1'>\n<img src='/a.png'>\n*a*\n</p>", "<p>\n\n<img src='/a.png'> *a*\n\n\n</p>\n\n"),
        ("![a](/A b.png) [b]( #A B )", "![a](</A b.png>) [b](<#A B> )"),
        ('[a](/a (b) c.pdf "T t") [b](/a b\'s)', '[a](</a (b) c.pdf> "T t") [b](</a b\'s>)'),
        ("`[a](b c)` [a](<b c>) [a](b 'c') [a](b", "`[a](b c)` [a](<b c>) [a](b 'c') [a](b"),
        ("    a[0](b c)", "    a[0](b c)"),
        ("<pre>a[0](b c)</pre>\n<p>\n[a](b c)", "<pre>a[0](b c)</pre>\n<p>\n[a](<b c>)"),
        ("<div><pre>\n[](int a) {\n\n[](int b)\n</pre>\n", "<div><pre>\n[](int a) {\n\n[](int b)\n</pre>\n"),
    ],
)
def test_raw_html_and_addresses_are_read_as_kramdown_reads_them(written: str, read: str) -> None:
    assert liquid.in_markdown(written, lambda tag, reference: None)[0] == read


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("config", "html"),
    [
        ("", "<div>**a**</div><p><em>b</em></p>"),
        ("kramdown: {parse_block_html: true}", "<div><p><strong>a</strong></p></div><p><em>b</em></p>"),
        ("markdown: CommonMark", "<div><p><strong>a</strong></p></div><p><em>b</em></p>"),
    ],
)
def test_raw_html_is_kramdowns_where_a_site_does_not_choose_otherwise(tmp_path: Path, config: str, html: str) -> None:
    run(write(tmp_path, {"_config.yml": config, "a.md": post(body="<div>\n\n**a**\n\n</div>\n\n*b*")}))

    assert "".join(Post.objects.get().html.split()) == html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[b](/blog/b.html#c)", '<a href="/b.html#c">'),
        ("[b](\n</blog/b.html>)", '<a href="/b.html">'),
        ("[b]\n\n[b]: /blog/b.html", '<a href="/b.html">'),
        ("<a href='/blog'>b</a>", '<a href="/">'),
        ("[b](/blogs/b.html)", '<a href="/blogs/b.html">'),
        ("[b]({{ site.baseurl }}/b.html)", '<a href="/b.html">'),
        ("`[b](/blog/b.html)`", "<code>[b](/blog/b.html)</code>"),
        ("```\n[b](/blog/b.html)\n```", "[b](/blog/b.html)\n</code>"),
    ],
)
def test_an_address_with_the_sites_own_folder_on_its_host_is_one_without(
    tmp_path: Path, written: str, shown: str
) -> None:
    files = {"_config.yml": "baseurl: /blog/\n", "a.md": post(body=written), "b.md": post()}
    _, printed = run(write(tmp_path, files))

    assert shown in Post.objects.get(source_path="a.md").html
    assert ("the link leads to" in printed) == ("blogs" in written)


@pytest.mark.parametrize(
    "part", ["<a\n", "<x>\n", "<div>\n", "<div></div>", "</div>\n", "<p <p", "<br>\n", "](/b", "- a\n  1. b\n"]
)
def test_raw_html_without_an_end_costs_no_more_than_its_length(part: str) -> None:
    liquid.in_markdown(part * 100_000, lambda tag, reference: None)
    liquid.in_markdown("".join(f"<x{number}>\n" for number in range(50_000)), lambda tag, reference: None)
    liquid.in_markdown("".join(f"<x{number}></x{number}>\n" for number in range(50_000)), lambda tag, reference: None)
    short, long = "a\n" * 500_000, "<" * 1_000_000
    liquid.in_markdown(short + "".join(f"<x{n}>\n" for n in range(2_000)) + long, lambda tag, reference: None)
    liquid.in_markdown("{::options parse_block_html='true' /}\n" + part * 50_000, lambda tag, reference: None)
    relative_links.without_base(part * 100_000, "/b")


@pytest.mark.parametrize(
    "part",
    [
        "{%",
        "{% capture a %}",
        "{% assign a = ",
        "{% include a='",
        "{% raw %}",
        "{% highlight x",
        "{{",
        "{{ '",
        "{: ",
        "{% a ",
        "{:#",
        "](x){:",
    ],
)
def test_marks_without_an_end_cost_no_more_than_their_length(part: str) -> None:
    """It ends at all: time that grew with the square of the length would not."""
    liquid.in_markdown(part * 200_000, lambda tag, reference: None)
    liquid.in_markdown(part * 200_000 + "{% endraw %}{% endhighlight %}", lambda tag, reference: None)


def test_a_tag_of_very_many_letters_costs_no_more_than_its_length() -> None:
    liquid.in_markdown(f"{{% include {'a' * 1_000_000} %}}", lambda tag, reference: None)


@pytest.mark.django_db
def test_data_of_a_name_that_no_file_can_have_is_not_there(tmp_path: Path) -> None:
    status, printed = run(write(tmp_path, {"_config.yml": "", "a.md": post(body=f"{{{{ site.data.{'a' * 300} }}}}")}))

    assert status == 0
    assert "1 created" in printed


def test_what_a_page_says_of_itself_shows_no_text_that_is_kept_aside() -> None:
    kept = "\U000f00000\U000f0001"
    body = "{% raw %}kept{% endraw %}{% assign a = page.title %} {{ a }} {{ page.title }}"

    text, _ = liquid.in_markdown(body, lambda tag, reference: None, lambda owner, name: kept * 3)
    assert text.split() == ["kept", "000", "000"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("config", "published", "draft"),
    [("a: b", "no", True), ("a: b", "Off", True), ("a: b", "yes", False), (None, "no", False)],
)
def test_published_may_say_no_in_jekylls_yaml(
    tmp_path: Path, config: str | None, published: str, *, draft: bool
) -> None:
    files = {"hugo.toml": "", "content/a.md": post(published=published)}
    if config:
        files = {"_config.yml": config, "a.md": post(published=published)}
    status, printed = run(write(tmp_path, files))

    assert status == 0, printed
    assert Post.objects.get().draft == draft


@pytest.mark.django_db
def test_a_page_that_only_leads_elsewhere_is_left_out_and_told_of(tmp_path: Path) -> None:
    files = {"_config.yml": "", "a.md": post(redirect_to="[https://example.org/a]")}
    status, printed = run(write(tmp_path, files))

    assert status == 0
    assert (
        "a.md:4:14: MG108 left out, for its page only leads to https://example.org/a; add that as a redirect" in printed
    )
    assert not Post.objects.exists()


@pytest.mark.django_db
def test_an_author_from_wordpress_has_a_name_to_display(tmp_path: Path) -> None:
    run(write(tmp_path, {"_config.yml": "", "a.md": post(author="{display_name: Ann Bo, login: ann.bo}")}))

    assert Post.objects.get().authors == ["Ann Bo"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scope", "files"),
    [
        ("notes", {"notes/a.md", "notes/b/c.md", "notes-old/a.md"}),
        ("notes/", {"notes/a.md", "notes/b/c.md"}),
        ("notes/a.md", {"notes/a.md"}),
        ("*/b", {"notes/b/c.md"}),
        ("notes/**/c.md", {"notes/b/c.md"}),
        ("notes/**/*.md", {"notes/a.md", "notes/b/c.md"}),
        ("notes/*.md", {"notes/a.md"}),
        ("*/*/c.md", {"notes/b/c.md"}),
    ],
)
def test_defaults_hold_for_what_begins_like_their_path(tmp_path: Path, scope: str, files: set[str]) -> None:
    """As Jekyll 4.3.1 has it."""
    config = f"defaults: [{{scope: {{path: '{scope}'}}, values: {{author: Ann}}}}]\n"
    names = ("notes/a.md", "notes/b/c.md", "notes-old/a.md", "a.md")
    run(write(tmp_path, {"_config.yml": config, **{name: post() for name in names}}))

    assert {each.source_path for each in Post.objects.all() if each.authors} == files


@pytest.mark.django_db
def test_a_collection_of_authors_and_pages_of_tags_tell_of_them(tmp_path: Path, client: Client) -> None:
    files = {
        "_config.yml": "collections: {authors: {output: true}}\n",
        "_authors/jill.md": "---\nshort_name: jill\nname: Jill Smith\n---\nJill grows fruit.\n",
        "tags/ai.md": "---\nlayout: tag\ntag: ai\n---\nAll of it.\n",
        "_posts/2024-01-02-a.md": "---\ntitle: A\nauthor: jill\ntags: [ai]\n---\nText.\n",
    }
    assert run(write(tmp_path, files))[0] == 0

    for path, text in (("/authors/jill/", "Jill grows fruit."), ("/tags/ai/", "All of it.")):
        page = client.get(path).content.decode()
        assert text in page
        assert "/2024/01/02/a.html" in page
        assert client.get(f"{path.rstrip('/')}.html")["Location"] == path


@pytest.mark.django_db
def test_a_folder_with_which_a_template_begins_an_address_is_no_cover(tmp_path: Path) -> None:
    run(write(tmp_path, {"_config.yml": "", "a.md": post(image="/assets/img/")}))

    assert Post.objects.get().cover == ""
