"""The enquiry form."""

import re
from typing import Any, ClassVar

from django import forms
from django.forms.renderers import BaseRenderer
from django.utils.translation import gettext_lazy as _

from enquiries.models import Enquiry

# Control characters but for tab and line ends, and the marks that turn the direction of the text around them.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class LineField(forms.CharField):
    """Text in one line, whatever was sent: it can stand in a mail's header."""

    def to_python(self, value: Any) -> str:
        return " ".join(_INVISIBLE.sub("", str(super().to_python(value) or "")).split())


class AddressField(forms.EmailField):
    """An e-mail address as mail can carry it: Django's lets control characters stand between quotation marks."""

    def to_python(self, value: Any) -> str:
        return _INVISIBLE.sub("", str(super().to_python(value) or ""))


class MessageField(forms.CharField):
    """Text in lines that end in a line feed alone, as browsers count them for `maxlength`."""

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return _INVISIBLE.sub("", text).strip()


class EnquiryForm(forms.ModelForm):
    """What a visitor fills in; each field says to browsers what it is, so that they can fill it in."""

    interest = forms.ChoiceField(
        label=_("What it is about"),
        choices=[("", _("Please choose")), *Enquiry.Interest.choices],
        error_messages={"required": _("Please choose what it is about.")},
    )
    consent = forms.BooleanField(
        error_messages={"required": _("We can answer only if you agree that we store your enquiry.")}
    )

    class Meta:
        model = Enquiry
        fields = ("name", "email", "company", "role", "country", "interest", "message")
        field_classes: ClassVar = {
            "name": LineField,
            "email": AddressField,
            "company": LineField,
            "role": LineField,
            "country": LineField,
            "message": MessageField,
        }
        widgets: ClassVar = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
            "company": forms.TextInput({"autocomplete": "organization"}),
            "role": forms.TextInput({"autocomplete": "organization-title"}),
            "country": forms.TextInput({"autocomplete": "country-name"}),
            "message": forms.Textarea({"rows": 8}),
        }
        help_texts: ClassVar = {"message": _("Please leave out anything that identifies a patient.")}
        error_messages: ClassVar = {
            "name": {"required": _("Please tell us your name.")},
            "email": {
                "required": _("Please tell us where to send the answer."),
                "invalid": _("This is no complete e-mail address: write it as name@company.com."),
            },
            "company": {"required": _("Please tell us where you work.")},
            "country": {"required": _("Please tell us your country, so that the right person answers.")},
            "message": {"required": _("Please write what we can do for you.")},
        }

    def __init__(self, data: Any = None, *, consent_text: str, renderer: BaseRenderer | None = None) -> None:
        super().__init__(data, renderer=renderer)
        self.fields["consent"].label = consent_text
