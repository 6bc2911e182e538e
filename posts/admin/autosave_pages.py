"""What the form's script and its banner talk to, and the form's view for whoever was signed out while writing."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.sessions import user_of
from posts.admin import deleting
from posts.admin.autosave import keep
from posts.admin.form_key import FormKey
from posts.admin.presence import Company
from posts.admin.row_key import row_key
from posts.models import Autosave, Post

if TYPE_CHECKING:
    from posts.admin.post import PostAdmin

View = Callable[..., HttpResponse]


def urls(admin: "PostAdmin") -> list[URLPattern]:
    """The addresses that the form's script and its banner talk to."""
    pages = AutosavePages(admin)
    own = admin.admin_site.admin_view
    autosaved = never_cache(require_http_methods(["GET", "POST"])(pages.autosaved))
    return [
        path("autosave/", own(autosaved), name="posts_post_autosave"),
        path("autosave/<uuid:form>/discard/", own(require_POST(pages.discarded)), name="posts_post_discard"),
    ]


class AutosavePages:
    """For those who may write the post."""

    def __init__(self, admin: "PostAdmin") -> None:
        self.admin = admin

    def autosaved(self, request: HttpRequest) -> HttpResponse:
        """Says who is signed in and who else is at the post; keeps what is posted, where it is that person's."""
        data = request.POST if request.method == "POST" else request.GET
        pk = data.get("post") or None
        post = self._post(request, pk)
        if request.method == "POST":
            key = FormKey.of(data.get("form", ""))
            if key is None:
                return HttpResponseBadRequest()
            if key.user_pk == request.user.pk:
                keep(data, key, post)
        told = self._company(request, post, data.get("base", "")) if pk else ""
        return JsonResponse({"user": request.user.pk, "company": told})

    def discarded(self, request: HttpRequest, form: UUID) -> HttpResponse:
        """The person's own autosave is gone."""
        autosave = get_object_or_404(Autosave.objects.of(user_of(request)), form=form)
        autosave.delete()
        return redirect(autosave.get_absolute_url())

    def _post(self, request: HttpRequest, pk: str | None) -> Post | None:
        """None for one that is yet to be made, and for one that is gone: what is typed of it makes a new one."""
        try:
            return self.admin.post_to_write(request, pk)
        except Http404:
            if pk is None or not deleting.is_gone(pk):
                raise
            return self.admin.post_to_write(request)

    def _company(self, request: HttpRequest, post: Post | None, base: str) -> str:
        company = Company.of(post, user_of(request), base=base) if post else None
        return render_to_string("admin/posts/post/_company.html", {"company": company, "original": post}, request)


def kept_when_signed_out(patterns: list[URLPattern]) -> list[URLPattern]:
    """The admin's addresses. Those of the form keep what is sent after the session ended, before one signs in again."""
    for each in patterns:
        if each.name in {"posts_post_add", "posts_post_change"}:
            each.callback = _keeping(each.callback)
    return patterns


def _keeping(view: View) -> View:
    @wraps(view)
    def answered(request: HttpRequest, **places: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            _keep_for_whoever_opened_it(request, str(places.get("object_id", "")))
        return view(request, **places)

    return answered


def _keep_for_whoever_opened_it(request: HttpRequest, pk: str) -> None:
    key = FormKey.of(request.POST.get("form", ""))
    if key and User.objects.filter(pk=key.user_pk, is_active=True).exists():
        keep(request.POST, key, Post.objects.filter(pk=row_key(pk)).first())
