"""Search over everything in the admin (Ctrl-K): what may be found is a line in `SOURCES`, each a function of who asks."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.sessions import user_of
from cms import desk
from posts.admin_search import HITS, Hit, authors_found, images_found, posts_found, tags_found
from posts.search.query import folded

LONGEST = 200  # characters that are read of what is typed


@dataclass(frozen=True, slots=True)
class Group:
    """What one source found."""

    name: str
    hits: list[Hit]


def find(request: HttpRequest) -> HttpResponse:
    """A page with what was found, or the same as JSON for the dialog."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    groups = found(request, text)
    if request.GET.get("format") == "json":
        return JsonResponse({"groups": [asdict(group) for group in groups]})
    context = admin.site.each_context(request) | {"title": gettext("Search"), "query": text, "groups": groups}
    return TemplateResponse(request, "admin/find.html", context)


def found(request: HttpRequest, text: str) -> list[Group]:
    """What there is by this text, by source; without a text, the admin's pages."""
    groups = [Group(str(name), source(request, text)) for name, source in SOURCES if text or source is pages_found]
    return [group for group in groups if group.hits]


def pages_found(request: HttpRequest, text: str) -> list[Hit]:
    """Pages of the admin in whose names all words are."""
    words = folded(text).split()
    return [page for page in _pages(request) if all(word in folded(page.title) for word in words)][:HITS]


def people_found(request: HttpRequest, text: str) -> list[Hit]:
    """People with an account, for those who may see them."""
    if not request.user.has_perm("accounts.view_user"):
        return []
    named = Q(username__icontains=text) | Q(first_name__icontains=text) | Q(last_name__icontains=text)
    people = User.objects.filter(named | Q(email__icontains=text)).order_by("username")[:HITS]
    return [
        Hit(person.get_full_name() or person.username, reverse("admin:accounts_user_change", args=[person.pk]), note)
        for person in people
        for note in [person.username if person.get_full_name() else ""]
    ]


def _of_user(source: Callable[[User, str], list[Hit]]) -> Callable[[HttpRequest, str], list[Hit]]:
    return lambda request, text: source(user_of(request), text)


def _pages(request: HttpRequest) -> list[Hit]:
    """Those that this person may open: where one begins, each list, and each form for something new."""
    pages = [Hit(name, url) for name, url in desk.links(user_of(request))]
    pages += [Hit(gettext("Your account"), reverse("account")), Hit(gettext("View site"), "/")]
    for app in admin.site.get_app_list(request):
        for model in app["models"]:
            if model["admin_url"]:
                pages.append(Hit(str(capfirst(model["name"])), model["admin_url"], str(app["name"])))
            if model["add_url"]:
                name = model["model"]._meta.verbose_name
                pages.append(Hit(gettext("Add %(name)s") % {"name": name}, model["add_url"], str(app["name"])))
    first: dict[str, Hit] = {}
    for page in pages:
        first.setdefault(page.url, page)
    return list(first.values())


Source = Callable[[HttpRequest, str], list[Hit]]
SOURCES: tuple[tuple[Promise, Source], ...] = (
    (_("Posts"), _of_user(posts_found)),
    (_("Images"), _of_user(images_found)),
    (_("Tags"), _of_user(tags_found)),
    (_("Authors"), _of_user(authors_found)),
    (_("People"), people_found),
    (_("Pages of the admin"), pages_found),
)
