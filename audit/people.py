"""What is recorded of people: signing in and out, and every change of an account, a group or what either may do.

What happens to an account besides, `accounts.events` tells: invitations, second factors, sessions ended.
"""

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth import signals as auth
from django.contrib.auth.models import Group
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.events import happened, network_let_in
from accounts.models import User
from audit.acting import actor
from audit.models import Event, record

_SECRET = "(not shown)"  # stands in the place of one
_FIELDS = {
    User: ("username", "first_name", "last_name", "email", "is_active", "is_staff", "is_superuser", "password"),
    Group: ("name",),
}


@receiver(auth.user_logged_in)
def _signed_in(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    record([Event("person.signed-in", _subject(user), str(user))], by=user)


@receiver(auth.user_logged_out)
def _signed_out(sender: Any, request: HttpRequest, user: User | None, **_: Any) -> None:
    if user:
        record([Event("person.signed-out", _subject(user), str(user))], by=user)


@receiver(auth.user_login_failed)
def _refused(sender: Any, credentials: dict[str, Any], **_: Any) -> None:
    name = str(credentials.get("username", ""))[:150]
    record([Event("person.refused", label=name)], by=None)


@receiver(user_locked_out)
def _locked_out(sender: Any, username: str | None, **_: Any) -> None:
    record([Event("person.locked-out", label=str(username or "")[:150])], by=None)


@receiver(happened)
def _happened(sender: Any, action: str, person: User, by: User | None, **_: Any) -> None:
    record([Event(f"person.{action}", _subject(person), str(person))], by=by)


@receiver(network_let_in)
def _network_let_in(sender: Any, by: User, **_: Any) -> None:
    """Without the address, which is personal data, and could never be erased here."""
    record([Event("network.unlocked")], by=by)


@receiver(pre_save, sender=User)
@receiver(pre_save, sender=Group)
def _remember(sender: type[Model], instance: Any, raw: bool = False, **_: Any) -> None:
    """What the database has before a save, for `_changed`."""
    before = None if raw or instance.pk is None else sender._default_manager.filter(pk=instance.pk).first()
    instance._audited = _said(before) if before else {}
    instance._is_loaded = raw  # from a fixture, which brings the trail of it along


@receiver(post_save, sender=User)
@receiver(post_save, sender=Group)
def _changed(sender: type[Model], instance: Any, created: bool, raw: bool = False, **_: Any) -> None:
    before, after = instance.__dict__.pop("_audited", {}), _said(instance)
    names = [name for name in after if before.get(name) != after[name]]
    if raw or not names:
        return
    action = f"{_kind(sender)}.{'created' if created else 'changed'}"
    event = Event(action, _subject(instance), str(instance), _shown(before, names), _shown(after, names))
    record([event], by=actor())


@receiver(post_delete, sender=User)
@receiver(post_delete, sender=Group)
def _deleted(sender: type[Model], instance: Any, **_: Any) -> None:
    said = _said(instance)
    record([Event(f"{_kind(sender)}.deleted", _subject(instance), str(instance), _shown(said, list(said)))], by=actor())


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
def _allowed(instance: Any, action: str, model: type[Model], pk_set: set[int] | None, **_: Any) -> None:
    if action not in {"post_add", "post_remove", "post_clear"} or getattr(instance, "_is_loaded", False):
        return
    names = sorted(map(str, model._default_manager.filter(pk__in=pk_set or ())))
    if names or action == "post_clear":
        said = {model._meta.model_name or "": names or "all"}
        given, taken = (said, {}) if action == "post_add" else ({}, said)
        record([Event(f"{_kind(type(instance))}.rights", _subject(instance), str(instance), taken, given)], by=actor())


def _said(instance: Model) -> dict[str, Any]:
    return {name: getattr(instance, name) for name in _FIELDS[type(instance)]}


def _shown(values: dict[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: _SECRET if name == "password" else values[name] for name in names if name in values}


def _kind(model: type[Model]) -> str:
    return "person" if model is User else "group"


def _subject(instance: Model) -> str:
    return f"{instance._meta.label_lower}:{instance.pk}"
