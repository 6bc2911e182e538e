"""What the list of posts offers to do to several at once: first a page says what that would do, then it can be undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.sessions import user_of
from posts import tags
from posts.admin import bulk, undoing
from posts.admin.bulk import Deed, Plan
from posts.admin.publishing import Intent
from posts.models import Post, PostQuerySet, Tag, Undo
from posts.slugs import term_slug

if TYPE_CHECKING:
    from posts.admin.post import PostAdmin

MOST_NAMED = 20  # titles that a message or a page names of one kind


class DayForm(forms.Form):
    """The day on which posts are to go live."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Each post keeps its time of day and its time zone."),
    )


class AuthorForm(forms.Form):
    """An author's name."""

    author = forms.CharField(max_length=200, label=_("Author"), help_text=_("In the place of whoever is named now."))


class NewTagForm(forms.Form):
    """A tag's name, known or new."""

    tag = forms.CharField(
        max_length=200, label=_("Tag"), widget=forms.TextInput(attrs={"list": "names", "data-names-of": "tag"})
    )

    def clean_tag(self) -> str | Tag:
        names = tags.split(self.cleaned_data["tag"])
        if len(names) != 1:
            raise forms.ValidationError(_("One tag at a time."))
        return names[0]


class KnownTagForm(NewTagForm):
    """A tag that there is."""

    def clean_tag(self) -> Tag:
        tag: Tag | None = Tag.objects.filter(slug=term_slug(str(super().clean_tag()))).first()
        if tag is None:
            raise forms.ValidationError(_("There is no such tag."))
        return tag


@dataclass(frozen=True, slots=True)
class Action:
    """One of the list's actions: what it asks for, what it does with the answer, and how it tells that it is done."""

    name: str
    label: Promise
    done: Promise
    deed: Callable[..., Deed]
    form: type[forms.Form] = forms.Form
    permission: str = "change"

    def told(self, answer: dict[str, Any], count: int) -> str:
        """`Tag “AI” added: 12 posts`."""
        return f"{self.done % answer}: {_posts(count)}"


ACTIONS = (
    Action("publish", _("Publish"), _("Published"), lambda: bulk.button(Intent.PUBLISH), permission="publish"),
    Action(
        "schedule", _("Schedule to a day"), _("Set to go live on %(day)s"), bulk.schedule, DayForm, permission="publish"
    ),
    Action("unpublish", _("Unpublish"), _("Unpublished"), lambda: bulk.button(Intent.UNPUBLISH), permission="publish"),
    Action("expire", _("Expire now"), _("Expired"), lambda: bulk.button(Intent.EXPIRE), permission="publish"),
    Action("add_tag", _("Add a tag"), _("Tag “%(tag)s” added"), bulk.add_tag, NewTagForm),
    Action("remove_tag", _("Remove a tag"), _("Tag “%(tag)s” removed"), bulk.remove_tag, KnownTagForm),
    Action("sign", _("Change the author"), _("Author is now %(author)s"), bulk.sign, AuthorForm),
)
MOVE = Action("move", _("Move to another day"), _("Moved to %(day)s"), bulk.move, DayForm)


def admin_actions() -> list[Callable[..., HttpResponse | None]]:
    """The actions as Django's list takes them."""
    return [_admin_action(action) for action in ACTIONS]


def urls(admin: "PostAdmin") -> list[URLPattern]:
    """Where the Undo button leads."""

    def undone(request: HttpRequest, pk: int) -> HttpResponse:
        return undo_view(request, admin, pk)

    return [path("undo/<int:pk>/", admin.admin_site.admin_view(require_POST(undone)), name="posts_post_undo")]


def _admin_action(action: Action) -> Callable[..., HttpResponse | None]:
    def run(admin: "PostAdmin", request: HttpRequest, posts: PostQuerySet) -> HttpResponse | None:
        if posts.count() > bulk.MOST:
            told = gettext("Choose no more than %(most)d posts at a time.") % {"most": bulk.MOST}
            admin.message_user(request, told, messages.ERROR)
            return None
        return carried_out(request, admin, action, posts, back=request.get_full_path())

    run.__name__ = action.name
    run.short_description = action.label  # type: ignore[attr-defined]
    run.allowed_permissions = [action.permission]  # type: ignore[attr-defined]
    return run


def carried_out(
    request: HttpRequest, admin: "PostAdmin", action: Action, posts: PostQuerySet, *, back: str, asks: bool = True
) -> HttpResponse:
    """The page that asks what for, the one that says what it would do, and then the way back, with a message.

    Unless it `asks`, what readers see no difference of is done at once.
    """
    step = request.POST.get("step")
    needs_answer = bool(action.form.base_fields)
    form = action.form(request.POST if step or not needs_answer else None)
    if not form.is_valid():
        return _page(request, admin, action, posts, form=form, back=back)
    answer = form.cleaned_data
    user = user_of(request)

    def made() -> Plan:
        found = bulk.with_documents(posts.all())
        return bulk.plan(
            action.deed(*answer.values()),
            found,
            by=user,
            may_change=lambda post: admin.has_change_permission(request, post),
        )

    plan = made()
    seen = _mark(plan)
    is_harmless = not asks and not any(effect.is_seen for effect, _ in plan.effects)
    if not is_harmless and (step != "confirm" or request.POST.get("seen") != seen):
        return _page(request, admin, action, posts, form=form, plan=plan, seen=seen, back=back)
    result, undo = bulk.apply(made, by=user, told=lambda count: action.told(answer, count))
    _tell(request, admin, result, undo)
    return HttpResponseRedirect(back)


def undo_view(request: HttpRequest, admin: "PostAdmin", pk: int) -> HttpResponse:
    """Takes back what this person did, and says which posts were left."""
    user = user_of(request)
    undo = Undo.objects.open(user).filter(pk=pk).first()
    if undo is None:
        context = admin.admin_site.each_context(request) | {
            "title": gettext("This cannot be undone"),
            "opts": admin.opts,
        }
        return TemplateResponse(request, "admin/posts/post/not_undone.html", context, status=HTTPStatus.NOT_FOUND)
    undone = undoing.take_back(undo, by=user, may_change=lambda post: admin.has_change_permission(request, post))
    told = ngettext("Undone: %(count)d post is as it was.", "Undone: %(count)d posts are as they were.", undone.count)
    admin.message_user(request, told % {"count": undone.count}, messages.SUCCESS)
    if undone.left:
        told = gettext("Left as they are, for they were changed since or cannot be published: %(titles)s")
        admin.message_user(request, told % {"titles": _titles(undone.left)}, messages.WARNING)
    back = request.POST.get("next", "")
    is_own = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return HttpResponseRedirect(back if is_own and back else reverse("admin:posts_post_changelist"))


def _tell(request: HttpRequest, admin: "PostAdmin", result: Plan, undo: Undo | None) -> None:
    """The Undo button stands on the page itself, for as long as it can be pressed."""
    admin.message_user(request, undo.told if undo else gettext("Nothing was changed."), messages.SUCCESS)
    if result.left:
        told = gettext("Left as they are: %(posts)s")
        reasons = "; ".join(f"“{left.post.title}” ({left.reason})" for left in result.left[:MOST_NAMED])
        more = " …" if len(result.left) > MOST_NAMED else ""
        admin.message_user(request, told % {"posts": reasons + more}, messages.WARNING)


def _page(
    request: HttpRequest, admin: "PostAdmin", action: Action, posts: PostQuerySet, *, form: forms.Form, **context: Any
) -> HttpResponse:
    plan: Plan | None = context.get("plan")
    keys = list(posts.values_list("pk", flat=True))
    context |= admin.admin_site.each_context(request) | {
        "title": f"{action.label}: {_posts(len(keys))}",
        "opts": admin.opts,
        "action": action,
        "form": form,
        "keys": keys,
        "groups": _groups(plan) if plan else [],
        "warned": bulk.warnings(plan) if plan else [],
        "left": plan.left[:MOST_NAMED] if plan else [],
        "left_count": len(plan.left) if plan else 0,
    }
    return TemplateResponse(request, "admin/posts/post/bulk.html", context)


def _groups(plan: Plan) -> list[tuple[bulk.Effect, int, list[Post]]]:
    """Each effect with how many posts it is on, and the first of them."""
    return [
        (effect, count, [step.post for step in plan.steps if step.effect is effect][:MOST_NAMED])
        for effect, count in plan.effects
    ]


def _mark(plan: Plan) -> str:
    """Tells this plan from that of another moment: other posts, later revisions or another effect."""
    told = [(step.post.pk, step.post.latest_revision_id, step.effect.value) for step in plan.steps]
    return sha256(repr(sorted(told)).encode()).hexdigest()


def _posts(count: int) -> str:
    return ngettext("%(count)d post", "%(count)d posts", count) % {"count": count}


def _titles(posts: Sequence[Post]) -> str:
    named = ", ".join(f"“{post.title}”" for post in posts[:MOST_NAMED])
    return named + (" …" if len(posts) > MOST_NAMED else "")
