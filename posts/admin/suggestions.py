"""Names that are offered while one types, where there are too many for a list to choose from."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import URLPattern, path

from accounts.models import User
from posts.models import AuthoredPost, Tag

if TYPE_CHECKING:
    from posts.admin.post import PostAdmin

MOST = 10

NAMES: dict[str, tuple[Callable[[], QuerySet], str]] = {
    "tag": (Tag.objects.all, "name"),
    "author": (AuthoredPost.objects.all, "name"),
    "owner": (lambda: User.objects.filter(is_staff=True), "username"),
}


def urls(admin: "PostAdmin") -> list[URLPattern]:
    """Where the lists of names are asked for."""

    def suggested(request: HttpRequest, kind: str) -> JsonResponse:
        if not admin.has_view_or_change_permission(request):
            raise PermissionDenied
        return suggest(kind, request.GET.get("q", ""))

    return [path("names/<slug:kind>/", admin.admin_site.admin_view(suggested), name="posts_post_names")]


def suggest(kind: str, typed: str) -> JsonResponse:
    """The first names of this kind that begin with what is typed, as JSON. Raises `Http404` for another kind."""
    if kind not in NAMES:
        raise Http404
    rows, column = NAMES[kind]
    typed = typed.replace("\0", "").strip()
    found = rows().filter(**{f"{column}__istartswith": typed}) if typed else rows().none()
    return JsonResponse({"names": list(found.order_by(column).values_list(column, flat=True).distinct()[:MOST])})
