"""What tells one opening of the post's form from another, and who opened it."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.core import signing

from posts.models import Autosave

SALT = "posts.form"


@dataclass(frozen=True, slots=True)
class FormKey:
    """One opening of the form, and who opened it. Signed, so that what comes back with it is known to be theirs."""

    form: UUID
    user_pk: int

    def __str__(self) -> str:
        return signing.dumps([self.form.hex, self.user_pk], salt=SALT)

    @classmethod
    def of(cls, text: str) -> Self | None:
        """The key that was made into this text in the last month; None for one that is forged or older."""
        try:
            form, user_pk = signing.loads(text, salt=SALT, max_age=Autosave.KEPT_FOR)
        except signing.BadSignature:
            return None
        return cls(UUID(form), user_pk)
