"""Django's settings, all of them, read from the environment (docs/operations.md); with nothing set: local and safe."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from cms import env
from posts.images import cloudinary

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")

DEBUG = env.flag("DJANGO_DEBUG")
SECRET_KEY = env.secret("DJANGO_SECRET_KEY", VAR_DIR / "secret_key")
SITE_URL = env.origin("SITE_URL", "http://127.0.0.1:8000")
SITE_NAME = "Monograph"
ALLOWED_HOSTS = env.hosts("DJANGO_ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.origins("DJANGO_CSRF_TRUSTED_ORIGINS")
CONTACT_EMAIL = env.mail_address("CONTACT_EMAIL", "hello@example.com")
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES", ["127.0.0.0/8", "::1"])
ENQUIRY_RECIPIENTS = env.mail_addresses("ENQUIRY_RECIPIENTS", [CONTACT_EMAIL])
ENQUIRY_RETENTION_DAYS = env.positive_number("ENQUIRY_RETENTION_DAYS", 730)
ENQUIRY_WEBHOOK_URL = env.webhook("ENQUIRY_WEBHOOK_URL")
ENQUIRY_WEBHOOK_SECRET = env.text("ENQUIRY_WEBHOOK_SECRET")
if ENQUIRY_WEBHOOK_URL and not ENQUIRY_WEBHOOK_SECRET:
    raise env.UnusableVariable("ENQUIRY_WEBHOOK_SECRET", "unset; ENQUIRY_WEBHOOK_URL needs a secret to sign with")

PUBLICATION_CHECKS = env.words("PUBLICATION_CHECKS", ["posts.checks.defaults.CHECKS"])

INSTALLED_APPS = [
    "cms.apps.MonographAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # with FORM_RENDERER: widget templates are found in our folders
    "taggit",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "accounts",
    "audit",
    "posts",
    "enquiries",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.compression.TextGZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "cms.caching.middleware",
    "cms.health.middleware",  # before the common one, which refuses a host name that is not ours
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.languages.middleware",
    "posts.counts.middleware",
    "django.middleware.common.CommonMiddleware",
    "cms.form_size.FormSizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.sessions.middleware",
    "audit.acting.middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",  # the last: it puts the page of the locked-out in the place of another
]

ROOT_URLCONF = "cms.urls"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.context_processors.site",
            ],
        },
    },
]

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A transaction takes the write lock when it begins: one that only reads first would fail when it comes to write.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds that a writer waits for another
        # 32 MB of pages in memory instead of 2: an import's one transaction is larger, and would be written twice.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
    }
else:
    # To connect anew for each request takes a third of a page's time. A `?conn_max_age=0` in the URL has it so.
    DATABASES["default"] = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True} | DATABASES["default"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.cache("REDIS_URL")
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "cms.shared_cache.SharedCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 3},  # seconds; an upload of 50 MB has to go through
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
EMAIL_TIMEOUT = 5  # seconds; whoever sends an enquiry waits no longer for a mail server that hangs
DEFAULT_FROM_EMAIL = CONTACT_EMAIL
vars().update(env.email("EMAIL_URL"))

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "admin:login"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # the first: it turns the locked-out away
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
TWO_FACTOR_REQUIRED = env.flag("TWO_FACTOR_REQUIRED")
OTP_TOTP_ISSUER = SITE_NAME

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # nobody can lock out somebody at another address
AXES_HANDLER = "accounts.throttle.Throttle"  # which counts the names that one address tries as well
SIGN_IN_NAMES_PER_ADDRESS = env.positive_number("SIGN_IN_NAMES_PER_ADDRESS", 20)
AXES_CLIENT_IP_CALLABLE = "accounts.addresses.counted"
AXES_LOCKOUT_CALLABLE = "accounts.sign_in.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # it ends when its page says
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code"]  # not kept with an attempt, nor is its password
AXES_DISABLE_ACCESS_LOG = True  # the audit trail has it
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

LANGUAGES = [("en", "English"), ("vi", "Tiếng Việt")]
LANGUAGE_CODE = env.choice("SITE_LANGUAGE", "en", dict(LANGUAGES))
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "cms.formats"
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cms.static_files.LeanStaticFilesStorage"},
}
CLOUDINARY_URL = env.text("CLOUDINARY_URL")
if CLOUDINARY_URL and (problem := cloudinary.configuration_problem(CLOUDINARY_URL)):
    raise env.UnusableVariable("CLOUDINARY_URL", problem)
# Of a form without its files: a post may have 20 MB (`MAX_FILE_BYTES`), and browsers send two bytes for the end of a line.
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024

TAGGIT_CASE_INSENSITIVE = True
# Commas alone part tags: taggit's own parser makes three of "Type 2 diabetes".
TAGGIT_TAGS_FROM_STRING = "posts.tags.split"
TAGGIT_STRING_FROM_TAGS = "posts.tags.join"

SECURE_HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_HTTPS else 0
# A proxy that speaks TLS for us must set this header itself and drop the client's (docs/operations.md).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_HTTPS else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "https://res.cloudinary.com", *env.image_hosts("IMAGE_HOSTS")],
        "media-src": [SELF, "https://res.cloudinary.com"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"refusals": {"()": "cms.logs.RefusalsInOneLine"}, "away": {"()": "cms.logs.AwayInOneLine"}},
    "formatters": {"line": {"()": "cms.logs.Line", "format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refusals", "away"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
