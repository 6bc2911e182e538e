"""What the form as it stands would make: its page, and what the lint finds in it. Nothing is written."""

from collections import Counter
from typing import TYPE_CHECKING, Any, cast

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone as clock
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from posts import previewing, views
from posts.admin.findings import findings
from posts.admin.post_form import PostForm
from posts.lint import Severity
from posts.markup import Markup
from posts.projection import Projection

if TYPE_CHECKING:
    from posts.admin.post import PostAdmin

SHOWN = 500  # findings at once, the worst first: a browser is for seconds over a list of ten thousand, at each pause
WORST_FIRST = [Severity.ERROR, Severity.WARNING, Severity.HINT]


def urls(admin: "PostAdmin") -> list[URLPattern]:
    """The addresses that the form of a kept post and that of a new one are sent to while it is written."""
    pages = LivePages(admin)

    def own(view: Any) -> Any:
        return admin.admin_site.admin_view(never_cache(require_POST(view)))

    # No script of the page may run, whoever opens it and wherever.
    preview = own(csp_update({"sandbox": True})(pages.preview))
    return [
        path("add/preview/", preview, name="posts_post_live_preview"),
        path("add/findings/", own(pages.findings), name="posts_post_live_findings"),
        path("<int:pk>/live-preview/", preview, name="posts_post_live_preview"),
        path("<int:pk>/findings/", own(pages.findings), name="posts_post_live_findings"),
    ]


class LivePages:
    """For those who may save the form: to change the post, or to add one."""

    def __init__(self, admin: "PostAdmin") -> None:
        self.admin = admin

    def preview(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """The page that the form would make, or as JSON what keeps it from being made."""
        form = self._form(request, pk)
        projection: Projection | None = getattr(form, "projection", None)
        if not projection:
            return JsonResponse({"problems": _problems(form)})
        latest = form.instance.latest_revision if pk else None
        if latest and latest.sha256 == projection.sha256:
            return views.preview_of(request, latest)
        post = previewing.post_of(projection, pk=pk or 0, at=clock.now())  # what stands beside it is not beside None
        return views.preview_page(request, post, status=gettext("Not saved yet"))

    def findings(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """How long the text is, what keeps the form from being saved, and what the lint finds, as JSON."""
        form = self._form(request, pk)
        projection: Projection | None = getattr(form, "projection", None)
        typed = form.cleaned_data.get("body", "")
        document = getattr(form, "written", None) or form.document.with_body(f"\n{typed}\n")
        markup = Markup.named(request.POST.get("markup", ""))
        found = findings(document, typed, projection.shortcodes if projection else (), markup)
        counts = _counted(found)
        if len(found) > SHOWN:
            found = sorted(found, key=lambda each: WORST_FIRST.index(each["severity"]))[:SHOWN]
        for each in found:
            each |= _field(form, each.pop("field")) if "field" in each else {}
        problems = _problems(form)
        told = _told(counts + Counter({Severity.ERROR: len(problems)}), len(found) < counts.total())
        return JsonResponse({"length": _length(projection), "told": told, "problems": problems, "findings": found})

    def _form(self, request: HttpRequest, pk: int | None) -> PostForm:
        """The form as it was sent, and looked through. A title is not asked for yet, nor whether another has saved."""
        post = self.admin.post_to_write(request, pk)
        data = request.POST.copy()
        if not data.get("title", "").strip():
            data["title"] = gettext("Untitled")
        made = self.admin.get_form(request, post, change=post is not None)
        made.overwriting = post and post.latest_revision_id
        form = cast("PostForm", made(data, instance=post))
        form.full_clean()
        return form


def _length(projection: Projection | None) -> str:
    """As readers are told it; nothing where no page can be made."""
    if not projection:
        return ""
    words = projection.words
    told = ngettext("%(words)s word, %(minutes)d min read", "%(words)s words, %(minutes)d min read", words)
    return told % {"words": _grouped(words), "minutes": projection.minutes}


def _counted(found: list[dict[str, Any]]) -> Counter[str]:
    """How many there are of each severity, with those that one stands for."""
    counts: Counter[str] = Counter()
    for each in found:
        counts[each["severity"]] += each["count"]
    return counts


def _told(count: Counter[str], are_more: bool) -> str:
    """How many there are of each severity, the worst first, and whether they are more than come along."""
    errors, warnings, hints = (count[each] for each in WORST_FIRST)
    told = {
        ngettext("%s error", "%s errors", errors) % _grouped(errors): errors,
        ngettext("%s warning", "%s warnings", warnings) % _grouped(warnings): warnings,
        ngettext("%s hint", "%s hints", hints) % _grouped(hints): hints,
    }
    listed = ", ".join(text for text, number in told.items() if number)
    if are_more:
        return gettext("%(found)s. The first %(shown)s are shown.") % {"found": listed, "shown": SHOWN}
    return listed or gettext("All is well: nothing was found.")


def _grouped(number: int) -> str:
    return number_format(number, force_grouping=True)


def _problems(form: PostForm) -> list[dict[str, str]]:
    return [
        {"message": str(message), **_field(form, name)}
        for name, messages in form.errors.items()
        for message in messages
    ]


def _field(form: PostForm, name: str) -> dict[str, str]:
    """The field as people and scripts know it; the front matter where the form has no such field."""
    if name not in form.fields:
        return {"field": "" if name == "__all__" else gettext("Front matter"), "id": ""}
    return {"field": str(form[name].label), "id": form[name].id_for_label}
