from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite
from django.contrib.admin.views.main import ERROR_FLAG
from django.db import DataError, IntegrityError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts import two_factor
from accounts.models import User
from accounts.sign_in import PasswordStep
from cms import desk, finding

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class MonographAdminSite(AdminSite):
    """The stock admin, named for the product; "View site" leads to the readers' home page.

    Signing in may take a code besides the password. Whoever owes a second factor sets it up before anything else.
    """

    site_header = _("Monograph")
    site_title = _("Monograph")
    index_title = _("Editor's desk")
    site_url = "/"
    logout_template = "accounts/signed_out.html"
    password_change_template = "accounts/change_password.html"
    password_change_done_template = "accounts/password_changed.html"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # It asks no row's own rules and tells nobody: an admin that can have it names it among its actions.
        self.disable_action("delete_selected")

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        return super().admin_view(_checked_anew(_without_impossible_filters(view)), cacheable)

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not two_factor.is_owed(request.user)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The editor's desk, above the list of what there is."""
        user = cast("User", request.user)
        own = {"sections": desk.sections(user), "links": desk.links(user)}
        return super().index(request, own | (extra_context or {}))

    def get_urls(self) -> list[Any]:
        """Without Django's `r/`: to everybody who may sign in it tells the address of any row, private links among them."""
        stock = [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]
        return [path("find/", self.admin_view(never_cache(finding.find)), name="find"), *stock]

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().logout(request, {"title": gettext("You are signed out"), **(extra_context or {})})

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if super().has_permission(request) and two_factor.is_owed(request.user):
            return redirect("two_factor_set_up")
        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        page = {"title": gettext("Log in"), "username": request.user.get_username()}
        step = PasswordStep.as_view(extra_context=self.each_context(request) | page | (extra_context or {}))
        return cast(HttpResponse, step(request))


def _checked_anew(view: View) -> View:
    """A form that somebody else was quicker than, after its check and before its save, is checked once more: it comes back
    with what was typed, and says that there is such a name."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except IntegrityError:  # its transaction is rolled back
            name = (request.resolver_match and request.resolver_match.url_name) or ""
            if request.method != "POST" or not name.endswith(("_add", "_change")):
                raise
            return view(request, *args, **kwargs)

    return cast(View, answered)


def _without_impossible_filters(view: View) -> View:
    """A list whose address asks for a number or a year that cannot be is shown whole, as Django does with other nonsense."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (DataError, OverflowError, ValueError):
            is_list = request.resolver_match and (request.resolver_match.url_name or "").endswith("_changelist")
            if not is_list or request.method != "GET" or not request.GET or ERROR_FLAG in request.GET:
                raise
            return redirect(f"{request.path}?{ERROR_FLAG}=1")

    return cast(View, shown)
