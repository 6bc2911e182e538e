"""What an entry's action is called where people read it; its code is what is stored, searched and documented."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_KINDS = {
    "author": _("Author"),
    "consent": _("Consent"),
    "enquiries": _("Enquiries"),
    "enquiry": _("Enquiry"),
    "group": _("Group"),
    "image": _("Image"),
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
