"""The forms of accounts."""

from typing import Any, ClassVar

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import ContextMixin

from accounts import two_factor
from accounts.models import User

# What the groups that the product makes may do; others say it by their names.
MAY = {
    "Authors": _("write drafts of their own"),
    "Editors": _("change and publish every post"),
    "Publishers": _("as editors, and read the audit trail"),
    "Administrators": _("invite and change people, and the site’s settings"),
    "Enquiries": _("read and answer what visitors write"),
}

# Django's own permissions, by the beginning of their code.
CAN = {
    "add": _("Can add %(model)s"),
    "change": _("Can change %(model)s"),
    "delete": _("Can delete %(model)s"),
    "view": _("Can view %(model)s"),
}


def focus(form: forms.BaseForm) -> None:
    """Puts the keyboard where the person goes on: into the first field to be mended, else the first that is empty.

    What is wrong with the form as a whole is read out with that field (`_form.html` says it under this id).
    """
    fields = form.visible_fields()
    wrong = [each for each in fields if each.errors]
    empty = [each for each in fields if isinstance(each.field.widget, forms.PasswordInput) or not each.value()]
    for each in fields:
        each.field.widget.attrs["autofocus"] = False
    for first in (wrong or empty)[:1]:
        first.field.widget.attrs["autofocus"] = True
        if form.non_field_errors():
            first.field.widget.attrs["aria-describedby"] = "form-errors"


class FocusedForm(ContextMixin):
    """A view whose form has the keyboard where the person goes on."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if form := context["form"]:
            focus(form)
        return context


class SignInForm(AdminAuthenticationForm):
    """Name and password. Whatever is wrong with the two, the answer is the same."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _("The user name or the password is not right."),
    }


class GroupsField(forms.ModelMultipleChoiceField):
    """Groups, each with what it may do."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}: {MAY[obj.name]}" if obj.name in MAY else str(obj.name)


class PermissionsField(forms.ModelMultipleChoiceField):
    """Permissions in the language of whoever gives them: the database has their names in English."""

    def label_from_instance(self, obj: Any) -> str:
        said = CAN.get(obj.codename.removesuffix(f"_{obj.content_type.model}"))
        can = said % {"model": obj.content_type.name} if said else gettext(obj.name)
        return f"{obj.content_type.model_class()._meta.app_config.verbose_name} | {can}"


class InvitationForm(forms.ModelForm):
    """Whom an administrator invites. The mail address is the user name."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The invitation goes there. It is the user name."),
        widget=forms.EmailInput({"class": "vTextField"}),
    )

    class Meta:
        model = User
        fields: ClassVar = ["first_name", "last_name", "email", "groups"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        User._meta.get_field("username").run_validators(email)
        if User.objects.filter(Q(username__iexact=email) | Q(email__iexact=email)).exists():
            raise ValidationError(_("Somebody has an account with this address."))
        return email


class CodeForm(forms.Form):
    """One code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class ConfirmForm(forms.Form):
    """The person's password and a code, before something is changed that protects them."""

    password = forms.CharField(
        label=_("Your password"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("From your app, or a recovery code."),
        widget=forms.TextInput({"autocomplete": "one-time-code", "spellcheck": "false"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not self.errors and not (
            self.user.check_password(given["password"]) and two_factor.accepts(self.user, given["code"])
        ):
            raise ValidationError(_("The password or the code is not right."))
        return given
