"""A post's revisions: listed, compared, shown, and restored."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.sessions import user_of
from posts import views
from posts.admin import before_publishing, publishing
from posts.admin.comparing import Comparison
from posts.admin.publishing import Intent, NotYet
from posts.admin.row_key import row_key
from posts.document import Document
from posts.models import Autosave, Post, Revision, SiteState
from posts.projection import Projection
from posts.site import UNPROJECTABLE, project
from posts.source import Source
from posts.translating import translated

if TYPE_CHECKING:
    from posts.admin.post import PostAdmin

REVISIONS_A_PAGE = 50


class Unrestorable(Exception):
    """A revision of which no post can be made now; the message says why."""


def urls(admin: "PostAdmin") -> list[URLPattern]:
    """The pages' addresses, below the post's own."""
    pages = RevisionPages(admin)
    own = admin.admin_site.admin_view
    return [
        path("<int:pk>/revisions/", own(pages.listed), name="posts_post_revisions"),
        path("<int:pk>/revisions/compare/", own(pages.compared), name="posts_post_compare"),
        path("<int:pk>/revisions/<int:number>/", own(never_cache(pages.shown)), name="posts_post_revision"),
        path("<int:pk>/revisions/<int:number>/restore/", own(require_POST(pages.restored)), name="posts_post_restore"),
        path("<int:pk>/preview/", own(never_cache(pages.shown)), name="posts_post_preview"),
    ]


class RevisionPages:
    """The pages for those who may see the post; to restore is for those who may change it."""

    def __init__(self, admin: "PostAdmin") -> None:
        self.admin = admin

    def listed(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All revisions, the newest first."""
        post = self._post(request, pk)
        found = post.revisions.select_related("author").defer("text").order_by("-pk")
        page = Paginator(found, REVISIONS_A_PAGE).get_page(request.GET.get("page"))
        autosaves = Autosave.objects.of(user_of(request)).filter(post=post)
        return self._page(request, post, "revisions", gettext("Revisions"), page=page, autosaves=autosaves)

    def compared(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How `new` differs from `old`; without `old`, from the one before it."""
        post = self._post(request, pk)
        new = self._revision(post, request.GET.get("new"))
        if request.GET.get("old"):
            old: Revision | None = self._revision(post, request.GET["old"])
        else:
            old = post.revisions.filter(pk__lt=new.pk).select_related("author").order_by("-pk").first()
        context = {"old": old, "new": new, "comparison": Comparison.of(old.text if old else "", new.text)}
        return self._page(request, post, "compare", gettext("Compare revisions"), **context)

    def shown(self, request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
        """The page that this revision makes; without a number, the latest."""
        post = self._post(request, pk)
        return views.preview_of(request, self._revision(post, number or post.latest_revision_id))

    def restored(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """A new revision with this one's document, as a draft or for readers too, as the button says."""
        intent = publishing.intent_of(request.POST)
        with transaction.atomic():
            SiteState.lock()
            post = self.admin.allowed_post(request, pk, self.admin.has_change_permission)
            revision, by, origin = self._revision(post, number), request.user, Revision.Origin.RESTORE
            try:
                publishing.carry_out(intent, post, _projection(revision, intent), by=by, origin=origin)  # type: ignore[arg-type]
            except Unrestorable as error:
                self.admin.message_user(request, str(error), messages.ERROR)
                return redirect("admin:posts_post_revisions", pk)
            except NotYet:
                kept = _projection(revision, Intent.SAVE)
                publishing.carry_out(Intent.SAVE, post, kept, by=by, origin=origin)  # type: ignore[arg-type]
                self.admin.message_user(request, before_publishing.told(), messages.WARNING)
                return redirect(reverse("admin:posts_post_change", args=[pk]) + before_publishing.OPENED)
        told = publishing.told(Post.objects.get(pk=pk), intent)
        self.admin.message_user(request, told, messages.SUCCESS)
        return redirect("admin:posts_post_change", pk)

    def _post(self, request: HttpRequest, pk: int) -> Post:
        return self.admin.allowed_post(request, pk, self.admin.has_view_or_change_permission)

    def _revision(self, post: Post, number: Any) -> Revision:
        return get_object_or_404(post.revisions.select_related("author", "post"), pk=row_key(str(number)))

    def _page(self, request: HttpRequest, post: Post, name: str, title: str, **context: Any) -> HttpResponse:
        context |= self.admin.admin_site.each_context(request) | {
            "title": title,
            "subtitle": post.title,
            "opts": self.admin.opts,
            "post": post,
            "may_change": self.admin.has_change_permission(request, post),
            "may_publish": request.user.has_perm("posts.publish_post"),
        }
        return TemplateResponse(request, f"admin/posts/post/{name}.html", context)


def _projection(revision: Revision, intent: Intent) -> Projection:
    """What is to be written to restore it. Raises `Unrestorable`."""
    source = Source.restored(revision.post.source)
    try:
        document = intent.applied(Document.of(revision.text), source.reading, post=revision.post)
        projection = project(document, source)
    except UNPROJECTABLE as error:
        raise Unrestorable(translated(error.sentence)) from error
    if problem := publishing.path_problem(projection, revision.post):
        raise Unrestorable(problem)
    return projection
