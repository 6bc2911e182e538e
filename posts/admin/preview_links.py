"""The links by which people without an account see a post before readers do: made, listed and revoked."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone as clock
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.sessions import user_of
from posts import previewing
from posts.admin.row_key import row_key
from posts.models import Post, Revision

if TYPE_CHECKING:
    from posts.admin.post import PostAdmin

DAYS = (1, 7, 30)
USUAL_DAYS = 7
MOST_LISTED = 50


class PreviewLinkForm(forms.Form):
    """What a new link shows, and for how long."""

    revision = forms.ModelChoiceField(
        Revision.objects.none(),
        required=False,
        widget=forms.HiddenInput,
    )
    days = forms.TypedChoiceField(label=_("It works for"), coerce=int, initial=USUAL_DAYS)

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].queryset = post.revisions.all()  # type: ignore[attr-defined]
        self.fields["days"].choices = [(n, ngettext("%(n)d day", "%(n)d days", n) % {"n": n}) for n in DAYS]  # type: ignore[attr-defined]


def urls(admin: "PostAdmin") -> list[URLPattern]:
    """The pages' addresses, below the post's own."""
    pages = PreviewLinkPages(admin)
    own = admin.admin_site.admin_view
    return [
        path("<int:pk>/previews/", own(pages.listed), name="posts_post_previews"),
        path(
            "<int:pk>/previews/<int:link>/revoke/", own(require_POST(pages.revoked)), name="posts_post_revoke_preview"
        ),
    ]


class PreviewLinkPages:
    """The pages, for those who may change the post."""

    def __init__(self, admin: "PostAdmin") -> None:
        self.admin = admin

    def listed(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The post's links, the newest first, and the form for another."""
        post = self.admin.allowed_post(request, pk, self.admin.has_change_permission)
        chosen = post.revisions.filter(pk=row_key(request.GET.get("revision", ""))).first()
        form = PreviewLinkForm(request.POST or None, initial={"revision": chosen}, post=post)
        if form.is_valid():
            expires_at = clock.now() + timedelta(days=form.cleaned_data["days"])
            revision = form.cleaned_data["revision"]
            previewing.share(post, revision=revision, expires_at=expires_at, by=user_of(request))
            self.admin.message_user(request, gettext("The link is made: the first below."), messages.SUCCESS)
            return redirect("admin:posts_post_previews", pk)
        links = post.preview_links.select_related("revision", "created_by").order_by("-pk")[:MOST_LISTED]
        context = self.admin.admin_site.each_context(request) | {
            "title": gettext("Preview links"),
            "subtitle": post.title,
            "opts": self.admin.opts,
            "post": post,
            "form": form,
            "chosen": chosen,
            "links": [(link, request.build_absolute_uri(link.get_absolute_url())) for link in links],
        }
        return TemplateResponse(request, "admin/posts/post/preview_links.html", context)

    def revoked(self, request: HttpRequest, pk: int, link: int) -> HttpResponse:
        """The link shows nothing from now on."""
        post = self.admin.allowed_post(request, pk, self.admin.has_change_permission)
        found = get_object_or_404(post.preview_links, pk=link)
        previewing.revoke(found, by=user_of(request))
        self.admin.message_user(request, gettext("The link no longer works."), messages.SUCCESS)
        return redirect("admin:posts_post_previews", pk)
