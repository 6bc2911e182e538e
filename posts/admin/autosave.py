"""Nothing typed is lost: the form's fields are kept as somebody types, and offered when they open the post again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone as clock
from django.utils.translation import gettext

from accounts.models import User
from accounts.sessions import user_of
from posts.admin.form_fields import lines_end_in_lf
from posts.admin.form_key import FormKey
from posts.admin.post_form import PostForm
from posts.admin.row_key import row_key
from posts.models import Autosave, Post
from posts.word_diff import Stretch, compare

MOST_OFFERED = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which an autosave differs from the form."""

    label: str
    stretches: list[Stretch]


@dataclass(frozen=True, slots=True)
class Offer:
    """An autosave that says something else than the form. `is_older`: the post was saved after it."""

    autosave: Autosave
    differences: list[Difference]
    is_older: bool


@dataclass(frozen=True, slots=True)
class Autosaving:
    """What the page needs to know of the form that it shows."""

    key: FormKey
    restored: Autosave | None = None
    offer: Offer | None = None

    @classmethod
    def of(cls, request: HttpRequest, form: PostForm) -> Self:
        """Of a form that came back with errors, which is kept at once if anything is typed, or of one that was just opened."""
        user, key = user_of(request), _key(request)
        if form.is_bound and any(_changed(form, _texts(request.POST))):
            keep(request.POST, key, form.instance if form.instance.pk else None)
        elif form.is_bound:
            forget(request)
        if form.is_bound:
            return cls(key)
        return cls(key, form.restored, None if form.restored else offered(form, user))


def keep(data: QueryDict, key: FormKey, post: Post | None) -> None:
    """Keeps what was sent of the form, `age` seconds after it was typed, whether or not it could be saved.

    The one from which it was restored has done its work.
    """
    user = User(pk=key.user_pk)
    age = data.get("age", "")
    seconds = min(int(age[:9]) if age.isdecimal() else 0, Autosave.KEPT_FOR.total_seconds() - 1)
    Autosave.objects.keep(
        Autosave(
            form=key.form,
            user=user,
            post=post,
            base=post.revisions.filter(pk=row_key(data.get("base", ""))).first() if post else None,
            fields=_texts(data),
            typed_at=clock.now() - timedelta(seconds=seconds),
        )
    )
    if restored := uuid_of(data.get("restored", "")):
        Autosave.objects.of(user).filter(form=restored).exclude(form=key.form).delete()


def keep_of_deleted(request: HttpRequest) -> str:
    """Keeps what was sent of the form of a post that is gone, as a post that is yet to be made; where it is offered."""
    key = _key(request)
    keep(request.POST, key, None)
    return f"{reverse('admin:posts_post_add')}?restore={key.form}"


def forget(request: HttpRequest) -> None:
    """The form is saved: neither what was kept of it nor what it was restored from is needed any more."""
    key = FormKey.of(request.POST.get("form", ""))
    forms = [key and key.form, uuid_of(request.POST.get("restored", ""))]
    Autosave.objects.of(user_of(request)).filter(form__in=[form for form in forms if form]).delete()


def restored(request: HttpRequest, post: Post | None) -> Autosave | None:
    """The person's own autosave that is to be put into the form at this address."""
    form = uuid_of(request.GET.get("restore", "")) if request.method == "GET" else None
    return _of(post, request.user).filter(form=form).first() if form else None


def offered(form: PostForm, user: User) -> Offer | None:
    """The newest of the person's autosaves of this post that says something else than the form."""
    base = form.base_revision
    for autosave in _of(form.instance, user)[:MOST_OFFERED]:
        if found := list(differences(form, autosave)):
            return Offer(autosave, found, bool(base and base.created_at > autosave.typed_at))
    return None


def differences(form: PostForm, autosave: Autosave) -> Iterator[Difference]:
    """Field by field, from what the form says to what was typed."""
    for name in _changed(form, autosave.fields):
        stretches = compare(_text(form[name]), _yes_or_no(form[name], autosave.fields.get(name, "")))
        yield Difference(str(form.fields[name].label), stretches)


def _changed(form: PostForm, typed: Mapping[str, str]) -> Iterator[str]:
    """The names of the fields that say something else. A new post's date is merely the time of its opening."""
    for name in form.texts():
        field = form.fields[name]
        is_clock = name == "date" and form.instance.pk is None
        if not is_clock and field.has_changed(form.get_initial_for_field(field, name), typed.get(name, "")):
            yield name


def _key(request: HttpRequest) -> FormKey:
    """The one that was sent; another where that is not this person's, or none."""
    user = user_of(request)
    sent = FormKey.of(request.POST.get("form", ""))
    return sent if sent and sent.user_pk == user.pk else FormKey(uuid4(), user.pk)


def uuid_of(text: str) -> UUID | None:
    """The UUID that is written so; None where none is."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _texts(data: QueryDict) -> dict[str, str]:
    """Without the one character that no database takes."""
    names = [name for name in PostForm.base_fields if name in data and PostForm.is_text(name)]
    return {name: lines_end_in_lf(str(data[name])).replace("\0", "") for name in names}


def _of(post: Post | None, user: Any) -> QuerySet[Autosave]:
    return Autosave.objects.of(user).filter(post=post.pk if post else None)


def _text(bound: BoundField) -> str:
    value = bound.value()
    shown = value if isinstance(value, bool) else bound.field.widget.format_value(value)
    return _yes_or_no(bound, shown)


def _yes_or_no(bound: BoundField, value: Any) -> str:
    if bound.widget_type == "checkbox":
        return gettext("Yes") if value else gettext("No")
    return str(value[0] if isinstance(value, list) and value else value or "")
