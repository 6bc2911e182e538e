"""The library of images in the admin."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.sessions import user_of
from posts import library
from posts.admin.row_key import row_key
from posts.admin.uploads import ACCEPTED, PictureUploadField, refuse_upload
from posts.models import Author, Image, ImageQuerySet, SiteSettings
from posts.translating import translated

MOST_AT_ONCE = 20  # files in one upload
OFFERED = 24  # images in the chooser at a time
USES_SHOWN = 100


class UseFilter(admin.SimpleListFilter):
    """Those that nothing shows."""

    title = _("use")
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", _("Unused"))]

    def queryset(self, request: HttpRequest, queryset: ImageQuerySet) -> ImageQuerySet:  # type: ignore[override]
        return queryset.unused() if self.value() == "none" else queryset


class AltFilter(admin.SimpleListFilter):
    """Those that nobody has put into words."""

    title = _("alt text")
    parameter_name = "alt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", _("Without alt text"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(alt="") if self.value() == "none" else queryset


class LicenceFilter(admin.SimpleListFilter):
    """By when the licence ends."""

    title = _("licence")
    parameter_name = "licence"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("30", _("Expires within 30 days")), ("90", _("Expires within 90 days")), ("expired", _("Expired"))]

    def queryset(self, request: HttpRequest, queryset: ImageQuerySet) -> ImageQuerySet:  # type: ignore[override]
        if self.value() == "expired":
            return queryset.expired()
        return queryset.expiring(timedelta(days=int(self.value() or 0))) if self.value() in {"30", "90"} else queryset


class ImageForm(forms.ModelForm):
    """What an editor says of an image, and another picture to put in its place."""

    replacement = PictureUploadField(
        label=_("Replace it"),
        help_text=_("Another picture under the same address: every page that shows it shows the new one."),
    )
    licence_url = forms.URLField(
        required=False,
        label=_("Licence's address"),
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vTextField"}),
    )

    class Meta:
        model = Image
        fields = library.FACTS
        help_texts: ClassVar = {
            "title": _("How it is found here."),
            "alt": _("What it shows, for those who do not see it. Offered wherever the image is chosen."),
            "credit": _("Whom to name, such as the photographer."),
            "source": _("Where it came from: an agency, a number, an address."),
            "licence": _("Such as CC BY 4.0, or the agency's name for it."),
            "licence_expires": _("After this day it must not be shown. You are told 30 days before."),
        }
        widgets: ClassVar = {
            "alt": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "licence_expires": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }


class KindFilter(admin.AllValuesFieldListFilter):
    """The kinds of files that there are. That of a picture on another host is not known."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield dict(choice) | {"display": choice["display"] or gettext("Not known")}


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    """Images as a grid, and of each what is known and where it is used. They come by uploads and imports."""

    form = ImageForm
    list_display = ("name",)
    list_filter = (UseFilter, AltFilter, LicenceFilter, ("kind", KindFilter), "storage")
    list_per_page = 48
    search_fields = ("title", "alt", "credit", "address")
    search_help_text = _("Name, alt text or credit")
    show_full_result_count = False
    actions = None
    readonly_fields = ("picture", "facts", "uses")

    class Media:
        css: ClassVar = {"all": ["posts/admin.css", "posts/library.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Image.objects.with_post_count().select_related("uploaded_by")

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        can_replace = obj and obj.is_replaceable and self.has_change_permission(request, obj)
        file = [(_("File"), {"fields": ("replacement",)})] if can_replace else []
        return [
            (None, {"fields": ("picture", "facts", "title", "alt", "credit", "source")}),
            (_("Licence"), {"fields": ("licence", "licence_url", "licence_expires")}),
            *file,
            (_("Where it is used"), {"fields": ("uses",)}),
        ]

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("upload/", wrap(require_POST(self.upload)), name="posts_image_upload"),
            path("choose/", wrap(self.choose), name="posts_image_choose"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The list: what is added there is a file, and what is known of it comes after."""
        return redirect("admin:posts_image_changelist")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        shown = {"title": gettext("Images"), "accepted": ACCEPTED}
        return super().changelist_view(request, shown | (extra_context or {}))

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Stores the files. Answers in JSON to a script, else with the list, where it says what was done."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        stored, errors = self._stored(request)
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"images": [_offered(image) for image in stored], "errors": errors})
        for error in errors:
            self.message_user(request, error, messages.ERROR)
        if stored:
            said = ngettext("%(number)d image stored.", "%(number)d images stored.", len(stored))
            self.message_user(request, said % {"number": len(stored)}, messages.SUCCESS)
        return redirect("admin:posts_image_changelist")

    def _stored(self, request: HttpRequest) -> tuple[list[Image], list[str]]:
        files = request.FILES.getlist("images")
        errors = [] if files else [gettext("Choose at least one picture.")]
        if len(files) > MOST_AT_ONCE:
            errors = [gettext("%(most)d files are the most at once.") % {"most": MOST_AT_ONCE}]
        stored = []
        for file in files if not errors else []:
            try:
                stored.append(library.store(file, name=file.name or "", by=user_of(request)))
            except library.ImageError as error:
                errors.append(f"“{file.name}”: {translated(error.sentence)}")
        return stored, errors

    def choose(self, request: HttpRequest) -> HttpResponse:
        """Images to choose from, the newest first, as JSON: those that a search finds, from below a key on."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        words = request.GET.get("q", "").replace("\0", "")[:200]
        found, _duplicates = self.get_search_results(request, Image.objects.all(), words)
        if below := row_key(request.GET.get("below", "")):
            found = found.filter(pk__lt=below)
        images = list(found.order_by("-pk")[: OFFERED + 1])
        more = images[OFFERED - 1].pk if len(images) > OFFERED else None
        return JsonResponse({"images": [_offered(image) for image in images[:OFFERED]], "more": more})

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Puts a replacement in its place before Django begins the transaction, which no slow service may hold open."""
        is_sent = request.method == "POST" and "replacement" in request.FILES
        if is_sent and object_id and (problem := self._replaced(request, object_id)):
            refuse_upload(request, "replacement", problem)
        context = {"show_save_and_add_another": False} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, context)

    def _replaced(self, request: HttpRequest, object_id: str) -> str:
        """What was wrong with the replacement; nothing is replaced while anything else in the form is wrong."""
        image = self.get_object(request, object_id)
        if image is None or not self.has_change_permission(request, image):
            return ""
        if not ImageForm(request.POST, instance=image).is_valid():
            return gettext("It was not replaced, for something else is wrong. Choose it again.")
        image.refresh_from_db()
        try:
            kind = library.replace(image, request.FILES["replacement"], by=user_of(request))  # type: ignore[arg-type]
        except library.ImageError as error:
            return translated(error.sentence)
        said = gettext("Replaced. Readers who saw the old one may see it for up to a day.")
        if kind != image.kind and image.storage == Image.Storage.LOCAL:
            turned = gettext("It was turned from %(kind)s into %(old)s, which the address promises.")
            said += " " + turned % {"kind": kind.upper(), "old": image.kind.upper()}
        self.message_user(request, said, messages.SUCCESS)
        return ""

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        library.save(obj, by=user_of(request))

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        def left(error: library.ImageError) -> None:
            said = gettext(
                "Its file is still at %(address)s: %(problem)s Ask whoever runs the site to delete it there."
            )
            facts = {"address": obj.address, "problem": translated(error.problem)}
            self.message_user(request, said % facts, messages.WARNING)

        library.delete(obj, by=user_of(request), left=left)

    def has_delete_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """Only an image that nothing shows."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.is_used)

    @admin.display(description=_("Image"))
    def picture(self, image: Image) -> str:
        if not image.is_shown:
            refused = gettext("The site's security policy lets browsers load no pictures from there.")
            return format_html('<a href="{}">{}</a> {}', image.address, image.address, refused)
        return format_html('<img class="image-now" src="{}" alt="{}">', image.thumbnail.src, image.alt)

    @admin.display(description=_("Facts"))
    def facts(self, image: Image) -> str:
        known = [image.kind.upper()]
        if image.width:
            known.append(gettext("%(width)d × %(height)d pixels") % {"width": image.width, "height": image.height or 0})
        if image.size_bytes:
            known.append(filesizeformat(image.size_bytes))
        return render_to_string(
            "admin/posts/image/_facts.html", {"image": image, "known": ", ".join(filter(None, known))}
        )

    @admin.display(description=_("Uses"))
    def uses(self, image: Image) -> SafeString:
        uses = list(image.uses.select_related("post").defer("post__html").order_by("-post__listed_at", "-post_id"))
        context = {
            "uses": uses[:USES_SHOWN],
            "more": max(0, len(uses) - USES_SHOWN),
            "authors": Author.objects.filter(photo=image.address),
            "is_logo": SiteSettings.objects.filter(logo=image.address).exists(),
        }
        return render_to_string("admin/posts/image/_uses.html", context)


def _offered(image: Image) -> dict[str, Any]:
    """What the chooser shows of an image, and what it hands on."""
    return {
        "id": image.pk,
        "url": image.address,
        "thumbnail": image.thumbnail.src if image.is_shown else "",
        "name": image.name,
        "alt": image.alt,
        "credit": image.credit,
        "licence": image.licence_state,
    }
