"""The body's field in the post's form: an editor around a textarea that works without it."""

from typing import ClassVar

from django import forms
from django.urls import reverse

from posts.models import Post


class MarkdownEditor(forms.Textarea):
    """A textarea that `editor.js` puts EasyMDE over. It stays the field that is sent."""

    template_name = "admin/posts/post/editor.html"

    class Media:
        css: ClassVar = {"all": ["posts/vendor/easymde/easymde.min.css", "posts/editor.css", "posts/pasting.css"]}
        js: ClassVar = [
            forms.Script("posts/vendor/easymde/easymde.min.js", defer=True),
            forms.Script("posts/editor/editor.js", type="module"),
            forms.Script("posts/editor/toolbar.js", type="module"),
            forms.Script("posts/editor/preview.js", type="module"),
            forms.Script("posts/editor/findings.js", type="module"),
            forms.Script("posts/editor/paste.js", type="module"),
            forms.Script("posts/editor/from_library.js", type="module"),
        ]


def addresses(post: Post) -> dict[str, str]:
    """Where the form as it stands is sent for its preview and its findings, as attributes of the textarea."""
    place = [] if post.pk is None else [post.pk]
    return {
        "data-preview-url": reverse("admin:posts_post_live_preview", args=place),
        "data-findings-url": reverse("admin:posts_post_live_findings", args=place),
    }
