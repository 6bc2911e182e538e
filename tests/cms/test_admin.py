"""What holds for all of the admin's lists."""

import re
from datetime import timedelta
from typing import Any, NoReturn

import pytest
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.db import IntegrityError
from django.db.models import DateField
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone as clock
from django.utils.formats import localize
from django.utils.module_loading import import_string
from django.utils.translation import override

from accounts.models import User
from posts.models import Author, Image, Tag
from tests.support.writing import write_post

pytestmark = pytest.mark.django_db


def test_only_what_asks_each_row_and_tells_the_trail_is_deleted_in_bulk(rf: RequestFactory) -> None:
    """Posts, tags, redirects and authors have rules and traces of their own."""
    request = rf.get("/admin/")
    request.user = User.objects.create_superuser("root")
    admin.autodiscover()  # as `cms.urls` does
    deletable = {
        model._meta.label
        for model, each in admin.site._registry.items()
        if "delete_selected" in each.get_actions(request)
    }

    assert deletable == {"accounts.User", "enquiries.Enquiry"}


def test_a_list_that_is_asked_for_what_cannot_be_is_shown_whole(client: Client) -> None:
    """Numbers beyond the database's, years that no calendar has: by lookups that Django takes and by its date hierarchy."""
    client.force_login(User.objects.create_superuser("root"))
    admin.autodiscover()
    huge = "9" * 20
    for model, each in admin.site._registry.items():
        options = model._meta
        address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
        dates = [field.name for field in options.concrete_fields if isinstance(field, DateField)]
        asked = [
            {f"{options.pk.name}__in": huge},
            *({f"{name}__year": year} for name in dates for year in (huge, "-1")),
        ]
        if each.date_hierarchy:
            asked.append({f"{each.date_hierarchy}__year": "2026", f"{each.date_hierarchy}__month": huge})
        for query in asked:
            answer = client.get(address, query, follow=True)

            assert answer.status_code == 200, (address, query)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_moments_and_days_are_written_in_one_way(client: Client, language: str) -> None:
    moment = clock.now() + timedelta(days=3)
    day = moment.date()
    post = write_post(cover="/one.png")
    Image.objects.update(licence_expires=day)
    client.force_login(User.objects.create_superuser("root"))
    pages = ("", f"posts/post/{post.pk}/change/", "posts/image/")
    shown = [client.get(f"/admin/{page}", headers={"Accept-Language": language}).content.decode() for page in pages]

    with override(language):
        assert localize(moment) == f"{moment:%Y-%m-%d %H:%M}"
        assert [(str(day) in page, localize(day) in page) for page in shown] == [(True, False)] * 3


def test_a_list_is_called_what_is_in_it(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root"))
    page = client.get("/admin/posts/tag/").content.decode()
    picking = client.get("/admin/posts/tag/", {"_popup": "1"}).content.decode()

    assert "<h1>Tags</h1>" in page
    assert re.search(r"<title>\s*Tags \| Monograph\s*</title>", page)
    assert "<h1>Select tag</h1>" in picking


def test_pages_below_a_list_lead_back_through_it_as_djangos_do(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root"))
    post = write_post()
    tags = [Tag.objects.create(name=name, slug=name).pk for name in ("a", "b")]
    below = {
        "posts/post": (
            "add/",
            f"{post.pk}/change/",
            f"{post.pk}/revisions/",
            f"{post.pk}/previews/",
            "calendar/",
            "import/",
        ),
        "posts/redirect": ("add/", "import/"),
    }
    pages = [client.get(f"/admin/{of}/{name}") for of, names in below.items() for name in names]
    pages.append(client.post("/admin/posts/tag/", {"action": "merge", "_selected_action": tags}))
    pages.append(client.post(reverse("admin:enquiries_enquiry_subject"), {"find": "", "email": "a@example.com"}))

    for page in pages:
        crumbs = re.findall(r'<div class="breadcrumbs">.*?</div>', page.content.decode(), re.DOTALL)
        links = re.findall(r'href="([^"]+)"', crumbs[0])
        assert links[0] == "/admin/"
        assert links[2].startswith(links[1]), links


def test_a_fault_of_a_list_itself_is_not_hidden(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> NoReturn:
        raise ValueError("a mistake in the code")

    client.force_login(User.objects.create_superuser("root"))
    monkeypatch.setattr(GroupAdmin, "get_queryset", fails)

    with pytest.raises(ValueError, match="a mistake in the code"):
        client.get(reverse("admin:auth_group_changelist"))
    with pytest.raises(ValueError, match="a mistake in the code"):
        client.get(reverse("admin:auth_group_changelist"), {"name": "x"}, follow=True)


@pytest.mark.parametrize(
    ("form", "check", "address", "sent"),
    [
        ("posts.admin.author.AuthorForm", "clean_name", "admin:posts_author_add", {"name": "Ann LEE"}),
        ("posts.admin.tag.TagForm", "clean_name", "admin:posts_tag_add", {"name": "ann LEE"}),
        ("accounts.forms.InvitationForm", "clean_email", "admin:accounts_user_add", {"email": "ann@x.example"}),
    ],
)
def test_a_form_that_somebody_else_was_quicker_than_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch, form: str, check: str, address: str, sent: dict[str, str]
) -> None:
    """Two people add one name at a moment: when the second form was checked, the first one's row was not there yet."""
    Author.objects.create(name="Ann Lee", slug="ann-lee")
    Tag.objects.create(name="Ann Lee", slug="ann-lee")
    User.objects.create_user("ann@x.example", email="ann@x.example")
    client.force_login(User.objects.create_superuser("root"))
    admin.autodiscover()
    checks = [lambda form: form.cleaned_data[check.removeprefix("clean_")], getattr(import_string(form), check)]
    monkeypatch.setattr(f"{form}.{check}", lambda form: checks.pop(0)(form))
    answer = client.post(reverse(address), {"first_name": "Ann", "last_name": "Lee", **sent})

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
    for typed in sent.values():
        assert f'value="{typed}"' in answer.content.decode()
    assert not checks


def test_a_form_that_cannot_be_saved_either_time_fails(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> NoReturn:
        raise IntegrityError("a mistake in the code")

    client.force_login(User.objects.create_superuser("root"))
    monkeypatch.setattr(GroupAdmin, "save_model", fails)

    with pytest.raises(IntegrityError, match="a mistake in the code"):
        client.post(reverse("admin:auth_group_add"), {"name": "X"})
