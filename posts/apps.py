from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


class PostsConfig(AppConfig):
    name = "posts"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        """Ends the process with one line where the setting names checks that are not there."""
        from posts import checks  # models are there only now

        try:
            checks.installed()
        except ImproperlyConfigured as error:
            raise SystemExit(str(error)) from None
