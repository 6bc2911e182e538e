"""Pages of accounts, below the admin's address. Django's templates know those of the password by their names."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth import views as auth
from django.urls import path
from django.utils.translation import gettext_lazy as _

from accounts import sign_in, views
from accounts.password_reset import AskForPassword, NewPassword

_ours = admin.site.admin_view
_origin = urlsplit(settings.SITE_URL)
_mail = {"protocol": _origin.scheme, "domain": _origin.netloc, "site_name": settings.SITE_NAME}
_look = {"site_header": settings.SITE_NAME, "site_title": settings.SITE_NAME}

urlpatterns = [
    path("login/code/", sign_in.CodeStep.as_view(), name="sign_in_code"),
    path("invitation/<str:token>/", views.accept_invitation, name="invitation"),
    path("account/", _ours(views.account), name="account"),
    path("account/signed-in/", _ours(views.signed_in), name="signed_in"),
    path("account/sessions/<int:pk>/end/", _ours(views.end_session), name="session_end"),
    path("account/sessions/end-others/", _ours(views.end_other_sessions), name="session_end_others"),
    # Whoever has yet to set it up sees no other page of the admin, whose own log-out is closed to them too.
    path("account/two-factor/", staff_member_required(views.set_up), name="two_factor_set_up"),
    path("account/sign-out/", auth.LogoutView.as_view(next_page="admin:login"), name="sign_out"),
    path("account/two-factor/off/", _ours(views.turn_off), name="two_factor_off"),
    path("account/two-factor/codes/", _ours(views.renew_codes), name="two_factor_codes"),
    path(
        "password_reset/",
        AskForPassword.as_view(extra_email_context=_mail, extra_context=_look),
        name="admin_password_reset",
    ),
    path(
        "password_reset/done/",
        auth.PasswordResetDoneView.as_view(
            template_name="accounts/password_asked.html", title=_("Look into your mail"), extra_context=_look
        ),
        name="password_reset_done",
    ),
    path(
        "reset/<uidb64>/<token>/",
        NewPassword.as_view(extra_context=_look),
        name="password_reset_confirm",
    ),
]
