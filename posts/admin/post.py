"""Posts in the admin."""

from collections.abc import Callable
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.sessions import user_of
from posts import importing, search, writing
from posts.admin import (
    autosave,
    autosave_pages,
    before_publishing,
    bulk_actions,
    calendar,
    deleting,
    filters,
    history,
    live,
    pictures,
    preview_links,
    publishing,
    revisions,
    suggestions,
    transfer,
)
from posts.admin.conflict import conflict_of
from posts.admin.counting import CountedPaginator, name_of_count
from posts.admin.post_form import PostForm
from posts.admin.presence import Company
from posts.admin.row_key import row_key
from posts.admin.uploads import store_upload
from posts.models import LICENCE_WARNING, Image, Post, PostQuerySet, SiteState, Tag, Undo

SUGGESTIONS = 10
MOST_TAGS = 3  # in a row of the list: with all of its tags a post would fill the screen


@admin.register(Post)
class PostAdmin(admin.ModelAdmin):
    """A save makes a revision of the document and writes its projection, as an import does."""

    form = PostForm
    list_display = ("title", "status", "date_as_written", "section", "language", "tag_names")
    list_filter = filters.FILTERS
    sortable_by = ("title", "date_as_written")
    search_fields = ("title",)  # for the box to be there; `get_search_results` does the searching
    search_help_text = _("Words of the title, the text or a tag; or the beginning of an address: /posts/…")
    ordering = ("-listed_at", "-id")
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # each would be counted
    readonly_fields = ("cover_now", "about")
    actions = ("export_zip", *bulk_actions.admin_actions())
    fieldsets = (
        (None, {"fields": ("title", "slug", "body")}),
        (_("Publishing"), {"fields": ("date", "section", "language", "tags", "authors", "series", "series_weight")}),
        (_("Cover"), {"fields": ("cover_now", "cover_upload", "cover", "cover_alt", "cover_caption")}),
        (_("Medical review"), {"fields": ("medical", "reviewed_by", "last_reviewed")}),
        (_("In lists and search engines"), {"fields": ("description", "summary", "canonical_url")}),
        (
            _("More"),
            {"classes": ("collapse",), "fields": ("publish_date", "expiry_date", "aliases", "markup", "about")},
        ),
    )

    class Media:
        css: ClassVar = {
            "all": [
                "posts/admin.css",
                "posts/overview.css",
                "posts/library.css",
                "posts/before_publishing.css",
                "posts/autosave.css",
            ]
        }
        js: ClassVar = [
            forms.Script("posts/admin.js", type="module"),
            forms.Script("posts/names.js", type="module"),
            forms.Script("posts/library.js", type="module"),
            forms.Script("posts/before_publishing.js", type="module"),
            forms.Script("posts/autosave.js", type="module"),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Post.objects.seen_by(user_of(request)).for_lists()

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """By the index that readers search by, in which drafts are too; of a common word the newest 2,000 posts."""
        if search_term.startswith("/"):
            return queryset.filter(path__startswith=search_term), False
        if not search_term.strip():
            return queryset, False
        return queryset.filter(pk__in=search.posts_matching(search.Query.read(search_term))), False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Post | None:
        post = super().get_object(request, object_id, from_field)
        # The list's query leaves out what only the form needs; here it is fetched at once instead of column by column.
        related = ("latest_revision__author", "live_revision__author")
        return post and Post.objects.with_tags().select_related(*related).get(pk=post.pk)

    def get_urls(self) -> list[URLPattern]:
        tags = path("tags/", self.admin_site.admin_view(self.suggest_tags), name="posts_post_tags")
        imported = path("import/", self.admin_site.admin_view(self.import_markdown), name="posts_post_import")
        own = [*bulk_actions.urls(self), *calendar.urls(self), *suggestions.urls(self), *before_publishing.urls(self)]
        own += [*revisions.urls(self), *preview_links.urls(self), *autosave_pages.urls(self), *live.urls(self)]
        own += pictures.urls(self)
        return [tags, imported, *own, *autosave_pages.kept_when_signed_out(super().get_urls())]

    def import_markdown(self, request: HttpRequest) -> HttpResponse:
        """Markdown files or a zip in, with the plan shown first."""
        return transfer.import_view(request, self)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Who changed what and when, from the audit trail."""
        post = self.get_object(request, object_id)
        return super().history_view(request, object_id, {"steps": history.steps(post)} if post else None)

    @admin.action(description=_("Export as Markdown (zip)"), permissions=["view"])
    def export_zip(self, request: HttpRequest, posts: PostQuerySet) -> HttpResponse:
        return transfer.zip_response(posts, by=user_of(request))

    def get_paginator(self, request: HttpRequest, *args: Any, **kwargs: Any) -> CountedPaginator:
        paginator = CountedPaginator(*args, **kwargs)
        paginator.name = name_of_count(request)
        return paginator

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        may_import = request.user.has_perms(importing.PERMISSIONS)
        undo = Undo.objects.open(user_of(request)).first()
        context = {"may_import": may_import, "kept_views": filters.kept_views(), "undo": undo}
        return super().changelist_view(request, context | (extra_context or {}))

    def suggest_tags(self, request: HttpRequest) -> JsonResponse:
        """The tags that begin with, or else hold, what is typed: a JSON list of names."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        typed = request.GET.get("q", "").replace("\0", "").strip()
        names = Tag.objects.filter(name__icontains=typed).values_list("name", flat=True) if typed else []
        ordered = sorted(names, key=lambda name: (not name.casefold().startswith(typed.casefold()), name.casefold()))
        return JsonResponse({"names": ordered[:SUGGESTIONS]})

    # Who may do what

    def _edits_any(self, request: HttpRequest) -> bool:
        return request.user.has_perm("posts.change_any_post")

    def has_change_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        """Authors change their own drafts, editors every post."""
        if not super().has_change_permission(request, obj):
            return False
        own_draft = obj is not None and obj.owner_id == request.user.pk and obj.status() == Post.Status.DRAFT
        return obj is None or own_draft or self._edits_any(request)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("posts.publish_post")

    def has_delete_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        """Only drafts: what readers can see is taken back first, by making it a draft."""
        deletable = obj is None or (obj.status() == Post.Status.DRAFT and self.has_change_permission(request, obj))
        return deletable and super().has_delete_permission(request, obj)

    # The form

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Stores an uploaded cover before the transaction, which no slow service may hold open. In it, one saves at a
        time, so that what is the latest revision stays it until the next is written."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if "cover_upload" in request.FILES and self._may_save(request, object_id):
            store_upload(request, "cover_upload", "cover")
        with transaction.atomic():
            SiteState.lock()
            if object_id and deleting.is_gone(object_id) and self.has_add_permission(request):
                return deleting.offered_anew(request)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _may_save(self, request: HttpRequest, object_id: str | None) -> bool:
        post = super().get_object(request, object_id) if object_id else None
        return (post is not None or object_id is None) and self.may_write(request, post)

    def may_write(self, request: HttpRequest, post: Post | None) -> bool:
        """Whether this person may save this post; without one, whether they may make one."""
        return self.has_change_permission(request, post) if post else self.has_add_permission(request)

    def post_to_write(self, request: HttpRequest, pk: object = None) -> Post | None:
        """The post with this key; without one None, for a new post. Raises as `allowed_post` does, where it may not be made too."""
        if pk is not None:
            return self.allowed_post(request, pk, self.has_change_permission)
        if not self.has_add_permission(request):
            raise PermissionDenied
        return None

    def allowed_post(self, request: HttpRequest, pk: object, is_allowed: Callable[[HttpRequest, Post], bool]) -> Post:
        """Raises `Http404` where it is not there for this person, `PermissionDenied` where they may not do that to it."""
        post = self.get_object(request, str(pk))
        if post is None:
            raise Http404
        if not is_allowed(request, post):
            raise PermissionDenied
        return post

    def get_form(self, request: HttpRequest, obj: Post | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = cast("type[PostForm]", super().get_form(request, obj, change, **kwargs))
        form.intent = publishing.intent_of(request.POST)
        form.overwriting = row_key(request.GET.get("over", ""))
        form.restored = autosave.restored(request, obj)
        return form

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Post | None = None,
    ) -> HttpResponse:
        """With the buttons that the post's state asks for, and what is to be known before one writes."""
        form = context["adminform"].form
        may_publish = request.user.has_perm("posts.publish_post")
        context["buttons"] = publishing.buttons(obj, may_publish=may_publish)
        if obj:
            context["standing"] = publishing.Standing.of(obj)
            base = str(form.initial.get("base", ""))
            context["company"] = Company.of(obj, user_of(request), base=base)
            context["conflict"] = conflict_of(form)
            context["licences"] = Image.objects.used_by(obj).lapsing(within=LICENCE_WARNING)
        if self.may_write(request, obj):
            context["autosaving"] = autosave.Autosaving.of(request, form)
        context |= before_publishing.context(request, form, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request: HttpRequest, obj: Post, form: PostForm, change: bool) -> None:
        before_publishing.save(request, form, obj)
        autosave.forget(request)

    def response_add(self, request: HttpRequest, obj: Post, post_url_continue: str | None = None) -> HttpResponse:
        return self._still_editing(request, obj)

    def response_change(self, request: HttpRequest, obj: Post) -> HttpResponse:
        return self._still_editing(request, obj)

    def _still_editing(self, request: HttpRequest, obj: Post) -> HttpResponse:
        """Back to the form, where it says what was done, or what is to be looked at first."""
        url = reverse("admin:posts_post_change", args=[obj.pk])
        intent, stored = publishing.intent_of(request.POST), Post.objects.get(pk=obj.pk)
        if before_publishing.is_kept_back(stored, intent):
            self.message_user(request, before_publishing.told(), messages.WARNING)
            url += before_publishing.OPENED
        else:
            self.message_user(request, publishing.told(stored, intent), messages.SUCCESS)
        kept: Any = {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}
        return redirect(add_preserved_filters(kept, url))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing is left to save: tags were written with the post."""

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Asks once more where the post was saved since the page that asks was opened. Nobody saves meanwhile."""
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        with transaction.atomic():
            SiteState.lock()
            post = self.get_object(request, object_id)
            if post and deleting.is_newer(request, post):
                return redirect(request.get_full_path())
            return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request: HttpRequest, obj: Post) -> None:
        writing.delete([obj], by=user_of(request))
        deleting.offer_redirect(request, obj.path)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Nothing that goes with a post asks for a permission of its own: not its aliases, which nobody deletes singly."""
        return [], {}, set(), []

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        return super().render_delete_form(request, context | deleting.told(context["object"], user_of(request)))

    def get_view_on_site_url(self, obj: Post | None = None) -> str | None:
        """The page, or for what is not live what it would be, shown to those who may see it here."""
        if obj is None:
            return None
        is_live = obj.status() == Post.Status.LIVE
        return obj.get_absolute_url() if is_live else reverse("admin:posts_post_preview", args=[obj.pk])

    # What is shown

    @admin.display(description=_("status"))
    def status(self, post: Post) -> str:
        status = post.status()
        shown = format_html('<span class="status status-{}">{}</span>', status.value, status.label)
        waiting = format_html(' <span class="status">{}</span>', _("Draft waits")) if post.has_waiting_changes else ""
        held = format_html(' <span class="held-for">{}</span>', " ".join(post.held)) if post.held else ""
        return format_html("{}{}{}", shown, waiting, held)

    @admin.display(description=_("date"), ordering="listed_at", empty_value="–")
    def date_as_written(self, post: Post) -> str | None:
        return f"{post.published_at:%Y-%m-%d %H:%M}" if post.published_at else None

    @admin.display(description=_("tags"))
    def tag_names(self, post: Post) -> str:
        names = [tag.name for tag in post.tag_list]
        named, more = ", ".join(names[:MOST_TAGS]), len(names) - MOST_TAGS
        return gettext("%(tags)s and %(more)d more") % {"tags": named, "more": more} if more > 0 else named

    @admin.display(description=_("The cover now"))
    def cover_now(self, post: Post) -> str:
        if not post.cover_picture:
            return gettext("None yet.")
        return format_html('<img class="cover-now" src="{}" alt="{}">', post.cover_picture.src, post.cover_alt)

    @admin.display(description=_("About this post"))
    def about(self, post: Post) -> str:
        if post.pk is None:
            return "–"
        facts = gettext("%(words)s words, %(minutes)d minutes to read; %(path)s, from %(file)s")
        words = number_format(post.words, force_grouping=True)
        return facts % {"words": words, "minutes": post.minutes, "path": post.path, "file": post.source_path}
