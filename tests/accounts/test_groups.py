"""Who may do what: each group of people, each thing that can be done in the admin."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from accounts.models import SignIn, User
from audit.models import Event, record
from posts.models import Image, Post, Redirect, Tag
from tests.support.admin import signed_in
from tests.support.people import person
from tests.support.writing import write_post

pytestmark = pytest.mark.django_db

ROLES = ["Nobody", "Authors", "Editors", "Publishers", "Administrators", "Superuser"]

Act = Callable[[Client, "Site"], Any]


class Site:
    """Something of each kind, to do things to."""

    def __init__(self, actor: User) -> None:
        self.actor, self.colleague = actor, person("tom", "Editors")
        self.root = person("root", is_superuser=True)
        self.own_draft, self.others_draft, self.live = (
            write_post(f"posts/{name}.md", title=name, draft=draft, tags=["AI"])
            for name, draft in {"own": True, "others": True, "live": False}.items()
        )
        Post.objects.filter(pk=self.own_draft.pk).update(owner=actor)
        self.tag = Tag.objects.get()
        self.unused_tag = Tag.objects.create(name="Unused", slug="unused")
        self.image = Image.objects.create(address="/media/x.png", storage=Image.Storage.ELSEWHERE)
        self.redirect = Redirect.objects.create(old_path="/old/", target_path="/new/", origin=Redirect.Origin.WRITTEN)
        self.group = Group.objects.get(name="Editors")
        record([Event("a")], by=None)
        self.session = SignIn.objects.get_or_create(
            user=self.colleague,
            defaults={"device": "x", "signed_in_at": "2024-01-01T00:00Z", "last_seen_at": "2024-01-01T00:00Z"},
        )[0]


def opens(path: str) -> Act:
    """The page is there."""
    return lambda client, site: client.get(path.format(site=site)).status_code == 200


def can_save(path: str) -> Act:
    """The page has a button that saves."""

    def act(client: Client, site: Site) -> bool:
        response = client.get(path.format(site=site))
        page = response.content.decode()
        return response.status_code == 200 and ('name="_save"' in page or 'name="intent"' in page)

    return act


def may_publish(client: Client, site: Site) -> bool:
    response = client.get("/admin/posts/post/add/")
    return response.status_code == 200 and "publish" in {each.intent for each in response.context["buttons"]}


def merges_tags(client: Client, site: Site) -> bool:
    chosen = [site.tag.pk, site.unused_tag.pk]
    response = client.post("/admin/posts/tag/", {"action": "merge", "_selected_action": chosen})
    return response.status_code == 200 and "Which of them stays?" in response.content.decode()


def uploads_images(client: Client, site: Site) -> bool:
    """Without a file nothing is stored; whoever may upload is told so."""
    response = client.post("/admin/posts/image/upload/", headers={"Accept": "application/json"})
    return response.status_code == 200 and "errors" in response.json()


def offers(action: str) -> Act:
    """The list of posts has this action."""
    return lambda client, site: f'<option value="{action}">' in client.get("/admin/posts/post/").content.decode()


def ends_sessions(client: Client, site: Site) -> bool:
    client.post("/admin/accounts/signin/", {"action": "end", "_selected_action": [site.session.pk]})
    page = client.get("/admin/accounts/signin/")
    return page.status_code == 200 and "End the chosen sessions" in page.content.decode()


def makes_superusers(client: Client, site: Site) -> bool:
    data = {"username": "tom", "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    dates = {"date_joined_0": "2024-01-01", "date_joined_1": "10:00:00"}
    client.post(f"/admin/accounts/user/{site.colleague.pk}/change/", data | dates)
    return User.objects.get(pk=site.colleague.pk).is_superuser


# Which roles may; in the order of ROLES.
TABLE: dict[str, tuple[Act, str]] = {
    "opens the desk": (opens("/admin/"), "YYYYYY"),
    "searches everything": (opens("/admin/find/?q=a"), "YYYYYY"),
    "sees their account": (opens("/admin/account/"), "YYYYYY"),
    "sees posts": (opens("/admin/posts/post/"), "-YYY-Y"),
    "sees the calendar": (opens("/admin/posts/post/calendar/"), "-YYY-Y"),
    "moves their own draft": (opens("/admin/posts/post/{site.own_draft.pk}/move/"), "-YYY-Y"),
    "moves what is live": (opens("/admin/posts/post/{site.live.pk}/move/"), "--YY-Y"),
    "tags several at once": (offers("add_tag"), "-YYY-Y"),
    "publishes several at once": (offers("publish"), "--YY-Y"),
    "begins a post": (can_save("/admin/posts/post/add/"), "-YYY-Y"),
    "changes their own draft": (can_save("/admin/posts/post/{site.own_draft.pk}/change/"), "-YYY-Y"),
    "changes others' drafts": (can_save("/admin/posts/post/{site.others_draft.pk}/change/"), "--YY-Y"),
    "changes what is live": (can_save("/admin/posts/post/{site.live.pk}/change/"), "--YY-Y"),
    "publishes": (may_publish, "--YY-Y"),
    "deletes drafts": (opens("/admin/posts/post/{site.others_draft.pk}/delete/"), "--YY-Y"),
    "deletes what is live": (opens("/admin/posts/post/{site.live.pk}/delete/"), "------"),
    "sees tags": (opens("/admin/posts/tag/"), "-YYY-Y"),
    "renames tags": (can_save("/admin/posts/tag/{site.tag.pk}/change/"), "--YY-Y"),
    "deletes unused tags": (opens("/admin/posts/tag/{site.unused_tag.pk}/delete/"), "--YY-Y"),
    "merges tags": (merges_tags, "--YY-Y"),
    "sees images": (opens("/admin/posts/image/"), "-YYY-Y"),
    "chooses images": (opens("/admin/posts/image/choose/"), "-YYY-Y"),
    "uploads images": (uploads_images, "-YYY-Y"),
    "says what an image is": (can_save("/admin/posts/image/{site.image.pk}/change/"), "--YY-Y"),
    "deletes unused images": (opens("/admin/posts/image/{site.image.pk}/delete/"), "--YY-Y"),
    "sees redirects": (opens("/admin/posts/redirect/"), "--YY-Y"),
    "writes redirects": (can_save("/admin/posts/redirect/add/"), "--YY-Y"),
    "changes redirects": (can_save("/admin/posts/redirect/{site.redirect.pk}/change/"), "--YY-Y"),
    "imports redirects": (opens("/admin/posts/redirect/import/"), "--YY-Y"),
    "exports redirects": (opens("/admin/posts/redirect/export/"), "--YY-Y"),
    "writes of authors": (can_save("/admin/posts/author/add/"), "--YY-Y"),
    "reads the audit trail": (opens("/admin/audit/entry/"), "---YYY"),
    "sees people": (opens("/admin/accounts/user/"), "----YY"),
    "invites": (can_save("/admin/accounts/user/add/"), "----YY"),
    "changes people": (can_save("/admin/accounts/user/{site.colleague.pk}/change/"), "----YY"),
    "sets somebody's password": (opens("/admin/accounts/user/{site.colleague.pk}/password/"), "----YY"),
    "deletes people": (opens("/admin/accounts/user/{site.colleague.pk}/delete/"), "-----Y"),
    "changes a superuser": (can_save("/admin/accounts/user/{site.root.pk}/change/"), "-----Y"),
    "sets a superuser's password": (opens("/admin/accounts/user/{site.root.pk}/password/"), "-----Y"),
    "makes superusers": (makes_superusers, "-----Y"),
    "sees groups": (opens("/admin/auth/group/"), "----YY"),
    "changes groups": (can_save("/admin/auth/group/{site.group.pk}/change/"), "-----Y"),
    "ends sessions of others": (ends_sessions, "----YY"),
    "names the site": (can_save("/admin/posts/sitesettings/1/change/"), "--YYYY"),
    "words the consent": (can_save("/admin/enquiries/consenttext/add/"), "----YY"),
    "reads enquiries": (opens("/admin/enquiries/enquiry/"), "-----Y"),
}


@pytest.mark.parametrize("role", ROLES)
def test_each_group_may_do_what_its_name_promises_and_no_more(role: str) -> None:
    actor = person("mai", role, is_superuser=role == "Superuser")
    client, site = signed_in(actor), Site(actor)

    may = {deed: act(client, site) for deed, (act, _) in TABLE.items()}
    promised = {deed: roles[ROLES.index(role)] == "Y" for deed, (_, roles) in TABLE.items()}
    assert may == promised


def test_each_group_has_exactly_these_permissions() -> None:
    """A permission more is a decision: it is taken here, in docs/people.md and in a migration."""
    editors = {
        f"{action}_{model}"
        for model in ("post", "tag", "author", "image", "redirect")
        for action in ("view", "add", "change", "delete")
    }
    editors |= {"publish_post", "change_any_post", "view_sitesettings", "change_sitesettings"}

    def of(group: str) -> set[str]:
        return set(Permission.objects.filter(group__name=group).values_list("codename", flat=True))

    assert of("Authors") == {"view_post", "add_post", "change_post", "view_tag", "view_image", "add_image"}
    assert of("Editors") == editors
    assert of("Publishers") == editors | {"view_entry"}
    assert of("Administrators") == {
        *("view_user", "add_user", "change_user", "view_signin", "end_signin"),
        *("view_group", "view_entry", "view_consenttext", "add_consenttext"),
        *("view_sitesettings", "change_sitesettings"),
    }


def test_permissions_have_the_names_that_django_gives_them() -> None:
    for permission in Permission.objects.filter(group__name__in=["Publishers", "Administrators"]).distinct():
        model = permission.content_type.model_class()
        assert model
        names = dict(model._meta.permissions)
        action = permission.codename.partition("_")[0]
        assert permission.name == names.get(permission.codename, f"Can {action} {model._meta.verbose_name_raw}")


def test_permissions_are_those_for_the_pages_that_there_are_in_the_language_of_who_gives_them() -> None:
    root = person("root", is_superuser=True)
    for address in ("auth/group/add/", f"accounts/user/{root.pk}/change/"):
        page = signed_in(root).get(f"/admin/{address}", headers={"Accept-Language": "vi"}).content.decode()

        assert "Xuất bản | Có thể thêm bài viết" in page
        assert "Xuất bản | Có thể xuất bản bài viết" in page
        assert not re.search(r"\| Can |Axes|Otp_|Taggit", page)
        assert re.search(r'type="checkbox" name="(?:user_)?permissions"', page)
