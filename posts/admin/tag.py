"""Tags in the admin."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag as UnusedTag

from accounts.sessions import user_of
from posts import tagging, writing
from posts.models import PublishedQuerySet, Tag, TaggedPost

MOST_MERGED = 50  # a table that can be read

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


class UseFilter(admin.SimpleListFilter):
    """Those that no post has."""

    title = _("use")
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", _("On no post"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(tagged=None) if self.value() == "none" else queryset


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    """Tags with their numbers of posts. Renaming and merging leave redirects at the old URLs."""

    form = TagForm
    list_display = ("name", "slug", "live_count", "post_count")
    list_filter = (UseFilter,)
    search_fields = ("name", "slug")
    show_full_result_count = False
    actions = ("merge", "delete_unused")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        tagged = TaggedPost.objects.all()
        counted = Tag.objects.annotate(live_count=_number(tagged.live()), post_count=_number(tagged))
        return cast(QuerySet, counted)

    def view_on_site(self, tag: Tag) -> str:
        return tag.get_absolute_url()

    @admin.display(description=_("live posts"), ordering="live_count")
    def live_count(self, tag: Tag) -> int:
        return int(tag.live_count)

    @admin.display(description=_("posts"), ordering="post_count")
    def post_count(self, tag: Tag) -> int:
        return int(tag.post_count)

    @admin.action(description=_("Merge"), permissions=["change", "delete"])
    def merge(self, request: HttpRequest, tags: QuerySet) -> HttpResponse | None:
        """Asks which of them stays, shows what changes, then merges."""
        chosen = list(tags.order_by("-post_count", "name")[: MOST_MERGED + 1])
        if not 1 < len(chosen) <= MOST_MERGED:
            said = gettext("Choose between 2 and %(most)d tags.") % {"most": MOST_MERGED}
            self.message_user(request, said, messages.ERROR)
            return None
        staying = next((tag for tag in chosen if str(tag.pk) == request.POST.get("staying")), None)
        if staying and "merge" in request.POST:
            tagging.merge(chosen, staying, by=user_of(request))
            said = gettext("Merged: %(name)s is what they are called now.") % {"name": staying}
            self.message_user(request, said, messages.SUCCESS)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Merge tags"),
            "opts": self.opts,
            "tags": chosen,
            "merging": tagging.Merging.of(chosen, staying) if staying else None,
        }
        return TemplateResponse(request, "admin/posts/tag/merge.html", context)

    @admin.action(description=_("Delete those that no post has"), permissions=["delete"])
    def delete_unused(self, request: HttpRequest, tags: QuerySet) -> None:
        gone = len(tagging.delete(tags, by=user_of(request)))
        said = ngettext("%(number)d tag deleted.", "%(number)d tags deleted.", gone) % {"number": gone}
        self.message_user(request, said, messages.SUCCESS if gone else messages.WARNING)

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        if change:
            writing.rename(Tag.objects.get(pk=obj.pk), obj.name, by=user_of(request))
        else:
            tagging.add(obj, by=user_of(request))

    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        tagging.delete([obj], by=user_of(request))

    def has_delete_permission(self, request: HttpRequest, obj: Tag | None = None) -> bool:
        """Only a tag that no document names: one that is named would be back with its post's next save."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.tagged.exists())


def _number(tagged: PublishedQuerySet) -> Coalesce:
    """How many of these rows a tag has: asked for the tags that are shown only, unless they are in this order."""
    counted = tagged.filter(tag=OuterRef("pk")).order_by().values("tag").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
