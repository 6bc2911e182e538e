"""The body's field in the post's form: an editor around a textarea that works without it."""

from typing import ClassVar

from django import forms


class MarkdownEditor(forms.Textarea):
    """A textarea that `editor.js` puts EasyMDE over. It stays the field that is sent."""

    template_name = "admin/posts/post/editor.html"

    class Media:
        css: ClassVar = {"all": ["posts/vendor/easymde/easymde.min.css", "posts/editor.css"]}
        js: ClassVar = [
            forms.Script("posts/vendor/easymde/easymde.min.js", defer=True),
            forms.Script("posts/editor/editor.js", type="module"),
        ]
