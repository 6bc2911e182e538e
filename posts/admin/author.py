"""Authors in the admin."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.validators import URLValidator
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.sessions import user_of
from posts import writing
from posts.admin.uploads import PictureUploadField, store_upload
from posts.models import Author
from posts.slugs import term_slug


class LinksField(forms.CharField):
    """Web addresses, one a line; their value is the list of them."""

    widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # a list where its base has one text
        return value if isinstance(value, list) else (super().to_python(value) or "").split()

    def run_validators(self, value: Any) -> None:
        for link in value:
            URLValidator(schemes=["http", "https"])(link)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(data) != list(initial or [])


class AuthorForm(forms.ModelForm):
    """An author; the slug follows the name."""

    photo_upload = PictureUploadField(
        label=_("Upload a photo"),
        help_text=_("JPEG, PNG, WebP, GIF or AVIF, up to 10 MB. It is shown square, small."),
    )
    links = LinksField(required=False, label=_("Links"), help_text=_("Web addresses, one a line."))

    class Meta:
        model = Author
        fields = ("name", "credentials", "biography", "photo", "links")
        help_texts: ClassVar = {
            "name": _("As posts write it."),
            "credentials": _("Such as “MD, PhD” or “Medical director”."),
            "photo": _("Filled in when a photo is uploaded; emptied, there is none."),
        }
        widgets: ClassVar = {
            "photo": forms.TextInput(attrs={"class": "vTextField"}),
            "biography": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        }

    def clean_name(self) -> str:
        """Refuses a name that makes another author's slug: the two would be one page."""
        name: str = " ".join(self.cleaned_data["name"].split())
        other = Author.objects.filter(slug=term_slug(name)).exclude(pk=self.instance.pk).first()
        if other:
            raise forms.ValidationError(_("“%(name)s” has the same page: choose another name."), params={"name": other})
        return name


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    """What readers learn of an author: name, credentials, photo, biography, links."""

    form = AuthorForm
    list_display = ("name", "credentials")
    search_fields = ("name",)
    readonly_fields = ("photo_now",)
    fields = ("name", "credentials", "biography", "photo_now", "photo_upload", "photo", "links")

    class Media:
        css: ClassVar = {"all": ["posts/admin.css"]}

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Stores an uploaded photo before Django begins the transaction, which no slow service may hold open."""
        may_save = self.has_change_permission(request) if object_id else self.has_add_permission(request)
        if request.method == "POST" and "photo_upload" in request.FILES and may_save:
            store_upload(request, "photo_upload", "photo")
        return super().changeform_view(request, object_id, form_url, extra_context)

    def view_on_site(self, author: Author) -> str:
        return author.get_absolute_url()

    def save_model(self, request: HttpRequest, obj: Author, form: Any, change: bool) -> None:
        writing.save_author(obj, by=user_of(request))

    def delete_model(self, request: HttpRequest, obj: Author) -> None:
        writing.delete_author(obj, by=user_of(request))

    @admin.display(description=_("The photo now"))
    def photo_now(self, author: Author) -> str:
        if not author.picture:
            return gettext("None yet.")
        return format_html('<img class="cover-now" src="{}" alt="{}">', author.picture.src, author.name)
