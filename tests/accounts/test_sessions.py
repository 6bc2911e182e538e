"""Sessions: listed for their owner and for administrators, and ended."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone as clock
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts import devices
from accounts.models import SignIn, User
from audit.models import Entry
from tests.support.admin import signed_in
from tests.support.people import PASSWORD, give_password, person

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Safari/604.1"


def on(user: User, user_agent: str, address: str = "203.0.113.9") -> Client:
    """This person's browser, signed in from there."""
    client = Client(headers={"User-Agent": user_agent, "X-Forwarded-For": address})
    assert give_password(client, user).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


@pytest.mark.pure
@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (IPHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0.0.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.0", "Unknown device"),
        ("", "Unknown device"),
    ],
)
def test_a_device_has_the_name_that_its_owner_knows(user_agent: str, words: str) -> None:
    assert devices.described(user_agent) == words


@pytest.mark.pure
@given(st.text())
def test_whatever_a_browser_calls_itself_fits(user_agent: str) -> None:
    assert 0 < len(devices.described(user_agent)) <= 200


def test_people_see_their_sessions_and_end_one(mai: User) -> None:
    desk, phone = on(mai, FIREFOX), on(mai, IPHONE, "198.51.100.7")
    page = desk.get("/admin/account/").content.decode()
    assert "Firefox on Windows" in page
    assert "198.51.100.7" in page
    assert page.count("this browser") == 1
    assert page.index("Firefox on Windows") < page.index("this browser")

    sign_in = SignIn.objects.get(device="Safari on iPhone")
    assert desk.get(f"/admin/account/sessions/{sign_in.pk}/end/").status_code == 405
    told = desk.post(f"/admin/account/sessions/{sign_in.pk}/end/", follow=True)
    assert "The session is ended." in told.content.decode()
    assert is_in(desk)
    assert not is_in(phone)
    assert not phone.cookies["sessionid"].value
    assert Entry.objects.filter(action="person.session-ended", actor_name="mai", label="mai").exists()


def test_all_others_end_at_once(mai: User) -> None:
    desk, phone, tablet = (on(mai, FIREFOX) for _ in range(3))
    told = desk.post("/admin/account/sessions/end-others/", follow=True)
    assert "All other sessions are ended." in told.content.decode()

    assert [is_in(each) for each in (desk, phone, tablet)] == [True, False, False]


def test_nobody_ends_the_sessions_of_others_without_the_right_to(mai: User) -> None:
    desk, stranger = on(mai, FIREFOX), signed_in(person("tom", "Publishers"))
    sign_in = SignIn.objects.get(user=mai)

    assert stranger.post(f"/admin/account/sessions/{sign_in.pk}/end/").status_code == 404
    data = {"action": "end", "_selected_action": [sign_in.pk]}
    assert stranger.post("/admin/accounts/signin/", data).status_code == 403
    assert is_in(desk)


def test_an_administrator_ends_anyones(mai: User) -> None:
    desk, lan = on(mai, FIREFOX), signed_in(person("lan", "Administrators"))
    assert "Firefox on Windows" in lan.get("/admin/accounts/signin/").content.decode()

    data = {"action": "end", "_selected_action": [SignIn.objects.get(user=mai).pk]}
    assert "The sessions are ended." in lan.post("/admin/accounts/signin/", data, follow=True).content.decode()
    assert not is_in(desk)
    assert Entry.objects.filter(action="person.session-ended", actor_name="lan", label="mai").exists()


def test_logging_out_takes_the_session_from_the_list_and_no_other(mai: User) -> None:
    phone, _ = on(mai, IPHONE), on(mai, FIREFOX).post("/admin/logout/")

    assert [each.device for each in SignIn.objects.all()] == ["Safari on iPhone"]
    assert is_in(phone)


def test_signing_in_once_more_in_the_same_browser_is_the_same_session(mai: User) -> None:
    desk = on(mai, FIREFOX)
    give_password(desk, mai)

    assert SignIn.objects.count() == 1
    assert is_in(desk)


def test_a_new_password_ends_all_others_and_keeps_ones_own(mai: User) -> None:
    desk, phone = on(mai, FIREFOX), on(mai, IPHONE)
    new = "quite another password"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert desk.post("/admin/password_change/", data).status_code == 302

    assert is_in(desk)
    assert not is_in(phone)
    mai.refresh_from_db()
    assert [each.device for each in mai.sign_ins.open(at=clock.now())] == ["Firefox on Windows"]


def test_a_session_from_before_they_were_noted_goes_on(mai: User) -> None:
    client = signed_in(mai)
    session = client.session
    del session["sign_in"]
    session.save()
    SignIn.objects.all().delete()

    assert is_in(client)
    assert SignIn.objects.filter(user=mai).count() == 1


def test_being_seen_is_written_every_few_minutes_only(
    mai: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = on(mai, FIREFOX)
    client.get("/admin/jsi18n/")
    with django_assert_num_queries(3) as queries:  # the session, its person, its row
        client.get("/admin/jsi18n/")
    assert not any("UPDATE" in each["sql"] for each in queries.captured_queries)
    long_ago = clock.now() - timedelta(minutes=6)
    SignIn.objects.update(last_seen_at=long_ago)
    client.get("/admin/jsi18n/")

    assert SignIn.objects.get().last_seen_at > long_ago


def test_readers_pages_ask_for_no_session(mai: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = on(mai, FIREFOX)

    assert "Cookie" not in client.get("/contact/").headers.get("Vary", "")


def test_what_has_run_out_is_gone_at_the_next_sign_in(mai: User) -> None:
    on(mai, FIREFOX)
    SignIn.objects.update(last_seen_at=clock.now() - timedelta(days=15))
    assert not mai.sign_ins.open(at=clock.now())
    on(mai, IPHONE)

    assert [each.device for each in SignIn.objects.all()] == ["Safari on iPhone"]


def save(client: Client, user: User, **changed: str) -> None:
    """Sends the person's form with these fields in it and no other of its boxes ticked."""
    page = f"/admin/accounts/user/{user.pk}/change/"
    form: Any = client.get(page).context["adminform"].form
    kept = {name: value for name, value in form.initial.items() if name in {"username", "email"}}
    assert client.post(page, {**kept, "first_name": "", "last_name": "", **changed}).status_code == 302


def test_sessions_end_with_an_account_that_is_shut_and_do_not_come_back_with_it(mai: User) -> None:
    lan, desk = signed_in(person("lan", "Administrators")), on(mai, FIREFOX)
    save(lan, mai, is_staff="on")
    assert not SignIn.objects.filter(user=mai).exists()

    save(lan, mai, is_staff="on", is_active="on")
    assert User.objects.get(pk=mai.pk).is_active
    assert not is_in(desk)


def test_nobody_shuts_their_own_account() -> None:
    lan = person("lan", "Administrators")
    client = signed_in(lan)
    save(client, lan)
    client.post("/admin/accounts/user/", {"action": "delete_selected", "_selected_action": [lan.pk], "post": "yes"})
    assert client.post(f"/admin/accounts/user/{lan.pk}/delete/", {"post": "yes"}).status_code == 403

    lan.refresh_from_db()
    assert (lan.is_active, lan.is_staff) == (True, True)


def test_a_persons_page_leads_to_their_sessions(mai: User) -> None:
    lan = signed_in(person("lan", "Administrators"))
    on(mai, FIREFOX)
    on(person("maisie", "Editors"), IPHONE)
    page = f"/admin/accounts/signin/?user__id__exact={mai.pk}"

    assert page in lan.get(f"/admin/accounts/user/{mai.pk}/change/").content.decode()
    shown: Any = lan.get(page)
    assert [each.user for each in shown.context["cl"].result_list] == [mai]
    assert ">Show all<" in shown.content.decode()  # those of everybody
    assert ">Show all<" not in lan.get("/admin/accounts/signin/").content.decode()
