"""Pictures that people upload."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from accounts.sessions import user_of
from posts import library
from posts.translating import translated

ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/avif"
"""What a field for a picture offers to choose."""


class RefusedUpload(UploadedFile):
    """Stands in a form's files for a picture that could not be stored, and says why."""

    def __init__(self, problem: str) -> None:
        super().__init__(name="refused")
        self.problem = problem


class PictureUploadField(forms.FileField):
    """A picture to upload. The admin stores it before the form is made (`store_upload`), and the field says what was wrong."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED}), **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        if isinstance(data, RefusedUpload):
            raise ValidationError(data.problem)
        return super().clean(data, initial)


def keep_picture(request: HttpRequest, picture: UploadedFile, *, name: str = "image") -> str:
    """The URL of a picture that is now kept; every picture that someone uploads comes through here.

    `name` is for one whose file has none. Raises ImageError. Takes seconds: call it outside of transactions.
    """
    return library.store(picture, name=picture.name or name, by=user_of(request)).address


def store_upload(request: HttpRequest, upload: str, address: str) -> None:
    """Stores the picture in the field `upload` and puts its URL into the field `address`, or refuses it.

    The URL is in the form's data, so it stays when something else is wrong. Takes seconds: call it outside of
    transactions.
    """
    (picture,) = request.FILES.getlist(upload)[-1:]
    data = request.POST.copy()
    try:
        data[address] = keep_picture(request, picture, name=address)
    except library.ImageError as error:
        refuse_upload(request, upload, translated(error.sentence))
    request.POST = data  # type: ignore[assignment]


def refuse_upload(request: HttpRequest, upload: str, problem: str) -> None:
    """Has the field `upload` of the request's form say what is wrong with its picture."""
    request.FILES[upload] = RefusedUpload(problem)
