"""Fields of the post's form that read and write as a document does."""

from datetime import UTC, datetime, timezone
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posts import tags


def lines_end_in_lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


class OffsetDateTimeField(forms.DateTimeField):
    """A moment shown and read in the offset that its document writes, whatever the server's time zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S")
    zone: timezone = UTC

    def prepare_value(self, value: Any) -> Any:
        is_moment = isinstance(value, datetime) and value.tzinfo is not None
        return value.astimezone(self.zone).replace(tzinfo=None) if is_moment else value

    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(value)
        return moment and moment.replace(tzinfo=self.zone)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """False for the same moment, so that a date keeps the form in which it was written."""
        try:
            return bool(self.to_python(data) != (initial and initial.replace(microsecond=0)))
        except forms.ValidationError:
            return True


class ListField(forms.CharField):
    """Names in one line with commas between them."""

    widget = forms.TextInput(attrs={"class": "vTextField"})

    def prepare_value(self, value: Any) -> Any:
        return tags.join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # a list where its base has one text
        try:
            return tags.split(super().to_python(value) or "")
        except ValueError as error:
            raise forms.ValidationError(_("This cannot be read as a list of names.")) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != list(initial or [])
        except forms.ValidationError:
            return True


class BodyField(forms.CharField):
    """Text whose line ends browsers send as CRLF; here they are LF."""

    def to_python(self, value: Any) -> str:
        return lines_end_in_lf(super().to_python(value) or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(data) != self.to_python(initial)
