"""What a browser calls itself, in words that its owner knows it by."""

from django.utils.translation import gettext as _

# The first that is found counts: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
_BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "FxiOS/": "Firefox", "CriOS/": "Chrome"}
_BROWSERS |= {"Chrome/": "Chrome", "Safari/": "Safari"}
_SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "CrOS": "ChromeOS", "Windows": "Windows"}
_SYSTEMS |= {"Mac OS X": "macOS", "Linux": "Linux"}


def described(user_agent: str) -> str:
    """Such as "Firefox on Windows"; "Unknown device" where the header says nothing that we know."""
    browser, system = _first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown device")


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for mark, name in names.items() if mark in user_agent), "")
