"""Pictures for a post's text: the address that the editor uploads them to."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from posts.images import find
from posts.models import Post
from tests.posts.images.pictures import drawing, encoded, exif
from tests.support.admin import member, signed_in
from tests.support.cloudinary import Cloudinary, Fault
from tests.support.writing import write_post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def address(post: Post | None = None) -> str:
    return reverse("admin:posts_post_upload_image", args=[post.pk] if post else [])


def sent(client: Client, url: str, data: BytesIO | None = None, name: str = "Market Map.jpg") -> Any:
    file = data or encoded(drawing())
    return client.post(url, {"picture": SimpleUploadedFile(name, file.getvalue())})


def test_a_picture_is_kept_and_its_address_given(editor: User) -> None:
    client = signed_in(editor)
    response = sent(client, address())

    assert response.status_code == 201
    answer = response.json()
    assert answer["url"].startswith("/media/images/market-map-")
    assert find(answer["url"]).size == (640, 360)
    for url in answer.values():
        served = client.get(url)
        assert served.status_code == 200
        served.close()


def test_what_is_kept_tells_neither_place_nor_maker(editor: User, tmp_path: Path) -> None:
    sent(signed_in(editor), address(), encoded(drawing(), exif=exif()))

    assert [b"TELLTALE" in path.read_bytes() for path in tmp_path.rglob("*.jpg")] == [False]


def test_with_cloudinary_it_is_kept_there(editor: User, stand_in: Cloudinary) -> None:
    answer = sent(signed_in(editor), address()).json()

    assert answer["url"].startswith("https://res.cloudinary.com/demo/image/upload/")
    assert "w_480" in answer["thumbnail"]
    assert len(stand_in.assets) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "No picture arrived."),
        (b"not a picture", "This is not a picture that every browser shows"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "This is an SVG drawing"),
        (b"GIF89a" + bytes(10 * 1024 * 1024), "The file is larger than 10 MB."),
    ],
)
def test_what_is_no_picture_is_refused_in_a_sentence(editor: User, data: bytes, said: str) -> None:
    response = sent(signed_in(editor), address(), BytesIO(data)) if data else signed_in(editor).post(address())

    assert response.status_code == 422
    assert response.json()["problem"].startswith(said)


def test_a_bomb_is_refused(editor: User) -> None:
    bomb = BytesIO()
    drawing(1, 1, "1").resize((20_000, 20_000)).save(bomb, "PNG")

    assert "more pixels than can be handled" in sent(signed_in(editor), address(), bomb, "bomb.png").json()["problem"]


def test_a_cloudinary_that_fails_is_said_in_our_words(editor: User, stand_in: Cloudinary) -> None:
    stand_in.fault = Fault.FAIL
    response = sent(signed_in(editor), address())

    assert response.status_code == 422
    assert response.json() == {"problem": "Cloudinary has a failure of its own. Try again in a few minutes."}


@pytest.mark.parametrize(
    ("group", "of_new", "of_own_draft", "of_live"),
    [
        ("Authors", 201, 201, 404),
        ("Editors", 201, 201, 201),
        ("Publishers", 201, 201, 201),
        ("Administrators", 403, 404, 404),
    ],
)
def test_who_may_save_the_post_may_upload(group: str, of_new: int, of_own_draft: int, of_live: int) -> None:
    user = member("someone", group)
    own, live = write_post("posts/own.md", draft=True), write_post("posts/live.md")
    Post.objects.filter(pk=own.pk).update(owner=user)
    client = signed_in(user)

    statuses = [sent(client, url).status_code for url in (address(), address(own), address(live))]
    assert statuses == [of_new, of_own_draft, of_live]


def test_authors_upload_nothing_to_their_post_that_readers_see() -> None:
    author = member("author", "Authors")
    live = write_post()
    Post.objects.filter(pk=live.pk).update(owner=author)

    assert sent(signed_in(author), address(live)).status_code == 403


def test_a_stranger_uploads_nothing(tmp_path: Path) -> None:
    response = sent(Client(), address())

    assert response.status_code == 302
    assert list(tmp_path.iterdir()) == []


def test_the_upload_asks_for_the_token_of_the_form(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    token = client.get("/admin/posts/post/add/").context["csrf_token"]
    picture = {"picture": SimpleUploadedFile("a.jpg", encoded(drawing()).getvalue())}

    assert client.post(address(), picture).status_code == 403
    picture["picture"].seek(0)
    assert client.post(address(), picture, headers={"X-CSRFToken": str(token)}).status_code == 201


def test_only_a_post_uploads(editor: User) -> None:
    assert signed_in(editor).get(address()).status_code == 405


def test_the_number_of_queries_is_that_of_the_sign_in_and_the_post(
    editor: User, django_assert_max_num_queries: Any
) -> None:
    post, client = write_post(), signed_in(editor)
    with django_assert_max_num_queries(18):
        sent(client, address(post))
