"""What an entry's action, and what it was done to, are called where people read them; what is stored is code and English."""

import re

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

_KINDS = {
    "author": _("Author"),
    "consent": _("Consent"),
    "enquiries": _("Enquiries"),
    "enquiry": _("Enquiry"),
    "group": _("Group"),
    "image": _("Image"),
    "network": pgettext_lazy("audit", "Network"),
    "person": pgettext_lazy("audit", "Person"),
    "post": _("Post"),
    "posts": _("Posts"),
    "preview": _("Preview link"),
    "redirect": _("Redirect"),
    "redirects": _("Redirects"),
    "site_settings": _("Site settings"),
    "tag": _("Tag"),
}
_DEEDS = {
    "changed": pgettext_lazy("audit", "changed"),
    "created": pgettext_lazy("audit", "created"),
    "deleted": pgettext_lazy("audit", "deleted"),
    "drafted": pgettext_lazy("audit", "draft saved"),
    "erased": pgettext_lazy("audit", "erased"),
    "exported": pgettext_lazy("audit", "exported"),
    "imported": pgettext_lazy("audit", "imported"),
    "invitation-accepted": pgettext_lazy("audit", "invitation accepted"),
    "invited": pgettext_lazy("audit", "invited"),
    "locked-out": pgettext_lazy("audit", "locked out"),
    "merged": pgettext_lazy("audit", "merged"),
    "recovery-code-used": pgettext_lazy("audit", "recovery code used"),
    "recovery-codes-renewed": pgettext_lazy("audit", "recovery codes renewed"),
    "refused": pgettext_lazy("audit", "sign-in refused"),
    "renamed": pgettext_lazy("audit", "renamed"),
    "replaced": pgettext_lazy("audit", "replaced"),
    "rescheduled": pgettext_lazy("audit", "checked anew"),
    "revoked": pgettext_lazy("audit", "revoked"),
    "rights": pgettext_lazy("audit", "rights changed"),
    "sent-again": pgettext_lazy("audit", "sent again"),
    "session-ended": pgettext_lazy("audit", "session ended"),
    "shared": pgettext_lazy("audit", "made"),
    "signed-in": pgettext_lazy("audit", "signed in"),
    "signed-out": pgettext_lazy("audit", "signed out"),
    "two-factor-off": pgettext_lazy("audit", "second factor turned off"),
    "two-factor-on": pgettext_lazy("audit", "second factor turned on"),
    "unlocked": pgettext_lazy("audit", "let in again"),
    "uploaded": pgettext_lazy("audit", "uploaded"),
}


def said(action: str) -> str:
    """Such as "Person: signed in" of `person.signed-in`; what has no words stands as it is."""
    kind, _dot, deed = action.partition(".")
    return ": ".join(str(part) for part in (_KINDS.get(kind, kind), _DEEDS.get(deed, deed)) if part)


_COUNTED = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"posts\.imported (?P<number>\d+) posts?", ngettext_lazy("%(number)d post", "%(number)d posts", "number")),
        (
            r"posts\.exported (?P<number>\d+) posts, as a zip",
            ngettext_lazy("%(number)d post, as a zip", "%(number)d posts, as a zip", "number"),
        ),
        (
            r"posts\.exported (?P<number>\d+) files written to (?P<folder>.+)",
            ngettext_lazy("%(number)d file written to %(folder)s", "%(number)d files written to %(folder)s", "number"),
        ),
        (
            r"redirects\.imported (?P<number>\d+) redirects",
            ngettext_lazy("%(number)d redirect", "%(number)d redirects", "number"),
        ),
        (
            r"redirects\.exported (?P<number>\d+) redirects, as CSV",
            ngettext_lazy("%(number)d redirect, as CSV", "%(number)d redirects, as CSV", "number"),
        ),
    )
)


def named(action: str, label: str) -> str:
    """What it was done to: a count in the reader's language, a name as it is."""
    for pattern, text in _COUNTED:
        if found := pattern.fullmatch(f"{action} {label}"):
            values = found.groupdict()
            return str(text % (values | {"number": int(values["number"])}))
    return label
