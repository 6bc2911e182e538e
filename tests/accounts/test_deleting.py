"""Deleting an account: what is said before, and that nothing of it stands in the way."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from tests.support.admin import signed_in
from tests.support.people import give_password, person
from tests.support.writing import write_post

pytestmark = pytest.mark.django_db


def test_somebody_who_is_signed_in_and_has_written_can_be_deleted(client: Client) -> None:
    owner = person("root", is_superuser=True)
    mai = person("mai", "Authors")
    give_password(client, mai)
    post = write_post(by=mai, draft=True)
    page = signed_in(owner).get(f"/admin/accounts/user/{mai.pk}/delete/").content.decode()

    assert "Delete the account “mai”?" in page
    assert "inactive instead" in page
    assert "relationship" not in page
    assert signed_in(owner).post(f"/admin/accounts/user/{mai.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not User.objects.filter(username="mai").exists()
    assert post.revisions.get().author is None


def test_several_are_listed_by_their_names_alone(client: Client) -> None:
    owner = person("root", is_superuser=True)
    people = [person("mai", "Authors", first_name="Mai", last_name="Tran"), person("tom", "Editors")]
    give_password(client, people[0])
    chosen = {"action": "delete_selected", "_selected_action": [each.pk for each in people]}
    page = signed_in(owner).post("/admin/accounts/user/", chosen).content.decode()

    assert "Mai Tran" in page
    assert "relationship" not in page
    signed_in(owner).post("/admin/accounts/user/", chosen | {"post": "yes"})
    assert User.objects.get() == owner


def test_several_at_once_are_no_way_around_who_may_not_be_deleted() -> None:
    owner, mai = person("root", is_superuser=True), person("mai", "Authors")
    lan = person("lan", "Administrators")
    lan.user_permissions.add(Permission.objects.get(codename="delete_user"))

    for deleter, chosen in ((owner, [owner, mai]), (lan, [owner, mai]), (lan, [lan])):
        data = {"action": "delete_selected", "_selected_action": [each.pk for each in chosen], "post": "yes"}
        assert signed_in(deleter).post("/admin/accounts/user/", data).status_code == 403
    assert User.objects.count() == 3
    both = {"action": "delete_selected", "_selected_action": [owner.pk, mai.pk]}
    page = signed_in(lan).post("/admin/accounts/user/", both).content.decode()
    assert ("<li>root</li>" in page, "<li>mai</li>" in page) == (True, False)
    data = {"action": "delete_selected", "_selected_action": [mai.pk], "post": "yes"}
    signed_in(lan).post("/admin/accounts/user/", data)
    assert not User.objects.filter(username="mai").exists()
