"""Tags in the admin."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag as UnusedTag

from posts import writing
from posts.models import Tag

admin.site.unregister(UnusedTag)  # taggit's own, in whose place ours is


class TagForm(forms.ModelForm):
    """A tag's name; its slug follows."""

    class Meta:
        model = Tag
        fields = ("name",)

    def clean_name(self) -> str:
        """Refuses a name that makes another tag's slug: the two would be one page."""
        name: str = " ".join(self.cleaned_data["name"].split())
        other = Tag.objects.filter(slug=Tag().slugify(name)).exclude(pk=self.instance.pk).first()
        if other:
            raise forms.ValidationError(_("“%(name)s” has the same page: choose another name."), params={"name": other})
        return name


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    """Renaming a tag leaves a redirect at its old URL."""

    form = TagForm
    list_display = ("name", "slug", "post_count")
    search_fields = ("name", "slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        posts = Count("tagged")
        return cast(QuerySet, Tag.objects.annotate(post_count=posts))

    @admin.display(description=_("posts"), ordering="post_count")
    def post_count(self, tag: Tag) -> int:
        return int(tag.post_count)

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        if change:
            writing.rename(Tag.objects.get(pk=obj.pk), obj.name, by=request.user)  # type: ignore[arg-type]
        else:
            super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Tag | None = None) -> bool:
        """Only a tag that no document names: one that is named would be back with its post's next save."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.tagged.exists())

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without deletion in bulk, which asks no tag whether it may go."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}
