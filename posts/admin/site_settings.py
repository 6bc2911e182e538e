"""The site itself in the admin: one page for its one row."""

import re
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.sessions import user_of
from posts import colours, images, look, writing
from posts.admin.uploads import PictureUploadField, store_upload
from posts.models import SiteSettings
from posts.rendering import RenderingError
from posts.translating import translated

SPARE_ROWS = 3
MOST_LINKS = 12
NAME_CHARACTERS, ADDRESS_CHARACTERS = 60, 500
_COLOUR = re.compile(r"#?([0-9a-f]{6})", re.ASCII)
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\<>\"]")


class LinkRows(forms.Widget):
    """Links as rows of place, name and address. Some rows are spare; one that is emptied is gone."""

    template_name = "admin/posts/sitesettings/link_rows.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        links = list(value or [])
        spare = [{"name": "", "url": ""}] * min(SPARE_ROWS, max(0, MOST_LINKS - len(links)))
        rows = [{**link, "place": place} for place, link in enumerate([*links, *spare], 1)]
        return {"widget": context["widget"] | {"rows": rows}}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        """The rows that hold anything, by their places; two of one place as they stand."""
        columns = (data.getlist(f"{name}-{part}") for part in ("place", "name", "url"))
        rows = [
            (_number(place), {"name": " ".join(text.replace("\x00", " ").split()), "url": url.strip()})
            for place, text, url in zip(*columns, strict=False)
        ]
        return [link for _place, link in sorted(rows, key=lambda row: row[0]) if link["name"] or link["url"]]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-1"


class LinksField(forms.Field):
    """Links, each a name and an address: https, or with `own_pages` also a path on the site."""

    widget = LinkRows

    def __init__(self, *, own_pages: bool = False, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.own_pages = own_pages

    def validate(self, value: Any) -> None:
        """Names what is wrong with each link."""
        errors = [error for link in value if (error := self._problem(link))]
        if len(value) > MOST_LINKS:
            errors.append(gettext("There is room for %(most)d links.") % {"most": MOST_LINKS})
        if errors:
            raise ValidationError(errors)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != list(data or [])

    def _problem(self, link: dict[str, str]) -> str:
        if not link["name"] or not link["url"]:
            return gettext("“%(link)s” needs both a name and an address.") % {"link": link["name"] or link["url"]}
        if len(link["name"]) > NAME_CHARACTERS or len(link["url"]) > ADDRESS_CHARACTERS:
            return gettext("“%(link)s” is too long.") % {"link": link["name"][:NAME_CHARACTERS]}
        if _is_on_the_web(link["url"]) or (self.own_pages and _is_own_page(link["url"])):
            return ""
        if self.own_pages:
            return (
                gettext("“%(url)s” is no address: write a path, such as /about/, or one that begins with https://.")
                % link
            )
        return gettext("“%(url)s” is no address that begins with https://.") % link


class SiteSettingsForm(forms.ModelForm):
    """What is left empty is the product's own."""

    logo_upload = PictureUploadField(
        label=_("Upload a logo"),
        help_text=_(
            "JPEG, PNG, WebP, GIF or AVIF, up to 10 MB. It is shown 44 pixels high; on dark pages it has a light ground."
        ),
    )
    menu = LinksField(
        own_pages=True,
        label=_("Menu"),
        help_text=_("Without any: Home, Articles, Tags, Archives and Contact. After saving there are rows for more."),
    )
    social = LinksField(
        label=_("Social links"), help_text=_("They stand in the footer. Addresses begin with https://.")
    )

    class Meta:
        model = SiteSettings
        fields = (
            *("name", "tagline", "contact_email", "logo", "logo_alt", "accent"),
            *("menu", "footer", "social", "legal"),
        )
        help_texts: ClassVar = {
            "tagline": _("One sentence, below the name in the footer and at the top of the home page."),
            "contact_email": _("Shown beside the contact form and in its consent."),
            "logo": _("Filled in when a logo is uploaded; emptied, the site's name stands in its place."),
            "logo_alt": _("For those who do not see it. Empty: the site's name."),
            "accent": _(
                "Such as #0b5563: of links, buttons and marks on light pages. Dark pages get a lighter one of its hue."
            ),
            "footer": _("Plain text, such as the company's name and address."),
            "legal": _("Markdown, such as a disclaimer with links to the imprint and the privacy policy."),
        }
        widgets: ClassVar = {
            "logo": forms.TextInput(attrs={"class": "vTextField"}),
            "accent": forms.TextInput(attrs={"class": "vTextField", "spellcheck": "false"}),
            "footer": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
            "legal": forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        unset = look.unset()
        for name in self.fields.keys() & {"name", "tagline", "contact_email"}:  # none for those who may only look
            self.fields[name].widget.attrs["placeholder"] = getattr(unset, name)

    def clean_accent(self) -> str:
        """Refuses a colour in which text is hard to read, and offers the nearest that is not."""
        written: str = self.cleaned_data["accent"].strip().lower()
        if not written:
            return ""
        if not (found := _COLOUR.fullmatch(written)):
            raise ValidationError(_("Write a colour as six hexadecimal digits, such as #0b5563."))
        colour = f"#{found[1]}"
        nearest = colours.readable(colour, colours.LIGHT_GROUND)
        if nearest != colour:
            facts = {"contrast": number_format(colours.contrast(colour, colours.LIGHT_GROUND), 1), "nearest": nearest}
            raise ValidationError(
                _(
                    "Text in this colour is hard to read: its contrast to a light page is %(contrast)s to 1, and 4.5 to 1 is"
                    " needed (WCAG AA). The nearest colour that has it is %(nearest)s."
                ),
                params=facts,
            )
        return colour

    def clean_legal(self) -> str:
        """Refuses what cannot be rendered, and headings, which would stand in the outline of every page."""
        text: str = self.cleaned_data["legal"]
        try:
            rendering = look.rendered_legal(text)
        except RenderingError as error:
            raise ValidationError(translated(error.sentence)) from error
        if rendering.title or re.search(r"<h[1-6]", rendering.html):
            raise ValidationError(_("Headings have no place here: make them **bold** instead."))
        return text


@admin.register(SiteSettings)
class SiteSettingsAdmin(admin.ModelAdmin):
    """Leads straight to the form of the one row, which is there even before anybody has saved it."""

    form = SiteSettingsForm
    readonly_fields = ("logo_now", "accent_now")
    fieldsets = (
        (None, {"fields": ("name", "tagline", "contact_email")}),
        (_("Look"), {"fields": ("logo_now", "logo_upload", "logo", "logo_alt", "accent_now", "accent")}),
        (_("Header"), {"fields": ("menu",)}),
        (_("Footer"), {"fields": ("footer", "social", "legal")}),
    )

    class Media:
        css: ClassVar = {"all": ["posts/admin.css"]}

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect(reverse("admin:posts_sitesettings_change", args=[1]))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Stores an uploaded logo before Django begins the transaction, which no slow service may hold open."""
        if request.method == "POST" and "logo_upload" in request.FILES and self.has_change_permission(request):
            store_upload(request, "logo_upload", "logo")
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> SiteSettings | None:
        return SiteSettings.stored() if object_id == "1" else None

    def save_model(self, request: HttpRequest, obj: SiteSettings, form: Any, change: bool) -> None:
        writing.save_settings(obj, by=user_of(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SiteSettings | None = None) -> bool:
        return False

    @admin.display(description=_("The logo now"))
    def logo_now(self, said: SiteSettings) -> str:
        if not said.logo:
            return gettext("None: the site's name stands in its place.")
        return format_html('<img class="logo-now" src="{}" alt="{}">', images.thumbnail(said.logo).src, said.logo_alt)

    @admin.display(description=_("The accent now"))
    def accent_now(self, said: SiteSettings) -> str:
        """Words in the accent on the grounds of both kinds of page; attributes of SVG need no inline style."""
        if not said.accent:
            return gettext("The product's own.")
        sample = (
            '<rect width="8em" height="2.5em" x="{}" fill="{}"/>'
            '<text x="{}" y="1.6em" text-anchor="middle" fill="{}">{}</text>'
        )
        light = format_html(sample, 0, colours.LIGHT_GROUND, "4em", said.accent, said.accent)
        dark = colours.on_dark(said.accent)
        return format_html(
            '<svg class="accent-now" role="img" aria-label="{}" width="16em" height="2.5em">{}{}</svg>',
            f"{said.accent}, {dark}",
            light,
            format_html(sample, "8em", colours.DARK_GROUND, "12em", dark, dark),
        )


def _number(place: str) -> float:
    """What a row without a readable place counts as: the last."""
    return int(place) if place.isascii() and place.isdigit() and len(place) < 6 else float("inf")


def _is_on_the_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not _UNSAFE.search(url)


def _is_own_page(url: str) -> bool:
    """A path on this site: a second slash would make it another host's."""
    return url.startswith("/") and not url.startswith("//") and not _UNSAFE.search(url)
