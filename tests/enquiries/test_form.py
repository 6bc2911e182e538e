"""The enquiry form as visitors meet it, and what is stored of what they send."""

import json
from datetime import timedelta
from typing import Any

import html5lib
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone as clock
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from enquiries.form_token import FormToken
from enquiries.models import MESSAGE_CHARACTERS, ConsentText, Enquiry, consent_version
from tests.support.enquiries import ANSWERS, filled, send, store
from tests.support.writing import write_post

pytestmark = pytest.mark.django_db


def refused(response: Any) -> str:
    """The page of a form that was not taken; all that was typed is in it still."""
    assert response.status_code in {200, 413, 429}
    assert not Enquiry.objects.exists()
    return str(response.content.decode())


def inputs(page: str) -> dict[str, str]:
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return {element.get("name"): element.get("value") for element in tree.iter("input")}


def assert_kept(page: str) -> None:
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    values = inputs(page)
    assert {name: values[name] for name in ("name", "email", "company", "role", "country")} == {
        name: ANSWERS[name] for name in ("name", "email", "company", "role", "country")
    }
    (message,) = tree.iter("textarea")
    assert (message.text or "").strip() == ANSWERS["message"].replace("\r\n", "\n")
    assert [option.get("value") for option in tree.iter("option") if "selected" in option.attrib] == ["programme"]


def test_an_enquiry_is_stored_with_the_consent_that_was_seen(client: Client) -> None:
    seen = client.get("/contact/").context["form"].fields["consent"].label
    response = send(client)

    assert (response.status_code, response["Location"]) == (302, "/contact/thanks/")
    enquiry = Enquiry.objects.get()
    assert (enquiry.name, enquiry.email, enquiry.status) == ("Trần Thị Mai", "mai@pharma.example", "new")
    assert enquiry.message == "We plan a launch.\n\nCan you help?"
    assert enquiry.consent_text == seen
    assert settings.CONTACT_EMAIL in seen
    assert enquiry.consent_version == consent_version(seen)
    assert "has arrived" in client.get(response["Location"]).content.decode()


def test_no_page_of_it_sets_a_cookie_or_may_be_kept_by_a_cache(client: Client) -> None:
    responses = [client.get("/contact/"), send(client, {}), send(client), client.get("/contact/thanks/")]

    for response in responses:
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert "no-store" in response["Cache-Control"]
    assert not client.cookies


def test_it_is_taken_without_any_csrf_token() -> None:
    assert send(Client(enforce_csrf_checks=True)).status_code == 302


def test_a_document_at_its_path_gives_title_and_introduction(client: Client) -> None:
    write_post("contact.md", title="Write to us", body="We *answer*.\n")
    page = client.get("/contact/").content.decode()

    assert "<h1>Write to us</h1>" in page
    assert "We answer." in page
    assert "Pharma &amp; Sons" in send(client, filled(email="")).content.decode()


def test_the_article_that_led_here_is_shown_and_stored(client: Client) -> None:
    write_post("posts/a.md", title="R&D, explained")
    page = client.get("/posts/a/").content.decode()
    assert 'href="/contact/?from=/posts/a/"' in page

    form = client.get("/contact/?from=/posts/a/")
    assert "R&amp;D, explained" in form.content.decode()
    response = send(client, filled() | {"from": "/posts/a/"})
    enquiry = Enquiry.objects.get()
    assert (enquiry.origin_path, enquiry.origin_title) == ("/posts/a/", "R&D, explained")
    assert 'href="/posts/a/"' in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    "origin",
    [
        "/nowhere/",
        "/posts/",
        "//evil.example/",
        "https://evil.example/",
        "/posts/a",
        "/posts/draft/",
        "\x00",
        "'\"><b>",
    ],
)
def test_an_origin_that_is_no_live_article_is_ignored(client: Client, origin: str) -> None:
    write_post("posts/a.md")
    write_post("posts/draft.md", draft=True)
    write_post("posts/_index.md")

    assert client.get("/contact/", {"from": origin}).context["article"] is None
    send(client, filled() | {"from": origin})
    assert Enquiry.objects.get().origin_path == ""
    assert client.get("/contact/thanks/", {"from": origin}).status_code == 200


@pytest.mark.parametrize("field", ["name", "email", "company", "country", "interest", "message", "consent"])
def test_a_missing_answer_is_named_where_it_is_missing_and_at_the_top(client: Client, field: str) -> None:
    data = filled()
    del data[field]
    tree = html5lib.parse(refused(send(client, data)), namespaceHTMLElements=False)

    (control,) = [element for element in tree.iter() if element.get("name") == field]
    assert control.get("aria-invalid") == "true"
    described = (control.get("aria-describedby") or "").split()
    (error,) = [e for e in tree.iter("ul") if e.get("id") in described]
    (summary,) = [e for e in tree.iter("section") if "autofocus" in e.attrib]
    assert summary.get("tabindex") == "-1"
    (link,) = summary.iter("a")
    assert link.get("href") == f"#{control.get('id')}"
    assert "".join(link.itertext()) == "".join(error.itertext()).strip()


def test_nothing_that_was_typed_is_lost_over_an_error(client: Client) -> None:
    data = filled()
    del data["consent"]
    page = refused(send(client, data))

    assert_kept(page)
    # The same form, signed anew, so that it is one enquiry in the end.
    assert FormToken.read(inputs(page)["token"]) == FormToken.read(data["token"])


def test_a_form_in_another_language_is_stored_with_it_and_with_the_consent_in_it(client: Client) -> None:
    consent = "Tôi đồng ý."
    ConsentText.objects.create(language="vi", text=consent)
    assert consent in client.get("/vi/contact/").content.decode()
    token = FormToken.issue(consent_version(consent), clock.now() - timedelta(minutes=1))

    assert client.post("/vi/contact/", filled(token=str(token)))["Location"] == "/vi/contact/thanks/"
    enquiry = Enquiry.objects.get()
    assert (enquiry.language, enquiry.consent_text) == ("vi", consent)


def test_a_mistake_in_a_form_that_is_too_old_is_named_and_the_form_is_new(client: Client) -> None:
    response = send(client, filled(age=timedelta(days=3), email="mai@"))
    page = refused(response)

    assert "open for a long time" in page
    assert "no complete e-mail address" in page
    assert send(client, filled(token=inputs(page)["token"])).status_code == 200  # sent at once
    assert "<title>Please check: " in refused(send(client, filled(email="mai@")))


def test_sent_twice_it_is_one_enquiry(client: Client, mailoutbox: list[Any]) -> None:
    data = filled()

    assert [send(client, data)["Location"] for _ in range(3)] == ["/contact/thanks/"] * 3
    assert Enquiry.objects.count() == 1
    assert len(mailoutbox) == 1


def test_what_cannot_be_stored_is_not_taken_for_one_that_is(client: Client) -> None:
    send(client)

    with pytest.raises(IntegrityError):
        store(status="lost")


def test_changed_and_sent_from_the_same_form_it_is_another_enquiry(client: Client) -> None:
    data = filled()
    send(client, data)
    send(client, data | {"message": "I forgot: when?"})

    assert Enquiry.objects.count() == 2


def test_a_form_that_was_open_for_long_asks_to_be_sent_again_with_everything_kept(client: Client) -> None:
    response = send(client, filled(age=timedelta(days=3)))
    page = refused(response)

    assert "open for a long time" in page
    assert "<title>Please check: " in page
    assert_kept(page)
    assert 'name="consent"' in page
    assert "checked" in page
    fresh = FormToken.read(str(response.context["token"]))
    assert fresh is not None
    assert fresh.age(clock.now()) < timedelta(minutes=1)


@pytest.mark.parametrize("token", ["", "forged", "a:b:c", "é:\x00", "W10:1tF:x" * 1000])
def test_a_form_that_is_not_ours_asks_for_consent_and_to_be_sent_again(client: Client, token: str) -> None:
    page = refused(send(client, filled(token=token)))

    assert_kept(page)
    assert "checked" not in page


def test_a_form_sent_at_once_asks_to_be_sent_again_and_keeps_its_token(client: Client) -> None:
    data = filled(age=timedelta())
    page = refused(send(client, data))

    assert "That was quick" in page
    assert_kept(page)
    assert FormToken.read(inputs(page)["token"]) == FormToken.read(data["token"])


def test_the_trap_asks_to_send_again_so_that_no_person_is_lost(client: Client) -> None:
    page = refused(send(client, filled(homepage="https://spam.example/")))

    assert "hidden field" in page
    assert_kept(page)
    assert "spam.example" not in page


def test_new_words_of_consent_have_to_be_agreed_to(client: Client) -> None:
    data = filled()
    ConsentText.objects.create(language="vi", text="Tôi đồng ý.")
    ConsentText.objects.create(language="en", text="I agree to <b>all</b> of it.")
    page = refused(send(client, data))

    assert "I agree to &lt;b&gt;all&lt;/b&gt; of it." in page
    assert "worded anew" in page
    assert "checked" not in page
    send(client)
    assert Enquiry.objects.get().consent_text == "I agree to <b>all</b> of it."


def test_only_so_many_come_from_one_address_in_an_hour(client: Client) -> None:
    first = filled()
    for each in (first, *(filled() for _ in range(9))):
        send(client, each)
    one_more = send(client)

    assert Enquiry.objects.count() == 10
    assert one_more.status_code == 429
    assert send(client, first).status_code == 302  # it is there already
    assert_kept(one_more.content.decode())
    assert f"mailto:{settings.CONTACT_EMAIL}" in one_more.content.decode()
    # The test's client is on loopback, which is where a proxy may be.
    assert send(client, forwarded_for="203.0.113.9").status_code == 302
    assert send(client, forwarded_for="203.0.113.9, 127.0.0.1").status_code == 302


def test_errors_do_not_count_against_a_person(client: Client) -> None:
    for _ in range(30):
        send(client, filled(email="mai@"))

    assert send(client).status_code == 302


def test_a_message_longer_than_it_may_be_is_kept_and_named(client: Client) -> None:
    page = refused(send(client, filled(message="a" * (MESSAGE_CHARACTERS + 1))))

    assert "at most 5000 characters" in page
    assert "a" * (MESSAGE_CHARACTERS + 1) in page


def test_line_ends_count_once_as_browsers_count_them(client: Client) -> None:
    send(client, filled(message="a\r\n" * (MESSAGE_CHARACTERS // 2 - 1) + "b"))

    assert Enquiry.objects.get().message.count("\n") == MESSAGE_CHARACTERS // 2 - 1


def test_ten_megabytes_are_refused_politely(client: Client) -> None:
    response = send(client, filled(message="a" * 10_000_000))

    assert response.status_code == 413
    assert "far too long" in refused(response)


@pytest.mark.parametrize("field", ["name", "email", "company", "role", "country"])
def test_every_field_has_a_limit(client: Client, field: str) -> None:
    refused(send(client, filled() | {field: f"{'a' * 300}@x.example"}))


def test_lines_and_marks_that_would_mislead_are_taken_out(client: Client) -> None:
    name = "\u202eMai\r\nBcc: all@example.com\x00\u2028مرحبا 👩‍🔬"  # the emoji is held together by a joiner
    send(client, filled(name=name, message="A\x00B\r\n\tשלום"))

    enquiry = Enquiry.objects.get()
    assert enquiry.name == "Mai Bcc: all@example.com مرحبا 👩‍🔬"
    assert enquiry.message == "AB\n\tשלום"


def test_other_methods_are_refused(client: Client) -> None:
    assert client.delete("/contact/").status_code == 405
    assert client.get("/contact").headers["Location"] == "/contact/"


class HostileInputTest(TestCase):
    """Whatever is sent, the answer is a page or a stored enquiry whose fields are within their limits."""

    @given(
        st.dictionaries(st.sampled_from([*ANSWERS, "token", "homepage"]), st.text()),
        st.text(max_size=300),
    )
    def test_no_input_is_an_error_of_ours(self, changed: dict[str, str], origin: str) -> None:
        cache.clear()  # each example is another person's
        response = Client().post("/contact/", filled() | {"from": origin} | changed)

        assert response.status_code in {200, 302}
        for enquiry in Enquiry.objects.all():
            enquiry.full_clean(exclude=["handler"])
            assert "\n" not in enquiry.name + enquiry.company + enquiry.role + enquiry.country
            assert json.dumps(enquiry.message)
