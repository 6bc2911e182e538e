"""Folders of Markdown that other tools leave: exports from WordPress, Ghost and Notion, texts for Docusaurus and MkDocs."""

from base64 import b64encode
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from posts.models import Post
from posts.rendering import frames, notes
from tests.support.commands import import_markdown as run
from tests.support.sites import write

pytestmark = pytest.mark.django_db


def imported(front: str) -> str:
    """A text with these lines in its front matter."""
    return f"---\ntitle: T\n{front}\n---\nText\n"


def test_wordpress_has_the_cover_of_a_post_among_its_pictures(tmp_path: Path, media: Path) -> None:
    files = {"posts/a/index.md": imported("coverImage: lab.png"), "posts/b/index.md": imported("coverImage: gone.png")}
    _, printed = run(write(tmp_path / "out", files, ("posts/a/images/lab.png",)))

    assert Post.objects.get(path="/posts/a/").cover.startswith("/media/images/lab-")
    assert [line.partition("MG4 ")[2] for line in printed.splitlines() if "MG4" in line] == [
        "the file gone.png is not in the page's folder; put it there, or fix the name"
    ]
    assert "2 unchanged" in run(tmp_path / "out")[1]


def test_pictures_inside_a_text_are_kept_and_go_back_with_it_alone(tmp_path: Path, media: Path) -> None:
    data = b64encode((write(tmp_path, {}, ("x.png",)) / "x.png").read_bytes()).decode()
    uri = f"data:image/png;base64,{data}"
    body = f"![Lab][image1] ![Lab]({uri}) ![Bad](data:image/png;base64,aaaa)\n\n```\n![x]({uri})\n```\n\n[image1]: <{uri}>\n"
    body += f"\nWrite `![y]({uri})`, or\n\n    ![z]({uri})\n"
    files = {"a.md": f"# Release\n\n{body}"}
    _, printed = run(write(tmp_path / "docs", files))
    html = Post.objects.get().html

    assert html.count('<img src="/media/images/') == 2
    assert all(f"![{each}]({uri})" in html for each in "xyz")
    assert printed.count("MG4 a picture that is written into the text is not shown") == 1
    assert printed.count("MG109") == 1
    assert "1 unchanged" in run(tmp_path / "docs")[1]
    call_command("rerender", all=True, stdout=StringIO())
    assert Post.objects.get().html == html
    call_command("export_markdown", tmp_path / "out", stdout=StringIO())
    assert [path.name for path in (tmp_path / "out").rglob("*")] == ["a.md"]
    assert (tmp_path / "out/a.md").read_text() == files["a.md"]


def test_a_draft_from_wordpress_is_one_at_its_own_address(tmp_path: Path) -> None:
    run(write(tmp_path, {"posts/_drafts/half-done/index.md": imported("")}))

    assert (Post.objects.get().path, Post.objects.get().draft) == ("/posts/_drafts/half-done/", True)


def test_ghosts_sign_for_the_site_is_its_top(tmp_path: Path, media: Path) -> None:
    text = (
        imported("image: __GHOST_URL__/content/images/a.png")
        + "[b](__GHOST_URL__/b/) ![Lab](__GHOST_URL__/content/images/a.png)"
    )
    files = {"hugo.toml": "", "content/a.md": text, "content/b.md": imported("")}
    _, printed = run(write(tmp_path / "site", files, ("static/content/images/a.png",)))
    post = Post.objects.get(path="/a/")

    assert post.cover.startswith("/media/images/a-")
    assert '<a href="/b/">' in post.html
    assert '<img src="/media/images/a-' in post.html
    assert "MG4" not in printed


def test_notions_ids_are_no_part_of_addresses(tmp_path: Path) -> None:
    one, two = "0123456789abcdef" * 2, "fedcba9876543210" * 2
    files = {
        f"Plan {one}.md": f"# Plan\n\n[Child](Plan%20{one}/Child%20page%20{two}.md)\n",
        f"Plan {one}/Child page {two}.md": f"# Child page\n\n[Plan](../Plan%20{one}.md)\n",
    }
    run(write(tmp_path, files))
    links = {post.path: post.html for post in Post.objects.all()}

    assert 'href="/plan/child-page/"' in links["/plan/"]
    assert 'href="/plan/"' in links["/plan/child-page/"]
    run(write(tmp_path / "hugo", {"hugo.toml": "", f"content/x {one}.md": imported("")}))
    assert Post.objects.filter(path=f"/x-{one}/").exists()


@pytest.mark.parametrize(
    ("front", "day"),
    [
        ("publishedAt: 2022-05-07T07:08:09Z\ncreatedAt: 2022-01-01", "2022-05-07"),
        ("published_at: in May", None),
        ("date: {created: 2022-05-07, updated: 2022-06-01}", "2022-05-07"),
        ("date_published: 2022-05-07", "2022-05-07"),
    ],
)
def test_dates_of_other_tools_are_read(tmp_path: Path, front: str, day: str | None) -> None:
    run(write(tmp_path, {"a.md": imported(front)}))
    date = Post.objects.get().date

    assert (date and date.date().isoformat()) == day


def test_what_is_said_in_parts_is_read(tmp_path: Path) -> None:
    front = "slug: {current: own-name}\nmainImage: /a.png\nmeta_description: D\nseries: false\nlast_update: {date: 2024-05-06}"
    run(write(tmp_path, {"a.md": imported(front)}))
    post = Post.objects.get()

    assert (post.path, post.cover, post.description, post.series) == ("/own-name/", "/a.png", "D", [])
    assert post.last_modified
    assert post.last_modified.date().isoformat() == "2024-05-06"


@pytest.mark.parametrize(
    ("place", "text", "names"),
    [
        (
            "blog/authors.yml",
            "ann: {name: Ann Bell, title: MD}\nbob: {name: Bob Cole}\n",
            ["Ann Bell", "Bob Cole", "Eve"],
        ),
        ("blog/.authors.yml", "authors:\n  ann: {name: Ann Bell}\n  bob: {name: 5}\n", ["Ann Bell", "bob", "Eve"]),
        ("authors.yml", "- ann\n- bob\n", ["ann", "bob", "Eve"]),
        ("blog/authors.yml", "ann: [b", ["ann", "bob", "Eve"]),
        ("../authors.yml", "ann: {name: Ann Bell}\n", ["ann", "bob", "Eve"]),
    ],
)
def test_authors_are_named_by_a_file_of_them(tmp_path: Path, place: str, text: str, names: list[str]) -> None:
    front = "authors: [ann, {key: bob}, {name: Eve}]"
    site = write(tmp_path / "site", {place: text, "blog/posts/a.md": imported(front)})

    assert run(site)[0] == 0
    assert Post.objects.get().authors == names
    assert "1 unchanged" in run(site)[1]
    (site / place).write_text("ann: {name: Ann Dean}\nbob: {name: Bob Cole}\n")
    assert ("1 updated" in run(site)[1]) == (not place.startswith(".."))


@pytest.mark.parametrize("folder", ["static", "public"])
def test_pictures_that_a_folder_has_for_its_top_are_found(tmp_path: Path, media: Path, folder: str) -> None:
    run(write(tmp_path / "docs", {"a.md": "# A\n\n![Logo](/img/logo.png)\n"}, (f"{folder}/img/logo.png",)))

    assert "/media/images/logo-" in Post.objects.get().html


def test_boxes_are_quotations_where_no_hugo_has_a_say(tmp_path: Path) -> None:
    text = "# A\n\n:::note\n\nMind **this**.\n\n:::\n"
    run(write(tmp_path, {"a.md": text}))
    run(write(tmp_path / "hugo", {"hugo.toml": "", "content/b.md": text}))

    assert (
        "<blockquote>\n<p><strong>Note</strong></p>\n<p>Mind <strong>this</strong>.</p>\n</blockquote>"
        in Post.objects.get(path="/a/").html
    )
    assert "<p>:::note</p>" in Post.objects.get(path="/b/").html


def hexo(folder: Path, config: str, posts: dict[str, str], pictures: tuple[str, ...] = ()) -> Path:
    """A site of Hexo's with these posts by their place among them."""
    files = {f"source/_posts/{place}": text for place, text in posts.items()}
    return write(folder, {"_config.yml": config, **files}, pictures)


@pytest.mark.parametrize(
    ("permalink", "path"),
    [
        ("", "/2026/01/07/guides/AI工具(一)/"),
        ("posts/:abbrlink/", "/posts/b50471d5/"),
        (":category/:name.html", "/工具-Tools/Python/AI工具(一).html"),
        (":lang/:i_month/:post_title/", "/cn/1/ai-工具/"),
        ("archives/:hash.html", "/archives/e23586fff63a.html"),
    ],
)
def test_hexo_makes_an_address_of_any_key_by_the_clock_of_its_site(tmp_path: Path, permalink: str, path: str) -> None:
    config = f"permalink: '{permalink}'\ntimezone: Asia/Shanghai\npermalink_defaults: {{lang: cn}}\nlanguage: zh-CN\n"
    front = "title: AI 工具\nabbrlink: b50471d5\ndate: 2026-01-07 01:30:00\ntags: big news\ncategories:\n- 工具 & Tools\n- Python"
    run(hexo(tmp_path, config, {"guides/AI工具(一).md": f"---\n{front}\n---\nText\n"}))
    post = Post.objects.get()

    assert (post.path, post.language) == (path, "zh")
    assert post.date
    assert post.date.isoformat() == "2026-01-06T17:30:00+00:00"
    assert [tag.name for tag in post.tags.all()] == ["big news"]


@pytest.mark.parametrize(
    ("config", "path"),
    [
        ("", "/2024/03/05/2024-03-05-a-b/"),
        ("new_post_name: :year-:month-:day-:title.md\n", "/2024/03/05/a-b/"),
        ("permalink: ':category/:title/'\ndefault_category: news\n", "/news/2024-03-05-a-b/"),
    ],
)
def test_the_day_that_a_name_begins_with_is_its_own_to_hexo_unless_the_site_says_so(
    tmp_path: Path, config: str, path: str
) -> None:
    run(hexo(tmp_path, config, {"2024-03-05-a-b.md": "---\ntitle: T\n---\nText\n"}))

    assert Post.objects.get().path == path


def test_hexos_tags_show_what_lies_in_a_posts_folder_and_lead_to_posts(tmp_path: Path, media: Path) -> None:
    body = (
        '{% asset_img right "my lab.png" 30 20 "Our lab \'The lab\'" %}\n\n'
        "{% post_link b %}, {% post_link b 'the other' %}, {% link Hexo https://hexo.io %}, [c](/blog/c/) "
        "<img src=\"{% asset_path 'my lab.png' %}\">\n\n```\n{{ own }} {% raw %}\n```\n\n{% asset_img gone.png %} {% post_link gone %}\n"
    )
    config = "permalink: ':title/'\nroot: /blog/\n"
    posts = {"a.md": imported("") + body, "b.md": imported(""), "c.md": imported("")}
    _, printed = run(hexo(tmp_path / "site", config, posts, ("source/_posts/a/my lab.png",)))
    html = Post.objects.get(path="/a/").html

    assert html.count('src="/media/images/my-lab-') == 2
    assert 'alt="The lab"' in html
    for link in (">b<", ">the other<"):
        assert f'<a href="/b/"{link}' in html
    assert '<a href="https://hexo.io" rel="noopener external">Hexo</a>' in html
    assert '<a href="/c/">' in html
    assert "{{ own }} {% raw %}\n" in html
    assert [line.rpartition("shortcode ")[2].partition(":")[0] for line in printed.splitlines() if "MG4" in line] == [
        "asset_img",
        "post_link",
    ]
    assert "the shortcode post_link: the site has no document of the name that this gives" in printed
    assert "Jekyll" not in printed


def test_front_matter_of_hexos_needs_no_line_above_it(tmp_path: Path) -> None:
    text = "title: A\ndate: 2015-11-06\ntags:\n- hexo\n- news\n\n---\nText\n"
    _, printed = run(hexo(tmp_path, "", {"a.md": text}))
    post = Post.objects.get()

    assert (post.title, post.path, post.html) == ("A", "/2015/11/06/a/", "<p>Text</p>\n")
    assert [tag.name for tag in post.tags.all()] == ["hexo", "news"]
    assert "MG4" not in printed
    assert "1 unchanged" in run(tmp_path)[1]


def test_the_head_of_a_text_of_pelicans_is_front_matter(tmp_path: Path) -> None:
    files = {
        "a.md": "Title: A\nDate: 2010-12-03 10:20\nSlug: own\nStatus: draft\n\nText\n",
        "b.md": "Title: B: of a colon\nDate: 2010-12-03\n\nText\n",
        "c.md": "Title: C\nof two lines\n\nText\n",
    }
    (tmp_path / "pelicanconf.py").touch()
    _, printed = run(write(tmp_path / "content", files))
    post = Post.objects.get(path="/own/")

    assert (post.title, post.draft, post.html) == ("A", True, "<p>Text</p>\n")
    assert post.date
    assert "b.md:1:1: MG4 these lines are no front matter" in printed
    assert "c.md:1:1: MG4" not in printed
    call_command("export_markdown", tmp_path / "out", stdout=StringIO())
    assert (tmp_path / "out/a.md").read_text() == files["a.md"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a %%not for readers%% b", "a  b"),
        ("%%\nnot\n\nfor readers\n%%\nb", "\n\n\n\n\nb"),
        ("`%%` a %%b", "`%%` a %%b"),
        ("```\n%% a %%\n```\n%%b%%", "```\n%% a %%\n```\n"),
        ("5%% of 6%% of %%7", "5%% of 6%% of %%7"),
        ("5 %% of a, 6 %% of b", "5 %% of a, 6 %% of b"),
        ("in 2024 %%not for readers%% b", "in 2024  b"),
        ("a %% b\n\nc\n> \nd %% e%%", "a %% b\n\nc\n> \nd "),
        ("> %%\n> a\n>\n> b %%\nc", "> \n\n\n\nc"),
        ("> [!tip] Mind\n> this", "> **Mind**  \n> this"),
        ("> [!NOTE]\n>\n> [!x] y", "> **Note**\n>\n> [!x] y"),
        ("> [!faq]- Is it?\n> > [!todo]+ Yes\n> > > a", "> **Is it?**  \n> > **Yes**  \n> > > a"),
        ("    > [!tip] a", "    > [!tip] a"),
        ("![Lab|100x145](a.png) ![b|20](b.png) `![c|2](c)`", "![Lab|100x145](a.png) ![b|20](b.png) `![c|2](c)`"),
        ("![Lab|100x145](a.png) ![b|20](b.png)", "![Lab](a.png) ![b](b.png)"),
        ("a ^37066d\r\nb", "a\r\nb"),
        ("Some text ^37066d\n^quote-of-the-day\n10 ^6", "Some text\n\n10 ^6"),
    ],
)
def test_a_note_of_obsidians_shows_no_comment_and_no_mark_of_its_own(written: str, shown: str) -> None:
    assert notes.in_markdown(written) == shown


def test_comments_that_never_end_cost_no_more_than_their_length() -> None:
    notes.in_markdown("%% a\n" * 100_000 + "%%")
    notes.in_markdown("a %% b\n\n" * 50_000 + "c%%" * 50_000)
    notes.in_markdown("> [!a] `\n![a|1](\n" * 50_000)


def test_a_note_finds_its_files_anywhere_in_its_collection_and_its_own_headings(tmp_path: Path, media: Path) -> None:
    text = "![[Lab.png|20x30]] ![x](lab.png) [[Plan.txt]] [[#My part]] ![[twice.png]] [[#^block|here]]\n\n## My part\n"
    pictures = ("Attachments/Lab.png", "a/twice.png", "b/twice.png", ".trash/Lab.png")
    _, printed = run(write(tmp_path / "vault", {"notes/n.md": text, "Files/Plan.txt": "x"}, pictures))
    html = Post.objects.get().html

    assert html.count('src="/media/images/lab-') == 1
    assert 'alt=""' in html
    assert ">Plan.txt</a>" in html
    assert '<a href="#my-part">My part</a>' in html
    assert " here</p>" in html
    assert printed.count("MG4") == 1
    assert "1 unchanged" in run(tmp_path / "vault")[1]


@pytest.mark.parametrize(("folder", "shown"), [("vault", "<strong>Note</strong>"), ("content", "[!NOTE]")])
def test_a_callout_is_a_box_in_a_folder_that_may_be_anybodys_and_text_in_hugos(
    tmp_path: Path, folder: str, shown: str
) -> None:
    run(write(tmp_path / folder, {"a.md": "> [!NOTE]\n> Text\n"}))

    assert f"<p>{shown}" in Post.objects.get().html


@pytest.mark.parametrize(("folder", "shown"), [("", 0), (".obsidian", 1)])
def test_only_a_collection_of_obsidians_finds_pictures_of_plain_markdown_in_other_folders(
    tmp_path: Path, media: Path, folder: str, shown: int
) -> None:
    write(tmp_path / "vault", {"a/n.md": "![x](chart.png)\n"}, ("b/Chart.png",))
    (tmp_path / "vault" / folder).mkdir(exist_ok=True)
    run(tmp_path / "vault")

    assert Post.objects.get().html.count('src="/media/images/chart-') == shown


@pytest.mark.parametrize("config", ["", "hugo.toml", "_config.yml"])
def test_a_frame_that_no_page_shows_is_told_of_once_at_its_place(tmp_path: Path, config: str) -> None:
    frame = '<iframe width="560" src="//www.youtube.com/embed/x"></iframe>'
    body = f"`{frame}`\n\n```\n<iframe src=/y>\n```\n\n<figure>\n{frame}\n</figure>\n\n{frame}\n"
    body += "\n<!-- a film:\n<iframe src=/z></iframe> -->\n"
    files = {"content/a.md": imported("") + body, **({config: ""} if config else {})}
    _, printed = run(write(tmp_path, files))

    assert [line.partition("a.md:")[2] for line in printed.splitlines() if "MG4" in line] == [
        "13:1: MG4 no page shows a frame; write a link to //www.youtube.com/embed/x in its place"
    ]


def test_a_frame_is_told_of_in_whatever_case_it_is_written() -> None:
    body = '<IFRAME SRC="/film"></IFRAME>\n'

    assert [found.problem for found in frames.lost(body, body)] == [
        "no page shows a frame; write a link to /film in its place"
    ]


def test_an_index_beside_other_pages_introduces_its_folder_where_no_hugo_has_a_say(tmp_path: Path, media: Path) -> None:
    files = {
        "blog/index.md": "# Blog\n\n[A](posts/a.md) ![Lab](lab.png)\n",
        "blog/posts/a.md": "# A\n\n[Blog](../index.md) [B](../b/index.md)\n",
        "blog/b/index.md": "# B\n\n![Lab](lab.png)\n",
        "blog/b/README.md": "Notes\n",
        "blog/b/index.fr.md": "# B\n\nTexte\n",
    }
    _, printed = run(write(tmp_path / "docs", files, ("blog/b/lab.png", "blog/lab.png")))
    posts = {post.path: post for post in Post.objects.all()}

    assert {path: post.kind for path, post in posts.items()} == {
        "/blog/": "section",
        "/blog/posts/a/": "article",
        "/blog/b/": "article",
        "/blog/b/index.fr/": "article",
    }
    assert all(f'href="{path}"' in posts["/blog/posts/a/"].html for path in ("/blog/", "/blog/b/"))
    assert 'href="/blog/posts/a/"' in posts["/blog/"].html
    assert all('src="/media/images/lab-' in posts[path].html for path in ("/blog/", "/blog/b/"))
    assert "MG108 left out, for it lies" not in printed


def test_an_index_beside_other_pages_is_a_bundle_where_a_folder_has_hugos_introductions(tmp_path: Path) -> None:
    files = {"posts/_index.md": imported(""), "posts/b/index.md": imported(""), "posts/b/notes.md": imported("")}
    _, printed = run(write(tmp_path / "texts", files))

    assert dict(Post.objects.values_list("path", "kind")) == {"/posts/": "section", "/posts/b/": "article"}
    assert "posts/b/notes.md:1:1: MG108 left out, for it lies in a page bundle" in printed


def test_a_site_of_hugos_that_says_a_word_of_zolas_stays_one_of_hugos(tmp_path: Path) -> None:
    text = imported("tags: [b]\nurl: /x/") + "{{< figure src=a.png alt=Lab >}} a %% b %% {{ c }}\n"
    _, printed = run(write(tmp_path, {"hugo.toml": 'base_url = "https://a.example"\n', "content/posts/a.md": text}))
    post = Post.objects.get(path="/x/")

    assert [tag.name for tag in post.tags.all()] == ["b"]
    assert "a %% b %% {{ c }}" in post.html
    assert "of a template" not in printed


def test_a_site_of_zolas_has_tags_dates_and_links_where_zola_has_them(tmp_path: Path) -> None:
    text = (
        '+++\ntitle = "A"\nupdated = 2022-03-04\n[taxonomies]\ntags = ["one two", "b"]\n+++\n'
        "[B](@/blog/b.md#here)\n\n{{ youtube(id=1) }}\n"
    )
    files = {
        "config.toml": 'base_url = "https://zola.example"\n[languages.vi]\n',
        "content/blog/_index.md": '+++\ntitle = "Blog"\n+++\n',
        "content/blog/2018-10-10-a.md": text,
        "content/blog/b.md": '+++\ntitle = "B"\ndate = 2021-02-03\n+++\n## Here\n',
        "content/blog/b.vi.md": '+++\ntitle = "B"\n+++\nText\n',
    }
    _, printed = run(write(tmp_path, files))
    posts = {post.path: post for post in Post.objects.all()}
    post = posts["/blog/a/"]

    assert {*posts} == {"/blog/", "/blog/a/", "/blog/b/", "/vi/blog/b/"}
    assert post.date
    assert post.last_modified
    assert (post.date.date().isoformat(), post.last_modified.date().isoformat()) == ("2018-10-10", "2022-03-04")
    assert sorted(tag.name for tag in post.tags.all()) == ["b", "one two"]
    assert '<a href="/blog/b/#here">' in post.html
    assert "2018-10-10-a.md:9:1: MG4 this is of a template, and stands there as it is written" in printed
    assert "4 unchanged" in run(tmp_path)[1]


@pytest.mark.parametrize("default", ["de", "vi"])
def test_languages_that_are_not_the_first_of_a_site_of_zolas_have_addresses_of_their_own(
    tmp_path: Path, default: str
) -> None:
    files = {
        "config.toml": f'base_url = "https://zola.example"\ndefault_language = "{default}"\n',
        "content/blog/b.md": '+++\ntitle = "B"\n+++\nText\n',
        "content/blog/b.en.md": '+++\ntitle = "B"\n[taxonomies]\ntags = ["b"]\n+++\nText\n',
    }
    run(write(tmp_path, files))

    assert dict(Post.objects.values_list("path", "language")) == {"/blog/b/": default, "/en/blog/b/": "en"}
    assert [tag.name for tag in Post.objects.get(language="en").tags.all()] == ["b"]


def test_pages_beside_an_index_in_a_site_of_hexos_are_pages(tmp_path: Path) -> None:
    run(hexo(tmp_path, "", {"../about/index.md": imported(""), "../about/me.md": imported("")}))

    assert {*Post.objects.values_list("path", flat=True)} == {"/about/", "/about/me/"}


def test_a_site_of_jekylls_with_its_posts_in_a_folder_of_collections_is_none_of_hexos(tmp_path: Path) -> None:
    run(hexo(tmp_path, "collections_dir: source\npermalink: /:title/\n", {"2024-01-02-a.md": imported("tags: x y")}))
    post = Post.objects.get()

    assert (post.path, sorted(tag.name for tag in post.tags.all())) == ("/a/", ["x", "y"])


def test_what_is_no_language_in_a_site_of_hexos_says_nothing(tmp_path: Path) -> None:
    run(hexo(tmp_path, "language: default\n", {"a.md": imported("")}))

    assert Post.objects.get().language == "en"


@pytest.mark.parametrize(
    ("body", "is_told"),
    [
        ("{% codetitle 'A' %}", True),
        ("a {{ post.title }} b", True),
        ("::read-more{to=/a}\nB\n::", True),
        ("[{{ youtube(\n id=1) }}]", True),
        ("`{{ a }}` std::move {{< youtube x >}} {{% note %}} {%}", False),
        (r"$\frac{{a}}{{b}}$, $x^{{n}}$, ${{a}\over b}$", False),
        ("```\n{% a %}\n::b\n```", False),
    ],
)
def test_what_only_a_template_fills_in_is_told_of(tmp_path: Path, body: str, is_told: bool) -> None:
    _, printed = run(write(tmp_path, {"a.md": imported("") + body + "\n"}))

    assert ("MG4 this is of a template" in printed) == is_told


@pytest.mark.parametrize(
    "front",
    [
        *(
            "status: draft",
            "status: Pending",
            "status: private",
            "post_status: draft",
            "isDraft: true",
            "is_draft: true",
        ),
        *("publish: false", "isPublished: false", "permalink: false"),
    ],
)
def test_what_other_tools_keep_from_readers_is_a_draft_unless_it_says_otherwise(tmp_path: Path, front: str) -> None:
    run(write(tmp_path / "notes", {"a.md": imported(front), "b.md": imported(f"{front}\ndraft: false")}))
    run(write(tmp_path / "site", {"hugo.toml": "", "content/c.md": imported(front)}))

    assert {post.path: post.draft for post in Post.objects.all()} == {"/a/": True, "/b/": False, "/c/": False}


@pytest.mark.parametrize("front", ["status: published", "status: publish", "status: new", "publish: true"])
def test_any_other_status_keeps_nothing_from_readers(tmp_path: Path, front: str) -> None:
    run(write(tmp_path, {"a.md": imported(front)}))

    assert not Post.objects.get().draft


def test_that_there_is_no_canonical_link_is_not_one(tmp_path: Path) -> None:
    run(write(tmp_path, {"a.md": imported("canonical_url: false")}))

    assert Post.objects.get().canonical_url == ""


def test_a_folder_called_content_that_holds_pictures_alone_is_not_where_the_texts_are(
    tmp_path: Path, media: Path
) -> None:
    files = {"a.md": imported("feature_image: __GHOST_URL__/content/images/a.png")}
    run(write(tmp_path / "ghost", files, ("content/images/a.png",)))

    assert Post.objects.get(path="/a/").cover.startswith("/media/images/a-")
    assert "1 unchanged" in run(tmp_path / "ghost")[1]


def test_posts_of_nextjs_are_imported_although_their_folder_has_jekylls_name(tmp_path: Path, media: Path) -> None:
    files = {"_posts/hello.md": imported("date: 2020-03-16\ncoverImage: /a/c.png"), "_posts/de/b.md": imported("")}
    run(write(tmp_path / "next", files, ("public/a/c.png",)))

    assert sorted(post.path for post in Post.objects.all()) == ["/posts/de/b/", "/posts/hello/"]
    assert Post.objects.get(path="/posts/hello/").cover.startswith("/media/images/c-")
    assert "2 unchanged" in run(tmp_path / "next")[1]


@pytest.mark.parametrize("folder", ["", "content/"])
def test_the_place_of_a_file_gives_the_day_that_its_document_does_not_say(tmp_path: Path, folder: str) -> None:
    files = {
        "blog/2024-01-02-a.md": imported(""),
        "blog/2024-01-03-b/index.md": imported(""),
        "blog/2024/01/04/c.md": imported(""),
        "blog/2024/1-05-d.md": imported(""),
        "2024-01-06.md": imported("slug: e"),
        "blog/2024-01-07-f.md": imported("date: 2023-02-03"),
        "blog/2024-01-08-g.md": imported("pubDate: 2023-02-04\ncreated: 2023-02-01"),
        "blog/2024-01-09-h.md": imported("created: 2023-02-05"),
        "blog/2024-13-09-i.md": imported("updated: 2023-02-06"),
    }
    site = write(tmp_path, {"docusaurus.config.js": ""} | {folder + name: text for name, text in files.items()})
    run(site)
    days = [f"{post.date:%m-%d}" for post in Post.objects.order_by("source_path") if post.date]

    assert days == ["01-06", "01-02", "01-03", "02-03", "02-04", "02-05", "02-06", "01-04", "01-05"]
    assert Post.objects.filter(path="/blog/2024-01-02-a/").exists()
    assert "9 unchanged" in run(site)[1]


@pytest.mark.parametrize("files", [{"hugo.toml": ""}, {"a.txt": ""}])
def test_the_place_of_a_file_gives_no_date_to_hugo_nor_where_no_tool_is_known(
    tmp_path: Path, files: dict[str, str]
) -> None:
    run(write(tmp_path, files | {"content/2024-01-02-a.md": imported("created: 2024-05-06\npath: /b/")}))

    assert (Post.objects.get().date, Post.objects.get().path) == (None, "/2024-01-02-a/")


@pytest.mark.parametrize("date", ["Last Modified", "git Last Modified", "git Created", "today", "last-modified"])
def test_what_only_the_history_of_a_file_tells_is_no_date(tmp_path: Path, date: str) -> None:
    status, _ = run(write(tmp_path, {"a.md": imported(f"date: {date}")}))

    assert (status, Post.objects.get().date) == (0, None)
    assert run(write(tmp_path / "site", {"hugo.toml": "", "content/b.md": imported(f"date: {date}")}))[0] == 1


def test_folders_of_sources_are_in_no_address(tmp_path: Path, media: Path) -> None:
    files = {
        "astro.config.mjs": "",
        "src/content/blog/a.md": imported("heroImage: ../../assets/a.png") + "[b](./b.md) ![x](@/assets/a.png)\n",
        "src/content/blog/b.md": imported("") + "[a](/blog/a/)\n",
        "src/pages/about.md": imported(""),
        "src/notes/c.md": imported(""),
        "docs/d.md": imported(""),
    }
    _, printed = run(write(tmp_path / "astro", files, ("src/assets/a.png",)))
    post = Post.objects.get(path="/blog/a/")

    assert sorted(post.path for post in Post.objects.all()) == [
        *("/about/", "/blog/a/", "/blog/b/", "/docs/d/", "/notes/c/")
    ]
    assert post.cover.startswith("/media/images/a-")
    assert '<img src="/media/images/a-' in post.html
    assert '<a href="/blog/b/">' in post.html
    assert "MG4" not in printed
    assert "5 unchanged" in run(tmp_path / "astro")[1]
    call_command("export_markdown", tmp_path / "out", stdout=StringIO())
    assert (tmp_path / "out/src/content/blog/a.md").read_text() == files["src/content/blog/a.md"]
    assert (tmp_path / "out/src/assets/a.png").exists()


def test_a_picture_that_stands_outside_of_the_folder_is_told_of(tmp_path: Path) -> None:
    text = imported("") + "![x](../../assets/a.png)\n"
    _, printed = run(write(tmp_path, {"src/content/blog/a.md": text}, ("src/assets/a.png",)) / "src/content")

    assert "a.md:6:6: MG4 the file ../../assets/a.png is not in the page's folder" in printed


@pytest.mark.parametrize(
    ("front", "path"),
    [
        ("permalink: https://example.com/2020/01/b/", "/2020/01/b/"),
        ("url: http://example.com", "/"),
        ("path: /news/b", "/news/b/"),
        ("path: about", "/about/"),
        ("path: notes/a.md", "/a/"),
        ("path: {a: b}", "/a/"),
    ],
)
def test_an_address_may_be_written_as_other_tools_write_it(tmp_path: Path, front: str, path: str) -> None:
    run(write(tmp_path / "notes", {"gatsby-config.js": "", "a.md": imported(front)}))

    assert Post.objects.get().path == path


def test_a_path_is_no_address_to_hugo_and_jekyll(tmp_path: Path) -> None:
    run(write(tmp_path / "hugo", {"hugo.toml": "", "content/b.md": imported("path: /x")}))
    run(write(tmp_path / "jekyll", {"_config.yml": "permalink: pretty", "c.md": imported("path: /x")}))

    assert sorted(post.path for post in Post.objects.all()) == ["/b/", "/c/"]


def test_a_marked_text_is_marked_in_a_folder_that_may_be_anybodys(tmp_path: Path) -> None:
    text = "\nA ==b== c == d.\n\n<!-- more -->\n\nRest\n"
    run(write(tmp_path / "docs", {"mkdocs.yml": "", "a.md": imported("") + text}))
    run(write(tmp_path / "site", {"hugo.toml": "", "content/b.md": imported("") + text}))
    html = {post.path: post.html for post in Post.objects.all()}

    assert "<p>A <mark>b</mark> c == d.</p>" in html["/a/"]
    assert "<p>A ==b== c == d.</p>" in html["/b/"]
    assert Post.objects.get(path="/a/").summary == "Text A b c == d."


def test_a_cover_is_described_as_other_tools_describe_it(tmp_path: Path) -> None:
    files = {
        "a.md": imported("heroImage: {src: /a.png, alt: Lab}"),
        "b.md": imported("feature_image: /a.png\nfeature_image_alt: Lab"),
    }
    run(write(tmp_path, files))

    assert {(post.cover, post.cover_alt) for post in Post.objects.all()} == {("/a.png", "Lab")}
