"""What the server keeps of a form that is being filled in, who sees it, and when it goes."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.management import call_command
from django.test import Client
from django.utils import timezone as clock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.models import SignIn, User
from audit.models import Entry
from posts.models import Autosave, Post, Revision, SiteState
from tests.support.admin import ADD, change_url, filled, member, save, signed_in
from tests.support.writing import rewrite_post, write_post

pytestmark = pytest.mark.django_db

AUTOSAVE = "/admin/posts/post/autosave/"
BANNER = "You have text that was not saved"


@pytest.fixture
def post() -> Post:
    return write_post(body="Take one tablet.\n")


class Form:
    """A form that somebody has open, as a browser holds it."""

    def __init__(self, client: Client, url: str) -> None:
        page = client.get(url)
        self.client, self.url = client, url
        self.html = page.content.decode()
        self.autosaving = page.context["autosaving"]
        self.fields = filled(client, url) | {"form": str(self.autosaving.key)}
        self.post = str(page.context["original"].pk) if page.context.get("original") else ""

    def type(self, **changed: Any) -> "Form":
        self.fields |= changed
        return self

    def autosave(self, **more: Any) -> Any:
        return self.client.post(AUTOSAVE, self.fields | {"post": self.post} | more)

    def save(self, press: str = "save") -> Any:
        return self.client.post(self.url, self.fields | {"intent": press})

    @property
    def restore_url(self) -> str:
        return f"{self.url.partition('?')[0]}?restore={self.autosaving.offer.autosave.form}"


def test_it_is_kept_offered_and_restored_whether_or_not_it_could_be_saved(editor: User, post: Post) -> None:
    client = signed_in(editor)
    broken = {"title": "", "body": "{{< broken\r\n", "date": "2024-02-30", "medical": "on"}
    Form(client, change_url(post)).type(**broken).autosave()
    form = Form(client, change_url(post))
    assert BANNER in form.html
    labels = {each.label for each in form.autosaving.offer.differences}
    assert labels == {"Title", "Date", "Body", "Medical content"}

    restored = client.get(form.restore_url).context["adminform"].form
    shown = {name: restored[name].value() for name in broken}
    assert shown == {"title": "", "body": "{{< broken\n", "date": "2024-02-30", "medical": "on"}


def test_a_form_in_which_nothing_is_typed_leaves_nothing_to_be_restored(editor: User) -> None:
    client = signed_in(editor)
    form = Form(client, ADD)
    assert form.save().status_code == 200
    assert not Autosave.objects.exists()

    form.type(body="Take one tablet.").save()
    assert Autosave.objects.exists()
    form.type(body="").save()
    assert not Autosave.objects.exists()
    assert BANNER not in client.get(ADD).content.decode()


def test_it_reaches_nobody_else_and_nothing_else(editor: User, post: Post, client: Client) -> None:
    form, tom = Form(signed_in(editor), change_url(post)), signed_in(member("tom", "Editors"))

    def stored() -> list[Any]:
        generation = SiteState.objects.get().generation
        return [client.get(post.path).content, generation, Entry.objects.count(), Revision.objects.count()]

    before = stored()
    form.type(body="Take two tablets.").autosave()

    assert stored() == before
    assert BANNER not in Form(tom, change_url(post)).html


def test_an_export_writes_what_was_saved(editor: User, post: Post, tmp_path: Any) -> None:
    Form(signed_in(editor), change_url(post)).type(body="Take two tablets.").autosave()
    call_command("export_markdown", str(tmp_path))
    assert "Take one tablet." in (tmp_path / "posts" / "a.md").read_text()


def test_one_form_keeps_one_text_and_two_forms_two(editor: User, post: Post) -> None:
    client = signed_in(editor)
    first, second = Form(client, change_url(post)), Form(client, change_url(post))
    first.type(body="Take two tablets.").autosave()
    first.type(body="Take three tablets.").autosave()
    second.type(body="Take four tablets.").autosave()

    assert {each.fields["body"] for each in Autosave.objects.of(editor)} == {
        "Take three tablets.",
        "Take four tablets.",
    }


def test_a_save_takes_it_away(editor: User, post: Post) -> None:
    client = signed_in(editor)
    form = Form(client, change_url(post)).type(body="Take two tablets.")
    form.autosave()
    assert form.save().status_code == 302

    assert not Autosave.objects.exists()
    assert BANNER not in Form(client, change_url(post)).html


def test_ones_own_autosave_is_no_conflict_and_anothers_save_is_one(editor: User, post: Post) -> None:
    form = Form(signed_in(editor), change_url(post)).type(body="Take two tablets.")
    told = form.autosave().json()
    assert "has saved this post" not in told["company"]
    Form(signed_in(member("tom", "Editors")), change_url(post)).type(body="Take three tablets.").save()

    told = form.type(body="Take four tablets.").autosave().json()
    assert "tom has saved this post since you opened it" in told["company"]
    assert "Two versions of this post" in form.save().content.decode()


def test_what_is_restored_is_saved_over_the_revision_it_was_typed_into(editor: User, post: Post) -> None:
    client = signed_in(editor)
    Form(client, change_url(post)).type(body="Take two tablets.").autosave()
    rewrite_post(post, body="Take three tablets.\n")
    offered = Form(client, change_url(post))
    assert "before the post was last saved" in offered.html
    restored = Form(client, offered.restore_url)

    assert "Two versions of this post" in restored.save().content.decode()


def test_restoring_moves_it_to_the_new_form(editor: User, post: Post) -> None:
    client = signed_in(editor)
    Form(client, change_url(post)).type(body="Take two tablets.").autosave()
    old = Autosave.objects.get().form
    restored = Form(client, Form(client, change_url(post)).restore_url)
    restored.type(body="Take three tablets.").autosave(restored=str(old))
    assert Autosave.objects.get().fields["body"] == "Take three tablets."

    restored.save()
    assert not Autosave.objects.exists()


def test_a_new_post_is_offered_where_posts_are_added(editor: User) -> None:
    client = signed_in(editor)
    Form(client, ADD).type(title="Begun").autosave()
    form = Form(client, ADD)
    assert [each.label for each in form.autosaving.offer.differences] == ["Title"]
    assert client.get(form.restore_url).context["adminform"].form["title"].value() == "Begun"
    assert Autosave.objects.of(editor).get().title == "Begun"

    form.type(title="Begun", restored=str(Autosave.objects.get().form)).save()
    assert not Autosave.objects.exists()


def test_a_form_that_comes_back_with_errors_is_kept(editor: User, post: Post) -> None:
    client = signed_in(editor)
    Form(client, change_url(post)).type(title="", body="Take two tablets.").save()
    assert Autosave.objects.get().fields["body"] == "Take two tablets."


def test_discarding_is_for_ones_own(editor: User, post: Post) -> None:
    client = signed_in(editor)
    Form(client, change_url(post)).type(body="Take two tablets.").autosave()
    discard = f"/admin/posts/post/autosave/{Autosave.objects.get().form}/discard/"
    assert signed_in(member("tom", "Editors")).post(discard).status_code == 404
    assert client.get(discard).status_code == 405

    assert client.post(discard).headers["Location"] == change_url(post)
    assert not Autosave.objects.exists()


def test_discarding_mine_for_theirs_offers_it_no_more(editor: User, post: Post) -> None:
    client = signed_in(editor)
    form = Form(client, change_url(post)).type(body="Take two tablets.")
    rewrite_post(post, body="Take three tablets.\n")
    discard = f"/admin/posts/post/autosave/{form.autosaving.key.form}/discard/"
    assert discard in form.save().content.decode()
    client.post(discard)

    assert BANNER not in Form(client, change_url(post)).html


def test_ones_own_is_told_of_beside_the_revisions(editor: User, post: Post) -> None:
    Form(signed_in(editor), change_url(post)).type(body="Take two tablets.").autosave()
    url = f"/admin/posts/post/{post.pk}/revisions/"
    assert "Autosaved as you typed" in signed_in(editor).get(url).content.decode()
    assert "Autosaved as you typed" not in signed_in(member("tom", "Editors")).get(url).content.decode()


def test_nobody_restores_what_another_typed(editor: User, post: Post) -> None:
    Form(signed_in(editor), change_url(post)).type(body="Take two tablets.").autosave()
    url = f"{change_url(post)}?restore={Autosave.objects.get().form}"
    form = signed_in(member("tom", "Editors")).get(url).context["adminform"].form

    assert form["body"].value() == "Take one tablet."


def test_a_form_that_another_opened_is_not_kept(editor: User, post: Post) -> None:
    form = Form(signed_in(editor), change_url(post)).type(body="Take two tablets.")
    tom = member("tom", "Editors")
    form.client = signed_in(tom)

    assert form.autosave().json()["user"] == tom.pk
    assert form.autosave(form="forged").status_code == 400
    assert not Autosave.objects.exists()


def test_whoever_may_not_change_the_post_keeps_nothing(editor: User, post: Post) -> None:
    form = Form(signed_in(editor), change_url(post))
    stranger = User.objects.create_user("stranger", is_staff=True)
    for person, post_pk, status in (
        (member("author", "Authors"), post.pk, 404),
        (stranger, post.pk, 403),
        (stranger, "", 403),
        (stranger, 999, 403),
    ):
        form.client = signed_in(person)
        assert form.autosave(post=post_pk).status_code in {status, 404}
    assert not Autosave.objects.exists()


def test_a_session_that_ended_is_told_from_one_that_goes_on(editor: User, post: Post) -> None:
    client = signed_in(editor)
    assert client.get(AUTOSAVE).json() == {"user": editor.pk, "company": ""}
    SignIn.objects.all().delete()
    assert client.get(AUTOSAVE).status_code == 302


def test_what_is_sent_after_the_session_ended_is_offered_after_signing_in(editor: User, post: Post) -> None:
    form = Form(signed_in(editor), change_url(post)).type(body="Take two tablets.")
    SignIn.objects.all().delete()
    assert form.save(press="publish").headers["Location"].startswith("/admin/login/?next=/admin/posts/post/")

    again = Form(signed_in(editor), change_url(post))
    assert BANNER in again.html
    assert again.autosaving.offer.autosave.fields["body"] == "Take two tablets."
    assert Revision.objects.count() == 1


def test_a_stranger_keeps_nothing_in_anybodys_name(editor: User, post: Post) -> None:
    form = Form(signed_in(editor), change_url(post)).type(body="Take two tablets.")
    form.client = Client()
    form.type(form="forged").save()
    form.type(form=signing.dumps([form.autosaving.key.form.hex, 999], salt="posts.form")).save()
    editor.is_active = False
    editor.save()
    form.type(form=str(form.autosaving.key)).save()

    assert not Autosave.objects.exists()


def test_old_ones_and_too_many_go(editor: User, post: Post) -> None:
    client = signed_in(editor)
    Form(client, change_url(post)).autosave()
    Autosave.objects.update(typed_at=clock.now() - timedelta(days=31))
    for n in range(Autosave.MOST + 1):
        Form(client, ADD).type(title=str(n)).autosave()

    assert [each.title for each in Autosave.objects.of(editor)] == [str(n) for n in range(Autosave.MOST, 0, -1)]


def delete(client: Client, post: Post, **sent: Any) -> Any:
    return client.post(f"/admin/posts/post/{post.pk}/delete/", {"post": "yes"} | sent)


def test_ones_own_goes_with_the_post_that_one_deletes_and_that_of_others_is_theirs(editor: User) -> None:
    post = write_post(draft=True)
    tom = signed_in(member("tom", "Editors"))
    for client, title in ((signed_in(editor), "Mine"), (tom, "Theirs")):
        Form(client, change_url(post)).type(title=title).autosave()
    delete(signed_in(editor), post)

    assert [each.title for each in Autosave.objects.all()] == ["Theirs"]
    assert "Theirs" in Form(tom, ADD).html


def test_who_saves_a_post_that_is_gone_finds_the_text_in_the_form_of_a_new_one(editor: User) -> None:
    post = write_post(draft=True)
    tom = signed_in(member("tom", "Editors"))
    form = Form(tom, change_url(post)).type(title="Theirs", body="Take two tablets.")
    delete(signed_in(editor), post)
    page = tom.get(form.save(press="publish").headers["Location"])

    assert "The post was deleted while you wrote." in page.content.decode()
    shown = page.context["adminform"].form
    assert (shown["title"].value(), shown["body"].value()) == ("Theirs", "Take two tablets.")
    assert not Post.objects.exists()

    Form(tom, page.wsgi_request.get_full_path()).type(restored=str(form.autosaving.key.form)).save()
    assert Post.objects.get().title == "Theirs"
    assert not Autosave.objects.exists()


def test_who_writes_into_a_post_that_is_gone_is_told_and_the_text_is_kept(editor: User) -> None:
    post = write_post(draft=True)
    tom = signed_in(member("tom", "Editors"))
    form = Form(tom, change_url(post))
    delete(signed_in(editor), post)
    answer = form.type(title="Theirs").autosave()

    assert "This post has been deleted since you opened it." in answer.json()["company"]
    assert Autosave.objects.get().post is None
    assert "Theirs" in Form(tom, ADD).html


def test_a_post_that_was_saved_meanwhile_is_not_deleted(editor: User) -> None:
    post = write_post(draft=True)
    client, tom = signed_in(editor), signed_in(member("tom", "Editors"))
    form = Form(tom, change_url(post))
    asking = client.get(f"/admin/posts/post/{post.pk}/delete/")
    assert "tom opened this post in the last ten minutes." in asking.content.decode()
    form.type(title="Theirs").save()
    asked_anew = delete(client, post, revision=asking.context["object"].latest_revision_id)

    page = client.get(asked_anew.headers["Location"])
    assert "Not deleted: the post has been saved since you opened this page." in page.content.decode()
    assert Post.objects.get().title == "Theirs"
    delete(client, post, revision=page.context["object"].latest_revision_id)
    assert not Post.objects.exists()


def test_what_was_typed_a_while_ago_says_so(editor: User, post: Post) -> None:
    Form(signed_in(editor), change_url(post)).type(title="Other").autosave(age="3600")
    age = clock.now() - Autosave.objects.get().typed_at
    assert timedelta(minutes=59) < age < timedelta(minutes=61)


@pytest.mark.parametrize("revisions", [1, 20])
def test_an_autosave_costs_the_same_however_much_there_is(
    editor: User, post: Post, revisions: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(editor)
    for n in range(revisions):
        save(client, change_url(post), press="save", title=f"Title {n}")
        Form(client, ADD).type(title=str(n)).autosave()
    form = Form(client, change_url(post)).type(body="Take two tablets.")
    form.autosave()
    with django_assert_num_queries(13):
        form.autosave()


HOSTILE = st.text() | st.sampled_from(["9" * 5000, "\0", "0" * 32, "²"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.dictionaries(
        st.sampled_from(["post", "base", "age", "restored", "form", "title", "body", "date", "tags"]), HOSTILE
    )
)
def test_whatever_is_sent_is_kept_or_refused_and_can_be_offered(editor: User, post: Post, data: dict[str, str]) -> None:
    form = Form(signed_in(editor), change_url(post))
    response = form.client.post(AUTOSAVE, {"form": str(form.autosaving.key), "post": form.post} | data)

    assert response.status_code in {200, 400, 403, 404}
    assert form.client.get(change_url(post)).status_code == 200
    assert form.client.get(ADD).status_code == 200
    for autosave in Autosave.objects.of(editor):
        assert form.client.get(f"{autosave.get_absolute_url()}?restore={autosave.form}").status_code == 200
