"""What texts of Jekyll's common themes show that stands in their front matter, and pages that are none to readers."""

import re
from html import unescape
from pathlib import Path

import pytest
from PIL import Image

from posts.models import Post
from tests.support.commands import import_markdown as run
from tests.support.sites import write

GALLERY = """---
title: A
gallery:
  - url: /img/large.png
    image_path: img/a.png
    alt: One
    title: First & last
  - {url: /img/a.png, image_path: /img/a.png}
other: [img/a.png, 'https://b.example/c d.png']
row:
  - image_path: /img/gone.png
    image_caption: By *B*
    title: T U
    excerpt: "Take **care**."
    url: team/
    btn_label: Meet us
  - excerpt: Last.
    url: "#x"
---
"""


def _without_noise(html: str) -> str:
    html = re.sub(r' (?:loading|decoding|srcset|sizes|width|height|rel)="[^"]*"|<a class="anchor".*?</a>', "", html)
    return " ".join(re.sub(r"/media/images/([a-z]+)-[^\"]*", r"/\1", html).split())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (
            '{% include gallery caption="All *of* them" %}\n',
            '<figure> <figure><a href="/large"><img src="/a" alt="One"></a> <figcaption> <p>First &amp; last</p> </figcaption>'
            ' </figure> <figure><img src="/a" alt=""> </figure> <figcaption> <p>All <em>of</em> them</p> </figcaption> </figure>',
        ),
        (
            '{% include gallery.html id="other" %}\n',
            '<figure><img src="/a" alt=""> </figure> <figure><img src="https://b.example/c%20d.png" alt=""> </figure>',
        ),
        (
            '{% include feature_row id="row" type="left" %}\n',
            '<figure><img src="/img/gone.png" alt=""> <figcaption> <p>By <em>B</em></p> </figcaption> </figure> '
            '<h2 id="t-u">T U</h2> <div> <p>Take <strong>care</strong>.</p> </div> <p><a href="/team/">Meet us</a></p>'
            ' <div> <p>Last.</p> </div> <p><a href="#x">Learn More</a></p>',
        ),
        ('B {% include gallery id="other" %}', None),
    ],
)
def test_galleries_and_rows_of_features_are_shown(tmp_path: Path, body: str, shown: str | None) -> None:
    (tmp_path / "img").mkdir()
    for name in ("a", "large"):
        Image.new("RGB", (2 + len(name), 2)).save(tmp_path / f"img/{name}.png")
    _, printed = run(write(tmp_path, {"_config.yml": "title: T\n", "_posts/2024-01-05-a.md": f"{GALLERY}{body}"}))

    html = _without_noise(Post.objects.get().html)
    assert html == shown if shown else '<img src="/a" alt="">' in html
    assert "theme" not in printed
    assert ("gone.png is nowhere" in printed) == ("gone" in html)


@pytest.mark.django_db
def test_a_gallery_of_which_nothing_is_said_is_a_warning(tmp_path: Path) -> None:
    _, printed = run(write(tmp_path, {"_posts/2024-01-05-a.md": f'{GALLERY}{{% include gallery id="none" %}}\n'}))

    assert Post.objects.get().html == ""
    assert "MG4 the shortcode include gallery" in printed


@pytest.mark.django_db
def test_a_page_says_its_address_its_moment_and_its_file(tmp_path: Path) -> None:
    text = "{{ page.date | date: '%d.%m.%Y %H:%M' }} <{{ page.url | absolute_url }}> {{ page.path }} {{ page.date }}"
    config = "timezone: Asia/Tokyo\npermalink: /:categories/:title/\n"
    front = "date: 2024-01-05 20:00:00 +0000\ncategories: [a b]"
    run(write(tmp_path, {"_config.yml": config, "_posts/2024-01-05-x.md": f"---\n{front}\n---\n`{text}`\n"}))

    shown = unescape(Post.objects.get().html)
    assert (
        shown == "<p><code>06.01.2024 05:00 </a%20b/x/> _posts/2024-01-05-x.md 2024-01-06 05:00:00 +0900</code></p>\n"
    )


@pytest.mark.django_db
def test_an_include_may_filter_what_it_is_given(tmp_path: Path) -> None:
    shot = "<img src='{{ include.src | prepend: \"img/\" | relative_url }}' alt='{{ include.alt | default: page.title | upcase }}'>"
    files = {
        "_config.yml": "title: S\n",
        "_includes/shot": shot,
        "a.md": "---\ntitle: T\n---\nA {% include shot src='a' %}\n",
    }
    run(write(tmp_path, files))

    assert '<img src="/img/a" alt="T"' in Post.objects.get().html


@pytest.mark.django_db
@pytest.mark.parametrize(("engine", "identity"), [("kramdown", "a-"), ("CommonMark", "a-x")])
def test_headings_have_the_ids_of_the_sites_engine(tmp_path: Path, engine: str, identity: str) -> None:
    run(write(tmp_path, {"_config.yml": f"markdown: {engine}\n", "a.md": "---\ntitle: T\n---\n## A ![x](/x.png)\n"}))

    assert f'<h2 id="{identity}">' in Post.objects.get().html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("20240305", "2024-03-05T00:00:00+07:00"),
        ("'202403052130'", "2024-03-05T21:30:00+07:00"),
        ("20240305213059", "2024-03-05T21:30:59+07:00"),
    ],
)
def test_a_date_may_be_of_digits_alone(tmp_path: Path, written: str, moment: str) -> None:
    """As Jekyll 4.3.1 made them."""
    config = "timezone: Asia/Ho_Chi_Minh\n"
    run(write(tmp_path, {"_config.yml": config, "_posts/2024-01-01-a.md": f"---\ndate: {written}\n---\nText.\n"}))

    made = Post.objects.get()
    assert made.published_at is not None
    assert made.published_at.isoformat() == moment


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["20241305", "202403052560", "2024"])
def test_digits_that_are_no_day_are_an_error(tmp_path: Path, written: str) -> None:
    status, printed = run(write(tmp_path, {"_posts/2024-01-01-a.md": f"---\ndate: {written}\n---\nText.\n"}))

    assert (status, "MG103" in printed) == (1, True)


@pytest.mark.django_db
def test_includes_may_have_a_folder_of_their_own(tmp_path: Path) -> None:
    files = {"_config.yml": "includes_dir: _parts/all\n", "_parts/all/a.md": "*Here*", "_includes/a.md": "*There*"}
    run(write(tmp_path, {**files, "a.md": "---\ntitle: A\ntags: 2020\n---\n{% include a.md %}\n"}))

    made = Post.objects.get()
    assert made.html == "<p><em>Here</em></p>\n"
    assert [tag.name for tag in made.tag_list] == ["2020"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "front", "body", "why"),
    [
        ("search.json.html", "layout: null", "[{}]", "for scripts and other machines"),
        ("search.md", "permalink: /search.json", "[{}]", "for scripts and other machines"),
        ("a.html", "layout: none", "<!-- x -->{{ site.time }}", "shows readers nothing"),
        ("a.md", "layout: page", "<script>x</script>\n<div id='app'></div>", "shows readers nothing"),
        ("node.js.md", "layout: page", "Text.", ""),
        ("search.md", "layout: search", "", ""),
        ("a.md", "layout: null", "# Only a heading", ""),
        ("a.md", "layout: page", "{% include list.html %}", ""),
        ("a.html", "layout: null", "<script>x</script><p>Text.</p>", ""),
        ("_posts/2024-01-01-a.md", "layout: null", "<script>x</script>", ""),
    ],
)
def test_pages_for_machines_are_left_out_and_told_of(
    tmp_path: Path, file: str, front: str, body: str, why: str
) -> None:
    status, printed = run(write(tmp_path, {"_config.yml": "title: T\n", file: f"---\n{front}\n---\n{body}\n"}))

    assert status == 0
    assert Post.objects.exists() == (not why)
    assert ("MG108 left out" in printed) == bool(why)
    assert why in printed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "address"),
    [
        ('{% include image.html file="sub/a.png" alt="A" %}', "/media/images/a-"),
        ("{% asset sub/a.png alt='A' %}", "/media/images/a-"),
        ('{% include image.html file=page.shot alt="A" %}', "/media/images/a-"),
        ('{% include image.html file="sub/gone.png" alt="A" %}', ""),
        ('{% include own.html file="a.png" %}', "/media/images/a-"),
        ('{% include own.html file="gone.png" %}', ""),
        ('{% include book.html file="a.png" by="Ann B." %}', "/media/images/a-"),
        ("{% asset gone.png %}", ""),
    ],
)
def test_a_picture_is_found_where_themes_have_theirs(tmp_path: Path, body: str, address: str) -> None:
    (tmp_path / "images/sub").mkdir(parents=True)
    Image.new("RGB", (2, 2)).save(tmp_path / "images/sub/a.png")
    include = '<img src="images/{{ include.file }}" {% if {{ include.width }} %}width="{{ include.width }}"{% endif %}>'
    own = "<img src='/images/sub/{{ include.file }}' alt='A'>"
    book = f"<div>{own}<p>By {{{{ include.by }}}}</p></div>"
    files = {"_config.yml": "title: T\n", "_includes/image.html": include, "_includes/own.html": own}
    files["_includes/book.html"] = book
    _, printed = run(write(tmp_path, {**files, "a.md": f"---\ntitle: T\nshot: sub/a.png\n---\n{body}\n"}))

    html = Post.objects.get().html
    assert ("By Ann B." in html) == ("book" in body)
    assert f'<img src="{address}' in html if address else "<img" not in html
    assert ("MG4" in printed) == (not address)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("front", "body", "told"),
    [
        ("image: /assets/images/a.png", '{% include img.html src="a.png" %}', []),
        ("image: /assets/images/a.png", '{% include img.html src="a.png" %} ![B](/images/a.png)', ["/images/a.png"]),
        ("gallery: [{image_path: img/gone.png}]", "{% include gallery %}", ["img/gone.png"]),
        ("gallery: [{image_path: assets/images/a.png}]", "{% include gallery %}", []),
        ("title: img/gone.png", '{% include img.html src="img/gone.png" %}', []),
    ],
)
def test_a_missing_picture_is_told_of_by_the_name_that_stands_there(
    tmp_path: Path, front: str, body: str, told: list[str]
) -> None:
    (tmp_path / "assets/images").mkdir(parents=True)
    Image.new("RGB", (2, 2)).save(tmp_path / "assets/images/a.png")
    _, printed = run(write(tmp_path, {"_config.yml": "title: T\n", "a.md": f"---\n{front}\n---\n{body}\n"}))

    assert re.findall(r"MG4 the file (\S+) is nowhere", printed) == told


@pytest.mark.django_db
def test_a_condition_knows_what_the_front_matter_says(tmp_path: Path) -> None:
    written = " ".join(f"{{% if page.{name} %}}{name}{{% endif %}}" for name in ("a", "b", "c", "d.e", "gone", "tags"))
    text = f"---\ntitle: T\na: x\nb: false\nc: [x]\nd: {{e: 1}}\n---\n{written} {{{{ page.b }}}}\n"
    _, printed = run(write(tmp_path, {"_config.yml": "title: T\n", "a.md": text}))

    assert " ".join(Post.objects.get().html.split()) == "<p>a c d.e tags false</p>"
    assert printed.count("MG4 the shortcode if") == 1  # of tags, which posts may have from elsewhere


@pytest.mark.django_db
def test_what_themes_include_for_addresses_and_contents_is_no_loss(tmp_path: Path) -> None:
    body = "{% include base_path %}\n{% include toc.html title='In short' %}\n[CV]({{ base_path }}/b/) [D]({{ base_path }}d/)"
    _, printed = run(write(tmp_path, {"_config.yml": "title: T\n", "a.md": f"---\ntitle: T\n---\n{body}\n"}))

    assert Post.objects.get().html == '<p><a href="/b/">CV</a> <a href="/d/">D</a></p>\n'
    assert "theme" not in printed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "read"),
    [
        (
            '{% include a.html type="x" alert="Every *one* here." class="a b c d" %}',
            "<p>Every <em>one</em> here.</p>\n",
        ),
        ('{% include button.html title="Go on" link="/b/" %}', '<p><a href="/b/">Go on</a></p>\n'),
        (
            '{% include a.html images="![A](https://b.example/c.png)" %}',
            '<p><img src="https://b.example/c.png" alt="A"',
        ),
        ('{% include a.html class="a b c" title="T" %}', ""),
    ],
)
def test_an_include_shows_the_sentence_that_it_is_given(tmp_path: Path, body: str, read: str) -> None:
    _, printed = run(write(tmp_path, {"_config.yml": "title: T\n", "a.md": f"---\ntitle: T\n---\n{body}\n"}))

    html = Post.objects.get().html
    assert html.startswith(read) if read else html == ""
    assert ("MG4 the shortcode" in printed) == (not read)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("front", "description", "caption"),
    [
        ("subtitle: Why *so*\nheader: {image: /a.png, caption: 'By B'}", "Why so", "By B"),
        ("subtitle: Why\ndescription: Here\nimage: {path: /a.png, caption: C}", "Here", "C"),
    ],
)
def test_a_subtitle_introduces_a_page_and_a_covers_credit_is_shown(
    tmp_path: Path, front: str, description: str, caption: str
) -> None:
    Image.new("RGB", (2, 2)).save(tmp_path / "a.png")
    run(write(tmp_path, {"_config.yml": "title: T\n", "a.md": f"---\ntitle: T\n{front}\n---\nText.\n"}))

    made = Post.objects.get()
    assert (made.description, made.cover_caption) == (description, caption)
    assert made.cover.startswith("/media/images/a-")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("include", "read"),
    [
        (
            "{% if {{include.url}} %}<a href='{{ include.url }}'>{% endif %}A{% if {{include.gone}} %}B{% endif %}</a>",
            "/b/",
        ),
        (
            "{% if include.url contains '://' %}far{% elsif include.url and page.title == 'T' %}near{% endif %}",
            "<p>near</p>",
        ),
        ("{% unless include.gone %}{% if site.name == 'N' %}here{% endif %}{% endunless %}", "<p>here</p>"),
        ("{% if site.posts %}here{% endif %}", ""),
    ],
)
def test_an_include_may_choose_by_what_it_is_given(tmp_path: Path, include: str, read: str) -> None:
    files = {"_config.yml": "name: N\n", "_includes/a.html": include}
    _, printed = run(write(tmp_path, {**files, "a.md": "---\ntitle: T\n---\n{% include a.html url='/b/' %}\n"}))

    html = Post.objects.get().html
    assert read in html if read else html == ""
    assert ("MG4 the shortcode" in printed) == (not read)


@pytest.mark.django_db
def test_a_page_may_loop_over_its_own_list(tmp_path: Path) -> None:
    """Of HTML too: it is no template."""
    body = "<ul>{% for each in page.team %}<li>{{ each.name }}{% if each.role %}, {{ each.role }}{% endif %}</li>{% endfor %}</ul>"
    front = "team:\n- {name: Ann, role: MD}\n- {name: Bob}"
    run(write(tmp_path, {"_config.yml": "title: T\n", "a.html": f"---\ntitle: T\n{front}\n---\n{body}\n"}))

    assert "".join(Post.objects.get().html.split()) == "<ul><li>Ann,MD</li><li>Bob</li></ul>"
