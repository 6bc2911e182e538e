"""What editors set of the site itself, and where readers see it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone as clock
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from audit.models import Entry
from enquiries.models import ConsentText
from posts import look, writing
from posts.models import SiteSettings, SiteState
from tests.posts.images.pictures import drawing, encoded
from tests.support.pages import Page
from tests.support.writing import write_post

pytestmark = pytest.mark.django_db

ADMIN = "/admin/posts/sitesettings/1/change/"
LOGO = "https://res.cloudinary.com/demo/image/upload/v1/logo.png"


def test_the_settings_stand_once_in_the_way_that_leads_to_them(admin_client: Client) -> None:
    page = admin_client.get(ADMIN).content.decode()
    (way,) = re.findall(r'<div class="breadcrumbs">(.*?)</div>', page, re.DOTALL)

    assert way.count("Site settings") == 1
    assert way.split()[-2:] == ["Site", "settings"]


def say(**values: Any) -> None:
    writing.save_settings(SiteSettings(pk=1, **values))


def form(**changed: Any) -> dict[str, Any]:
    names = ("name", "tagline", "contact_email", "logo", "logo_alt", "accent", "footer", "legal")
    return dict.fromkeys(names, "") | changed


def rows(field: str, *links: tuple[str, str, str]) -> dict[str, list[str]]:
    """The fields of these rows: place, name, address."""
    return {f"{field}-{part}": [link[n] for link in links] for n, part in enumerate(("place", "name", "url"))}


def member_of(client: Client, group: str) -> Client:
    user = User.objects.create_user(group.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return client


@pytest.fixture
def editor(client: Client) -> Client:
    return member_of(client, "Editors")


def menu_of(page: Page) -> dict[str, str]:
    nav = next(nav for nav in page.elements("nav") if nav.get("aria-label") == "Main")
    return {"".join(link.itertext()): link.get("href", "") for link in nav.iter("a")}


# Where nothing is set


def test_without_settings_the_site_is_the_products_own(client: Client, settings: Settings) -> None:
    write_post()
    page = Page(client, "/")

    assert "".join(page.texts("a", "wordmark")) == settings.SITE_NAME
    assert list(menu_of(page)) == ["Home", "Articles", "Tags", "Archives", "Contact"]
    assert "/theme-" not in page.html
    assert page.elements("div", "legal") == []


def test_articles_are_those_of_the_home_page(client: Client) -> None:
    assert "Articles" not in menu_of(Page(client, "/"))

    write_post("posts/a.md")
    write_post("blog/a.md")
    write_post("blog/b.md")
    assert menu_of(Page(client, "/"))["Articles"] == "/blog/"

    with writing.content_change():
        SiteState.keep_main_sections(["nothing", "posts"])
    assert menu_of(Page(client, "/"))["Articles"] == "/posts/"


def test_the_menu_marks_the_page_that_is_read(client: Client) -> None:
    say(menu=[{"name": "Dược", "url": "/posts/dược/"}, {"name": "Elsewhere", "url": "https://example.org/"}])
    write_post("posts/dược.md", slug="dược")
    page = Page(client, "/posts/dược/")

    assert [a.text for a in page.elements("a") if a.get("aria-current")] == ["Dược"]


# Where something is set


def test_what_is_set_stands_on_every_page(client: Client) -> None:
    say(
        name="Phở & Pharma",
        tagline="News <b>",
        menu=[{"name": "About", "url": "/about/"}],
        footer="Line one\nLine <two>",
        social=[{"name": "LinkedIn", "url": "https://linkedin.com/company/x"}],
        legal="For **professionals** only.\n\n<script>alert(1)</script>",
    )
    page = Page(client, "/")

    assert "".join(page.texts("a", "wordmark")) == "Phở & Pharma"
    assert page.texts("title") == ["Phở & Pharma"]
    assert menu_of(page) == {"About": "/about/"}
    assert "Line one<br>Line &lt;two&gt;" in page.html
    assert page.links()["LinkedIn"] == "https://linkedin.com/company/x"
    assert "<strong>professionals</strong>" in page.html
    assert "alert(1)" not in page.html
    assert page.html.count("News &lt;b&gt;") >= 2


def test_machines_know_the_name_too(client: Client) -> None:
    say(name="Pharma Notes", tagline="All of it.", logo=LOGO, social=[{"name": "X", "url": "https://x.com/p"}])
    write_post(tags=["AI"])

    for path in ("/index.xml", "/atom.xml", "/feed.json", "/posts/index.xml", "/tags/ai/feed.json"):
        assert "Pharma Notes" in client.get(path).content.decode(), path
    assert client.get("/llms.txt").content.decode().startswith("# Pharma Notes\n\n> All of it.")
    article = client.get("/posts/a/").content.decode()
    assert '<meta property="og:site_name" content="Pharma Notes">' in article
    assert '"publisher":{"@type":"Organization","name":"Pharma Notes"}' in article
    told = re.search(r'ld\+json">(.*?)</script>', client.get("/").content.decode())
    assert told
    publisher = json.loads(told[1])["@graph"][0]["publisher"]
    assert publisher["sameAs"] == ["https://x.com/p"]
    assert publisher["logo"].startswith("https://res.cloudinary.com/demo/")


def test_enquiries_go_by_the_name_and_the_address_that_are_set(client: Client) -> None:
    say(name="Pharma Notes", contact_email="desk@pharma.example")

    assert "mailto:desk@pharma.example" in client.get("/contact/").content.decode()
    consent = ConsentText.current("en")
    assert "Pharma Notes" in consent
    assert "desk@pharma.example" in consent


def test_a_logo_stands_in_the_names_place(client: Client) -> None:
    say(name="Pharma Notes", logo=LOGO)
    logo = next(Page(client, "/").elements("a", "wordmark")[0].iter("img"))

    assert logo.get("alt") == "Pharma Notes"
    assert "/demo/" in logo.get("src", "")


def test_another_name_or_accent_is_another_picture_of_a_title(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    write_post()
    address = re.compile(r'og:image" content="[^"]*(/og/[^"]+)"')
    seen: list[str] = []
    for values in ({}, {"name": "Pharma Notes"}, {"name": "Pharma Notes", "accent": "#7a1f5c"}):
        say(**values)
        seen += address.findall(client.get("/posts/a/").content.decode())

    assert len(set(seen)) == 3
    assert client.get(seen[-1])["Content-Type"] == "image/png"


# The accent


def test_an_accent_is_a_style_sheet_of_its_own(client: Client) -> None:
    say(accent="#7a1f5c")
    page = Page(client, "/")
    sheets = [link.get("href", "") for link in page.elements("link") if link.get("rel") == "stylesheet"]
    url = next(sheet for sheet in sheets if sheet.startswith("/theme-"))
    response = client.get(url)

    assert sheets.index(url) > next(n for n, sheet in enumerate(sheets) if "site" in sheet)
    assert response.content.decode().startswith(":root{--accent:light-dark(#7a1f5c,#")
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response["Cache-Control"]
    assert "style=" not in page.html


def test_an_older_accents_address_leads_to_the_new_one(client: Client) -> None:
    say(accent="#7a1f5c")
    old = look.current().theme_url
    say(accent="#0b3d91")

    assert client.get(old)["Location"] == look.current().theme_url != old
    say()
    assert client.get(old).status_code == 404


# What it costs


def test_the_look_costs_no_query_while_it_is_remembered(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    say(name="Pharma Notes", menu=[{"name": "About", "url": "/about/"}])
    look.current(), look.menu()
    with django_assert_num_queries(1):  # the site's version; a page asks for it once
        look.current()
    with django_assert_max_num_queries(4):
        client.get("/")


def test_saving_is_another_version_of_the_site() -> None:
    before = SiteState.current().version(clock.now())
    say(name="Pharma Notes")

    assert SiteState.current().version(clock.now()) != before
    assert look.current().name == "Pharma Notes"


# The form


def test_the_list_leads_to_the_one_form_even_before_anybody_saved_it(editor: Client) -> None:
    assert editor.get("/admin/posts/sitesettings/")["Location"] == ADMIN
    page = Page(editor, ADMIN)

    assert len([field for field in page.elements("input") if field.get("name") == "menu-url"]) == 3
    assert not SiteSettings.objects.exists()
    assert editor.get("/admin/posts/sitesettings/2/change/").status_code == 302


def test_an_editor_sets_all_of_it_without_scripts(editor: Client) -> None:
    logo = SimpleUploadedFile("logo.png", encoded(drawing(640, 320)).read(), "image/png")
    menu = rows("menu", ("2", "Second", "https://example.org/"), ("1", " The  first ", "/first/"), ("3", "", ""))
    social = rows("social", ("1", "LinkedIn", "https://linkedin.com/x"))
    sent = form(name="Pharma Notes", accent="7A1F5C", legal="*Legal*", logo_upload=logo) | menu | social
    assert editor.post(ADMIN, sent).status_code == 302

    said = SiteSettings.objects.get()
    assert (said.name, said.accent) == ("Pharma Notes", "#7a1f5c")
    assert said.menu == [{"name": "The first", "url": "/first/"}, {"name": "Second", "url": "https://example.org/"}]
    assert said.social == [{"name": "LinkedIn", "url": "https://linkedin.com/x"}]
    assert said.logo.startswith("/media/")
    entry = Entry.objects.get(action="site_settings.created")
    assert (entry.actor_name, entry.after["accent"]) == ("editors", "#7a1f5c")
    again = Page(editor, ADMIN)
    assert [f.get("value") for f in again.elements("input") if f.get("name") == "menu-name"][:2] == [
        "The first",
        "Second",
    ]

    assert editor.post(ADMIN, form(name="Notes") | menu).status_code == 302
    entry = Entry.objects.get(action="site_settings.changed")
    assert (entry.before["name"], entry.after["name"]) == ("Pharma Notes", "Notes")
    assert "menu" not in entry.after


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"accent": "#e8590c"}, "The nearest colour that has it is #be490a."),
        ({"accent": "red"}, "six hexadecimal digits"),
        ({"accent": "#٠٠٠٠٠٠"}, "six hexadecimal digits"),
        ({"contact_email": "nobody"}, "Enter a valid email address"),
        ({"legal": "# Big"}, "Headings have no place here"),
        ({"logo_upload": SimpleUploadedFile("a.png", b"no picture")}, "errorlist"),
        (rows("menu", ("1", "Bad", "javascript:alert(1)")), "write a path"),
        (rows("menu", ("1", "Bad", "//evil.example/")), "write a path"),
        (rows("menu", ("1", "", "/a/")), "needs both a name and an address"),
        (rows("social", ("1", "Bad", "http://example.org/")), "begins with https://"),
        (rows("social", ("1", "Bad", "/own/")), "begins with https://"),
        (rows("menu", *[(str(n), f"L{n}", "/a/") for n in range(13)]), "room for 12 links"),
    ],
)
def test_what_cannot_be_used_is_said_at_the_form(editor: Client, changed: dict[str, Any], said: str) -> None:
    page = editor.post(ADMIN, form(name="Kept as typed") | changed).content.decode()

    assert said in page
    assert 'value="Kept as typed"' in page
    assert not SiteSettings.objects.exists()


def test_what_a_field_falls_back_to_stands_in_it_in_grey(editor: Client, settings: Settings) -> None:
    say(name="Pharma Notes")
    (name,) = (field for field in Page(editor, ADMIN).elements("input") if field.get("name") == "name")

    assert (name.get("value"), name.get("placeholder")) == ("Pharma Notes", settings.SITE_NAME)


def test_whoever_may_only_look_sees_the_settings_without_a_form(client: Client) -> None:
    say(name="Pharma Notes", menu=[{"name": "About", "url": "/about/"}], accent="#7a1f5c")
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_sitesettings"))
    client.force_login(user)

    assert "Pharma Notes" in Page(client, ADMIN).html
    assert client.post(ADMIN, form(name="Mine")).status_code == 403


def test_authors_of_posts_do_not_set_the_site(client: Client) -> None:
    author = member_of(client, "Authors")

    assert author.get(ADMIN).status_code == 403
    assert author.post(ADMIN, form(name="Mine")).status_code == 403
    assert not SiteSettings.objects.exists()


class HostileText(TestCase):
    @given(
        name=st.text(max_size=60),
        url=st.text(max_size=60)
        | st.text(max_size=20).map("https://{}".format)
        | st.text(max_size=20).map("/{}".format),
    )
    def test_an_address_that_is_taken_leads_where_it_says(self, name: str, url: str) -> None:
        cache.clear()  # each example begins with the same version
        client = Client()
        client.force_login(User.objects.create_superuser("root"))
        client.post(ADMIN, form() | rows("menu", ("1", name, url)))

        for link in look.menu() if SiteSettings.stored().menu else ():
            assert link.url.startswith("https://") or re.match(r"/(?![/\\])", link.url)
            assert not re.search(r"[\s<>\"]", link.url)
