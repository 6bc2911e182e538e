"""Jekyll's own ways with a site: collections, drafts, what it leaves out, and the marks in its texts."""

from pathlib import Path

import pytest

from posts.models import Post
from posts.rendering import liquid
from tests.posts.test_import_sites import paths, post, write
from tests.support.commands import import_markdown as run


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
def test_liquid_in_a_text_is_read_and_what_is_lost_of_it_is_named(tmp_path: Path) -> None:
    body = "[next]({% post_url 2024-02-01-b %}) ![x]({{ site.baseurl }}/x.png)\n\n  {% include note.html %}"
    files = {"_config.yml": "baseurl: /blog\n", "_posts/2024-01-01-a.md": post(body=body)}
    _, printed = run(write(tmp_path, {**files, "_posts/2024-02-01-b.md": post(permalink="/b/")}))

    html = Post.objects.get(source_path="_posts/2024-01-01-a.md").html
    assert '<a href="/b/">next</a>' in html
    assert 'src="/x.png"' in html
    assert "{%" not in html
    assert "a.md:8:3: MG4 the shortcode include: Jekyll's theme or configuration says what this shows" in printed


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("{% highlight ruby linenos %}\nx {{ y }}\n{% endhighlight %}", "```ruby\nx {{ y }}\n```"),
        ("a {% comment %}\nx\n{% endcomment %}b", "a b"),
        ("{{ '/a/' | relative_url }} {{ site.url }}{{ site.baseurl }}/b", "/a/ /b"),
        ('{{ "/a" | prepend: site.baseurl | absolute_url }}', "/a"),
        ("{% if x %}shown{% endif %} {{ page.x }}", "shown "),
        ("## A ##\n{: #b .c}", "## A {#b}\n"),
        ("Text\n{: .lead}\nmore", "Text\n\nmore"),
        ("* TOC\n{:toc}", "\n"),
        ("[a](/b){:target='_blank'} *c*{: .d}", "[a](/b) *c*"),
        ("```\n{: .x}\n```", "```\n{: .x}\n```"),
        ("{% link a.pdf %} {% link gone.md %}", "/a.pdf "),
        ("100 % {of} {{ that", "100 % {of} {{ that"),
    ],
)
def test_a_text_in_markdowns_own_terms(written: str, read: str) -> None:
    assert liquid.in_markdown(written, lambda tag, reference: None)[0] == read


@pytest.mark.parametrize("part", ["{%", "{% raw %}", "{% highlight x", "{{", "{{ '", "{: ", "{% a ", "{:#", "](x){:"])
def test_marks_without_an_end_cost_no_more_than_their_length(part: str) -> None:
    """It ends at all: time that grew with the square of the length would not."""
    liquid.in_markdown(part * 200_000, lambda tag, reference: None)
    liquid.in_markdown(part * 200_000 + "{% endraw %}{% endhighlight %}", lambda tag, reference: None)
