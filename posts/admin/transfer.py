"""Markdown in and out through the admin: the same import and export that the commands run."""

import io
import secrets
import tempfile
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone as clock
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.sessions import user_of
from audit import models as audit
from posts import exporting, importing
from posts.importing import ConfigError, OnConflict, Options, Report, import_paths
from posts.importing.archive import UnsafeArchive, unpack
from posts.importing.report import FAILURES
from posts.importing.site_config import read_config
from posts.importing.walk import DEFAULT_SECTION
from posts.models import PostQuerySet
from posts.sentences import gettext_noop
from posts.translating import translated

MAX_UPLOAD_BYTES = 50 * 1024 * 1024
KEPT_SECONDS = 60 * 60  # between the plan and its application
SHOWN = 500  # files of a plan; those with errors come first


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Uploaded files, as a list."""

    widget = ManyFilesInput(attrs={"accept": ".md,.markdown,.zip"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        clean = super().clean
        return [clean(each, initial) for each in data or [None]]


class ImportForm(forms.Form):
    """What to import, and how."""

    uploads = ManyFilesField(
        label=_("Files"), help_text=_("Markdown files, or one zip of a Hugo or Jekyll site; up to 50 MB.")
    )
    section = forms.SlugField(
        label=_("Section"),
        required=False,
        help_text=_("Where files belong that stand in no folder; single files go to “posts” if it is empty."),
    )
    on_conflict = forms.ChoiceField(
        label=_("If a post was edited here and its file changed too"),
        choices=[
            (OnConflict.FAIL.value, _("stop and tell me")),
            (OnConflict.KEEP.value, _("keep the post")),
            (OnConflict.REPLACE.value, _("take the file")),
        ],
    )

    def clean_uploads(self) -> list[Any]:
        """One zip, or Markdown files of different names, not too large."""
        files: list[Any] = self.cleaned_data["uploads"]
        endings = {Path(file.name).suffix.lower() for file in files}
        if not (endings <= {".md", ".markdown"} or (endings == {".zip"} and len(files) == 1)):
            raise forms.ValidationError(_("Choose Markdown files (.md), or one .zip."))
        name, times = Counter(file.name for file in files).most_common(1)[0]
        if times > 1:
            problem = _("Several of the files are named %(name)s: import them one at a time, or in a zip.")
            raise forms.ValidationError(problem, params={"name": name})
        if sum(file.size for file in files) > MAX_UPLOAD_BYTES:
            raise forms.ValidationError(_("That is more than 50 MB: import it in parts."))
        return files


@dataclass(frozen=True, slots=True)
class Upload:
    """What was uploaded, kept between the plan and its application."""

    files: tuple[tuple[str, bytes], ...]
    section: str
    on_conflict: OnConflict
    owner: int

    def run(self, by: User, *, dry_run: bool) -> Report:
        """Imports it, or says what that would do. Raises `UnsafeArchive` or `ConfigError`."""
        with tempfile.TemporaryDirectory(prefix="monograph-import-") as scratch:
            try:
                return self._run_in(Path(scratch), by, dry_run=dry_run)
            except ConfigError as error:
                raise ConfigError(error.below(Path(scratch))) from None

    def _run_in(self, folder: Path, by: User, *, dry_run: bool) -> Report:
        site = self._laid_out(folder)
        if not read_config(site).content.resolve().is_relative_to(folder.resolve()):
            raise UnsafeArchive(
                gettext_noop("The site's configuration leads out of the archive: take contentDir or source out.")
            )
        # One process: a web server's threads must not be forked.
        options = Options(
            section=self.section,
            on_conflict=self.on_conflict,
            partial=not self._is_archive,
            dry_run=dry_run,
            keep_going=True,
            hints=dry_run,
            workers=1,
        )
        report = import_paths([site], options, by=by)
        report.paths_below(folder)
        return report

    @property
    def _is_archive(self) -> bool:
        return self.files[0][0].lower().endswith(".zip")

    def _laid_out(self, folder: Path) -> Path:
        if self._is_archive:
            return unpack(io.BytesIO(self.files[0][1]), folder)
        section = folder / (self.section or DEFAULT_SECTION)
        section.mkdir()
        for name, data in self.files:
            (section / Path(name).name).write_bytes(data)
        return folder


def import_view(request: HttpRequest, admin: Any) -> HttpResponse:
    """The form, then the plan with its findings, then what was done."""
    if not request.user.has_perms(importing.PERMISSIONS):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    context = {**admin.admin_site.each_context(request), "title": gettext("Import Markdown"), "opts": admin.model._meta}
    try:
        if request.method == "POST" and "token" in request.POST:
            return _applied(request, user_of(request), context)
        if request.method == "POST" and form.is_valid():
            return _planned(request, user_of(request), form, context)
    except (UnsafeArchive, ConfigError) as error:
        form.add_error("uploads", translated(error.sentence))
    return TemplateResponse(request, "admin/posts/post/import.html", context | {"form": form})


def _planned(request: HttpRequest, user: User, form: ImportForm, context: dict[str, Any]) -> HttpResponse:
    files = tuple((str(file.name), file.read()) for file in form.cleaned_data["uploads"])
    conflict = OnConflict(form.cleaned_data["on_conflict"])
    upload = Upload(files, form.cleaned_data["section"], conflict, user.pk)
    report = upload.run(user, dry_run=True)
    token = secrets.token_urlsafe(24)
    cache.set(f"import.{token}", upload, KEPT_SECONDS)
    context |= _shown(report) | {"token": token, "title": gettext("What the import would do")}
    return TemplateResponse(request, "admin/posts/post/import.html", context)


def _applied(request: HttpRequest, user: User, context: dict[str, Any]) -> HttpResponse:
    key = f"import.{request.POST['token']}"
    upload = cache.get(key)
    if not isinstance(upload, Upload) or upload.owner != user.pk:
        context["form"] = ImportForm()
        context["lost"] = True
        return TemplateResponse(request, "admin/posts/post/import.html", context)
    report = upload.run(user, dry_run=False)
    cache.delete(key)
    context |= _shown(report) | {"title": gettext("Imported"), "done": True}
    return TemplateResponse(request, "admin/posts/post/import.html", context)


def _shown(report: Report) -> dict[str, Any]:
    counted = report.as_json()["summary"]
    files = sorted(report.files, key=lambda file: file.status not in FAILURES)
    return {
        "files": files[:SHOWN],
        "hidden": len(files[SHOWN:]),
        "summary": counted,
        "to_write": counted["created"] + counted["updated"],
    }


def zip_response(posts: PostQuerySet, *, by: User) -> HttpResponse:
    """A zip of these posts' files, as an export writes them."""
    audit.record([audit.Event("posts.exported", label=f"{posts.count()} posts, as a zip")], by=by)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in exporting.files(posts):
            archive.writestr(str(file.place), file.data)
    name = f"posts-{clock.now():%Y%m%d-%H%M}.zip"
    return HttpResponse(
        packed.getvalue(),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
