"""The panel “Before publishing”: what the checks say of the form as it stands, and what the post will look like elsewhere.

Publish keeps what was typed as a draft where they stop it, and the form comes back with the panel open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone as clock
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from posts import look, metadata, title_pictures
from posts.admin import publishing
from posts.admin.form_fields import lines_end_in_lf
from posts.admin.post_form import PostForm
from posts.admin.publishing import Intent, NotYet
from posts.checklist import Checklist
from posts.checks import Finding, Severity, Verdict, search_result
from posts.document import Document
from posts.models import Post
from posts.projection import Projection
from posts.site import UNPROJECTABLE, project
from posts.source import Source
from posts.translating import translated

if TYPE_CHECKING:
    from posts.admin.post import PostAdmin

KEPT = "kept"
OPENED = f"?checked={KEPT}#before-publishing"  # after the form's address: the panel is open, and says what was done
LONGEST_EXCERPT = 200  # characters by which a script finds the place again
LONGEST_TITLE = 500


def urls(admin: "PostAdmin") -> list[URLPattern]:
    """The panel's own addresses."""
    own = admin.admin_site.admin_view
    checked = never_cache(require_POST(partial(_checked, admin=admin)))
    drawn = partial(_drawn, admin=admin)
    return [
        path("checklist/", own(checked), name="posts_post_checklist_of_new"),
        path("<int:pk>/checklist/", own(checked), name="posts_post_checklist"),
        path("title-picture/", own(drawn), name="posts_post_title_picture"),
    ]


def save(request: HttpRequest, form: PostForm, post: Post) -> None:
    """Does what the button asks for; where the checks stop that, keeps what was typed as a draft."""
    by: Any = request.user
    accepted = request.POST.get(publishing.ANYWAY, "").split()
    try:
        publishing.carry_out(form.intent, post, form.projection, by=by, accepted=accepted)
    except NotYet:
        publishing.carry_out(Intent.SAVE, post, form.projected(Intent.SAVE), by=by)


def is_kept_back(post: Post, intent: Intent) -> bool:
    """Whether `save` kept as a draft what was to be published; the post as it is stored since."""
    return intent is Intent.PUBLISH and (post.draft or post.has_waiting_changes)


def told() -> str:
    """What an editor is told then."""
    return gettext("Saved as a draft, not published yet: see “Before publishing” below.")


def context(request: HttpRequest, form: PostForm, post: Post | None) -> dict[str, Any]:
    """What the form's page needs for the panel: its address and, where it is to be open, what stands in it."""
    name, args = ("posts_post_checklist", [post.pk]) if post else ("posts_post_checklist_of_new", [])
    found: dict[str, Any] = {"checklist_url": reverse(f"admin:{name}", args=args)}
    if post and "checked" in request.GET and not form.is_bound:
        found |= _of_saved(form, post)
        found["may_publish"] = request.user.has_perm("posts.publish_post")
        found["is_kept_back"] = request.GET["checked"] == KEPT
    return found


def _of_saved(form: PostForm, post: Post) -> dict[str, Any]:
    """The panel's content for the latest revision."""
    source = Source.restored(post.source)
    try:
        projection = project(Intent.PUBLISH.applied(form.document, source.reading, post=post), source)
    except UNPROJECTABLE as error:
        return _panel(form, Checklist(Verdict((Finding(Severity.ERROR, translated(error.sentence)),))))
    return _panel(form, Checklist.of(projection, post), projection)


def _checked(request: HttpRequest, pk: int | None = None, *, admin: "PostAdmin") -> HttpResponse:
    """The panel's content for the form as it is sent; nothing is written."""
    post = admin.post_to_write(request, pk)
    form_class = admin.get_form(request, post, change=post is not None)
    form_class.intent = Intent.PUBLISH
    form_class.overwriting = post.latest_revision_id if post else None  # whose text wins is asked when it is saved
    form = form_class(request.POST, instance=post)
    if form.is_valid():
        content = _panel(form, Checklist.of(form.projection, post), form.projection)
    else:
        content = _panel(form, Checklist(Verdict(tuple(_refusals(form)))))
    if request.POST.get("cover_upload"):  # a file's name: the picture itself comes when the form is saved
        content["looks"] = [item for item in content["looks"] if item.finding.field != "cover_upload"]
    content["may_publish"] = request.user.has_perm("posts.publish_post")
    return render(request, "admin/posts/post/_checklist.html", content)


def _refusals(form: PostForm) -> list[Finding]:
    """What keeps the form from being saved at all."""
    return [
        Finding(Severity.ERROR, str(message), field="" if name == "__all__" else name)
        for name, messages in form.errors.items()
        for message in messages
    ]


def _panel(form: PostForm, checklist: Checklist, projection: Projection | None = None) -> dict[str, Any]:
    """What `_checklist.html` needs but `may_publish`."""
    document = Document.of(projection.text) if projection else None
    return {
        "checklist": checklist,
        "stopping": Item.all_of(checklist.errors, form, document),
        "looks": Item.all_of(checklist.warnings, form, document),
        "hints": Item.all_of(checklist.hints, form, document),
        "preview": Preview.of(projection) if projection else None,
        "is_later": bool(projection and projection.window.opens_after(clock.now())),
    }


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the body something stands: its line, and its text from `start` on, which counts as scripts do in UTF-16."""

    line: int
    start: int
    excerpt: str

    @classmethod
    def of(cls, span: tuple[int, int], document: Document) -> Self:
        """The place of this span of the document in the form's field, which holds the body without blank lines around."""
        shown = document.body_start + len(document.body) - len(document.body.lstrip("\r\n"))
        before, excerpt = (lines_end_in_lf(document.text[slice(*part)]) for part in ((shown, span[0]), span))
        units = len(before.encode("utf-16-le", "surrogatepass")) // 2
        return cls(before.count("\n") + 1, units, excerpt[:LONGEST_EXCERPT])


@dataclass(frozen=True, slots=True)
class Item:
    """A finding, the id and the name of its field in the form, and all places in the body where the same was found."""

    finding: Finding
    field_id: str = ""
    label: str = ""
    places: tuple[Place, ...] = ()

    @classmethod
    def all_of(cls, findings: Sequence[Finding], form: PostForm, document: Document | None) -> list[Self]:
        """`document` is the one that was checked."""
        alike: dict[tuple[str, str], list[Finding]] = {}
        for finding in findings:
            alike.setdefault((finding.field, str(finding)), []).append(finding)
        return [cls._of(same, form, document) for same in alike.values()]

    @classmethod
    def _of(cls, same: Sequence[Finding], form: PostForm, document: Document | None) -> Self:
        field = form.fields.get(same[0].field)
        if field is None:
            return cls(same[0])
        places = tuple(Place.of(each.span, document) for each in same if each.span and document)
        return cls(same[0], form[same[0].field].auto_id, str(field.label), places)


@dataclass(frozen=True, slots=True)
class Preview:
    """What search engines and networks show of the post: texts as they cut them, the picture that stands in its head."""

    host: str
    address: str  # the steps that lead there
    title: str
    description: str
    date: datetime | None
    shared_title: str
    shared_description: str
    picture: str
    alt: str

    @classmethod
    def of(cls, projection: Projection) -> Self:
        """Of a post that is not stored, or not as it is going to be."""
        post, site = Post(**projection.columns()), look.current().name
        title = post.title if post.title == site else f"{post.title} · {site}"
        said = post.description or post.summary
        cover = post.cover_picture
        host = urlsplit(settings.SITE_URL).netloc
        return cls(
            host=host,
            address=" › ".join([host, *(step for step in post.path.split("/") if step)]),
            title=search_result.cut(title, search_result.TITLE_SIZE, search_result.TITLE_WIDTH),
            description=search_result.cut(said, search_result.DESCRIPTION_SIZE, search_result.DESCRIPTION_WIDTH),
            date=post.published_at,
            shared_title=post.title,
            shared_description=said,
            picture=cover.src if cover else _title_picture(post.title),
            alt=cover.alt if cover else post.title,
        )


def _title_picture(title: str) -> str:
    return f"{reverse('admin:posts_post_title_picture')}?{urlencode({'title': title})}"


def _drawn(request: HttpRequest, *, admin: "PostAdmin") -> HttpResponse:
    """The picture that link previews show of a post with this title and without a cover. Nothing is kept of it."""
    if not (admin.has_view_or_change_permission(request) or admin.has_add_permission(request)):
        raise PermissionDenied
    subject = metadata.picture_subject(Post(title=request.GET.get("title", "")[:LONGEST_TITLE]))
    return HttpResponse(title_pictures.drawn(subject), content_type="image/png")
