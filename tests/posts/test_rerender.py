"""`manage.py rerender`."""

from io import StringIO

import pytest
from django.core.management import call_command

from posts import rendering, writing
from posts.models import AuthoredPost, ImageUse, Post, Revision, TaggedPost
from tests.support.writing import LONG_AGO, projected, write_post

pytestmark = pytest.mark.django_db


def rerender(**options: object) -> str:
    out = StringIO()
    call_command("rerender", stdout=out, **options)
    return out.getvalue()


def test_what_an_older_renderer_made_is_rendered_again_and_nothing_else_changes() -> None:
    old, new = write_post("posts/old.md", body="Old.\n"), write_post("posts/new.md", body="New.\n")
    Post.objects.filter(pk=old.pk).update(html="stale", renderer_version=rendering.VERSION - 1)
    Post.objects.filter(pk=new.pk).update(html="kept")

    assert rerender() == "1 posts rendered again\n"
    old.refresh_from_db()
    assert old.html.strip() == "<p>Old.</p>"
    assert old.renderer_version == rendering.VERSION
    assert old.revisions.count() == 1
    assert Post.objects.get(pk=new.pk).html == "kept"


def test_all_of_them_if_that_is_wanted() -> None:
    write_post(body="Text.\n")
    Post.objects.update(html="stale")

    assert rerender(all=True) == "1 posts rendered again\n"
    assert Post.objects.get().html.strip() == "<p>Text.</p>"


def test_a_covers_caption_is_read_anew() -> None:
    write_post(cover={"image": "https://example.org/a.png", "caption": "A *cell*"})
    Post.objects.update(options={}, renderer_version=rendering.VERSION - 1)
    rerender()

    assert Post.objects.get().options == {"coverCaptionHtml": "A <em>cell</em>"}


def test_pictures_are_noted_anew_those_of_a_draft_only_where_one_waits() -> None:
    def picture(name: str) -> str:
        return f"![x](https://res.cloudinary.com/demo/image/upload/{name}.png)\n"

    post = write_post("posts/a.md", body=picture("live"))
    write_post("posts/b.md", body=picture("other"))
    writing.save_draft(post, projected("posts/a.md", body=picture("next")), origin=Revision.Origin.ADMIN)
    noted = sorted(ImageUse.objects.values_list("image__address", "post__path", "in_draft"))
    ImageUse.objects.all().delete()
    rerender(all=True)

    assert sorted(ImageUse.objects.values_list("image__address", "post__path", "in_draft")) == noted
    assert [(address.rpartition("/")[2], in_draft) for address, _, in_draft in noted] == [
        ("live.png", False),
        ("next.png", True),
        ("other.png", False),
    ]


def test_what_an_older_release_listed_of_a_lists_introduction_is_listed_no_more() -> None:
    write_post("posts/a.md", tags=["AI"])
    write_post("posts/_index.md", tags=["AI"], author="Mai")
    for rows in (TaggedPost.objects, AuthoredPost.objects):
        rows.update(public_from=LONG_AGO)

    rerender(all=True)
    assert list(TaggedPost.objects.live().values_list("content_object__path", flat=True)) == ["/posts/a/"]
    assert not AuthoredPost.objects.live().exists()
