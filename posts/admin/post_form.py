"""The form in which a post is written: its fields are read from the document and written back into it.

Only what the editor changed is written, so every other byte of the document stays.
"""

import re
from datetime import timedelta, timezone
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.urls import reverse
from django.utils import timezone as clock
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posts import front_matter_keys, frontmatter, slugs
from posts.admin.editor import MarkdownEditor, addresses
from posts.admin.form_document import body_like, ready_for, with_last_part, with_value
from posts.admin.form_fields import BodyField, ListField, OffsetDateTimeField
from posts.admin.publishing import Intent, is_public_at_some_time, path_problem
from posts.admin.row_key import row_key
from posts.admin.uploads import PictureUploadField
from posts.dates import in_zone
from posts.document import Document
from posts.frontmatter import key_of, keys_of, tag_keys
from posts.importing.places import located
from posts.importing.reading import MAX_FILE_BYTES
from posts.importing.walk import DEFAULT_SECTION
from posts.models import Autosave, Post, Revision
from posts.previewing import post_as_of
from posts.projection import Projection, ProjectionError
from posts.sentences import gettext_noop
from posts.site import UNPROJECTABLE, project
from posts.slugs import ascii_slug
from posts.source import Source
from posts.translating import translated

# The form's fields and the front-matter key that each is written under where the document has none for it yet.
KEYS = {
    "title": "title",
    "slug": "slug",
    "date": "date",
    "tags": "tags",
    "publish_date": "publishDate",
    "expiry_date": "expiryDate",
    "description": "description",
    "summary": "summary",
    "cover": "cover.image",
    "cover_alt": "cover.alt",
    "cover_caption": "cover.caption",
    "authors": "author",
    "series": "series",
    "series_weight": "series_weight",
    "canonical_url": "canonicalURL",
    "aliases": "aliases",
    "markup": "markup",
    "medical": "medical",
    "reviewed_by": "reviewedBy",
    "last_reviewed": "lastReviewed",
}

_WHOLE_ADDRESS = URLValidator(
    ("http", "https"), message=_("Write a whole address, such as https://example.org/article/.")
)


class PostForm(forms.ModelForm):
    """A post as its editor sees it: filled from the latest revision, and saved as the next one.

    It carries the revision that it was filled from. When another has been saved since, nothing is written: `conflict`
    is that one, and `overwriting` says which one is to be written over on purpose.
    """

    base = forms.ModelChoiceField(
        Revision.objects.none(),
        required=False,
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),  # no browser puts that of an earlier form back
        error_messages={
            "required": _("This form does not say what it was opened with. Copy your text, and open it anew.")
        },
    )

    section = forms.SlugField(
        max_length=200,
        initial=DEFAULT_SECTION,
        label=_("Section"),
        help_text=_("The first part of the URL. It stays when the post is made."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE)
    slug = forms.CharField(
        max_length=300,
        required=False,
        label=_("Slug"),
        help_text=_("The last part of the URL. Left empty, it is made from the title."),
        widget=forms.TextInput(attrs={"class": "vTextField", "data-slug-of": "id_title"}),
    )
    date = OffsetDateTimeField(
        required=False,
        label=_("Date"),
        help_text=_("Decides the order in lists, and when the post goes live."),
    )
    publish_date = OffsetDateTimeField(
        required=False, label=_("Publish date"), help_text=_("If it goes live at another time than its date.")
    )
    expiry_date = OffsetDateTimeField(
        required=False, label=_("Expiry date"), help_text=_("From then on the page is gone for readers.")
    )
    tags = ListField(
        required=False,
        label=_("Tags"),
        help_text=_("With commas between them."),
    )
    authors = ListField(
        required=False,
        label=_("Authors"),
        help_text=_("With commas between them."),
    )
    series = ListField(
        required=False,
        label=_("Series"),
        help_text=_("Whose parts are read in an order; with commas between several."),
    )
    series_weight = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=999_999_999,
        label=_("Part"),
        help_text=_("Its place in the series. Left empty, it follows by its date."),
        widget=forms.NumberInput(attrs={"class": "vIntegerField"}),
    )
    aliases = ListField(
        required=False,
        label=_("Aliases"),
        help_text=_("Old paths that lead here, with commas between them."),
    )
    cover = forms.CharField(
        max_length=1000,
        required=False,
        label=_("Cover's address"),
        help_text=_("Filled in when a picture is uploaded; emptied, the post has no cover."),
        widget=forms.TextInput(
            attrs={"class": "vTextField", "data-library": _("Choose an image"), "data-library-alt": "id_cover_alt"}
        ),
    )
    cover_upload = PictureUploadField(
        label=_("Upload a cover"),
        help_text=_("JPEG, PNG, WebP, GIF or AVIF, up to 10 MB. It is shown in 16:9."),
    )
    medical = forms.BooleanField(
        required=False,
        label=_("Medical content"),
        help_text=_("Search engines are told that the page is about health."),
    )
    reviewed_by = forms.CharField(
        required=False,
        label=_("Medically reviewed by"),
        help_text=_("Name and credentials, as readers see them."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    last_reviewed = forms.DateField(
        required=False, label=_("Last reviewed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    body = BodyField(
        required=False,
        label=_("Body"),
        strip=False,
        widget=MarkdownEditor(attrs={"class": "markdown", "rows": 30}),
        help_text=_("Markdown. The title is not repeated here."),
    )

    class Meta:
        model = Post
        fields = (
            "title", "markup", "description", "summary",
            "canonical_url", "cover_alt", "cover_caption",
        )  # fmt: skip
        labels = {"canonical_url": _("Canonical URL")}  # read by Django, never changed
        widgets = {  # read by Django, never changed
            "description": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "summary": forms.Textarea(
                attrs={"rows": 3, "class": "vLargeTextField", "placeholder": _("Left empty: how the text begins")}
            ),
            "canonical_url": forms.TextInput(attrs={"class": "vTextField"}),
            "cover_alt": forms.TextInput(attrs={"class": "vTextField"}),
            "cover_caption": forms.TextInput(attrs={"class": "vTextField"}),
        }

    intent = Intent.SAVE  # the admin says so for each request
    overwriting: int | None = None  # the revision that is seen and is not to stay the latest
    restored: Autosave | None = None  # what is shown in the fields instead of what was saved
    conflict: Revision | None = None
    written: Document  # what was typed, as it would be saved
    projection: Projection
    edited: Document  # what the fields say, whatever button was pressed
    source: Source

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.base_revision = self._base_revision()
        self.document = Document.of(self.base_revision.text) if self.base_revision else Document.new({}, "\n\n")
        self.shown = self._shown()
        for name in ("date", "publish_date", "expiry_date"):
            field = self.fields.get(name)
            if isinstance(field, OffsetDateTimeField):
                moment = getattr(self.shown, name)
                shown = in_zone(moment, self.shown.time_zone) if moment else None
                field.zone = timezone(shown.utcoffset() or timedelta()) if shown else self.shown.time_zone
                zone = field.zone.tzname(None)
                field.widget.attrs["data-offset"] = zone.removeprefix("UTC") or "+00:00"
                field.help_text = format_html("{} {}", field.help_text, gettext("In %(zone)s.") % {"zone": zone})
        self.initial.update(self._initial_of_new() if self.instance.pk is None else self._initial_of_kept())
        for name in ("title", "cover_alt", "cover_caption", "description", "summary"):
            self.fields[name].widget.attrs["dir"] = self.instance.direction
        if self.instance.direction == "rtl":  # with "auto" a browser takes minutes for a text of some megabytes
            self.fields["body"].widget.attrs["dir"] = "rtl"
        self.fields["body"].widget.attrs |= addresses(self.instance)
        if self.restored:
            self.initial.update({name: self.restored.fields.get(name, "") for name in self.texts()})
        self.fields["tags"].widget.attrs |= {
            "data-suggest": reverse("admin:posts_post_tags"),
            "data-suggest-label": _("Tags in use"),
        }

    @classmethod
    def is_text(cls, name: str) -> bool:
        """Whether what is typed into the field can be kept and given back; files cannot."""
        return name != "base" and not isinstance(cls.base_fields[name], forms.FileField)

    def texts(self) -> list[str]:
        """The names of the fields that can be filled with what was kept."""
        return [name for name, field in self.fields.items() if self.is_text(name) and not field.disabled]

    def _base_revision(self) -> Revision | None:
        """The one that the form was filled from: what was sent names it, else it is the latest. None for a new post."""
        latest: Revision | None = self.instance.latest_revision
        if self.instance.pk is None or latest is None:
            return None
        self.fields["base"].required = True
        self.fields["base"].queryset = self.instance.revisions.all()  # type: ignore[attr-defined]
        restored = self.restored.base_id if self.restored else ""
        sent = row_key(str(self.data.get(self.add_prefix("base"), "") if self.is_bound else restored or ""))
        is_older = sent not in {0, latest.pk}
        base = (self.instance.revisions.filter(pk=sent).first() if is_older else None) or latest
        self.initial["base"] = base.pk
        return base

    def _shown(self) -> Post:
        """The post as the base revision makes it, which the row is as long as that is the live one."""
        base = self.base_revision
        return self.instance if base is None or base.pk == self.instance.live_revision_id else post_as_of(base)

    def _initial_of_new(self) -> dict[str, Any]:
        return {"date": clock.now().replace(microsecond=0)}

    def _initial_of_kept(self) -> dict[str, Any]:
        for name in ("section", "language"):
            # What a site was imported with stays, whether or not it could be chosen here.
            field = self.fields[name]
            self.fields[name] = forms.CharField(
                label=field.label, help_text=field.help_text, disabled=True, required=False
            )
        post = self.shown
        same = (
            *("title", "section", "language", "slug", "date", "publish_date", "expiry_date", "authors"),
            *("series", "series_weight", "aliases"),
            *("cover", "cover_alt", "cover_caption", "description", "canonical_url", "markup"),
        )
        return {name: getattr(post, name) for name in same} | {
            "medical": post.options.get("medical", False),
            "reviewed_by": post.options.get("reviewedBy", ""),
            "last_reviewed": post.reviewed_on,
            "tags": [tag.name for tag in post.tag_list],
            "summary": frontmatter.read(self.document, Source.restored(post.source).reading).summary,
            "body": self.document.body.strip("\r\n"),
        }

    def clean_medical(self) -> bool | None:
        """True, or nothing to write."""
        return self.cleaned_data["medical"] or None

    def clean_canonical_url(self) -> str:
        """A whole address or a path of this site; what was there before stays, whatever it is."""
        address: str = self.cleaned_data["canonical_url"]
        if "canonical_url" in self.changed_data and address and not re.match(r"/(?!/)\S*$", address):
            _WHOLE_ADDRESS(address)
        return address

    def clean(self) -> dict[str, Any]:
        """Makes the document and its projection; whatever keeps a post from being made is an error of the form."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            self._project(cleaned)
        if not self.errors:
            self._look_for_conflict()
        return cleaned

    def projected(self, intent: Intent) -> Projection:
        """What a button of this intent would write of a form without errors. Raises what `project` raises."""
        document = intent.applied(self.edited, self.source.reading, post=self.instance)
        return project(document, self.source)

    def _look_for_conflict(self) -> None:
        """Another's newer revision stops the form, unless it says the same or is to be written over."""
        latest = self.instance.latest_revision
        if self.base_revision == latest or latest.pk == self.overwriting or latest.text == self.projection.text:
            return
        self.conflict = latest
        self.add_error(None, _("Nothing was saved: this post has been saved by someone else since you opened it."))

    def _project(self, cleaned: dict[str, Any]) -> None:
        try:
            self.source = self._source(cleaned)
            self.edited = self._edited(cleaned)
            if size_problem := _size_problem(self.edited):
                self.add_error("body", size_problem)
                return
            self.written = self.intent.applied(self.edited, self.source.reading, post=self.instance)
            self.projection = project(self.written, self.source)
        except UNPROJECTABLE as error:
            self.add_error(self._field_of(getattr(error, "key", "")), translated(error.sentence))
            return
        if problem := path_problem(self.projection, self.instance):
            self.add_error("slug", problem)
        if self.intent is Intent.PUBLISH and not is_public_at_some_time(self.projection):
            self.add_error(
                "expiry_date", _("It has passed by the time the post would go live: readers would not see it.")
            )

    def _field_of(self, key: str) -> str | None:
        """The field that says this key, of an address the slug; none where the form has no such field."""
        names = (
            name
            for name, keys in (*front_matter_keys.KEYS.items(), *front_matter_keys.ELSEWHERE.items())
            if key in {name, *keys}
        )
        name = next(names, key)
        name = "slug" if name == "url" else name
        return name if name in self.fields else None

    def _source(self, cleaned: dict[str, Any]) -> Source:
        """A kept post's own; a new one's from the file that it would be exported to."""
        if self.instance.pk:
            return Source.restored(self.instance.source)
        slug = slugs.urlized(cleaned["slug"]) or ascii_slug(cleaned["title"])[:150].strip("-")
        if not slug:
            raise ProjectionError(gettext_noop("No slug can be made from this title: give one."), key="slug")
        if not re.fullmatch(r"[^/.]{1,150}", slug) or slug in {"index", "_index"}:
            problem = gettext_noop("This slug cannot be a file's name: use letters, digits and hyphens.")
            raise ProjectionError(problem, key="slug")
        if cleaned["section"] in dict(settings.LANGUAGES) or cleaned["section"].startswith("_"):
            problem = gettext_noop("This section's name has another meaning: choose another.")
            raise ProjectionError(problem, key="section")
        language = cleaned["language"]
        ending = ".md" if language == settings.LANGUAGE_CODE else f".{language}.md"
        return located(PurePosixPath(cleaned["section"], slug + ending))

    def _key(self, document: Document, name: str) -> str | None:
        """The key to write a field to: of tags that of the site's own taxonomy."""
        reading = Source.restored(self.instance.source).reading
        return tag_keys(document.values, reading)[0] if name == "tags" else key_of(document, name, reading)

    def _url_key(self, document: Document) -> str:
        """The key that holds the whole address, where one does."""
        keys = keys_of("url", Source.restored(self.instance.source).reading)
        return next((key for key in keys if document.get(key)), "url")

    def _edited(self, cleaned: dict[str, Any]) -> Document:
        """The document with what was changed in the form, and nothing else changed."""
        document = self.document
        for name, key in KEYS.items():
            if self.instance.pk is None:
                if name != "slug":  # the file's name says it
                    document = with_value(document, key, cleaned[name])
            elif name == "slug" and name in self.changed_data and (url := document.get(self._url_key(document))):
                document = document.replace(self._url_key(document), with_last_part(str(url), cleaned["slug"]))
            elif name in self.changed_data:
                document = with_value(ready_for(document, name), self._key(document, name) or key, cleaned[name])
                reading = Source.restored(self.instance.source).reading
                if name == "cover" and not cleaned[name] and frontmatter.cover_of(document, reading):
                    document = document.replace("cover.image", "")
        if "body" in self.changed_data or self.instance.pk is None:
            document = document.with_body(body_like(self.document.body, cleaned["body"]))
        return document


def _size_problem(document: Document) -> str:
    """Why no import would take the text back; nothing where it would."""
    size, most = len(document.dump()), MAX_FILE_BYTES
    if size <= most:
        return ""
    told = gettext("This post has %(size)s MB, %(most)s MB are the most. Split it into several posts.")
    return told % {"size": number_format(size / 1024**2, 1), "most": most // 1024**2}
