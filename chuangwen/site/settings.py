"""Settings, read once from the environment. A value that makes no sense stops the start in one sentence.

CHUANGWEN_DATA       directory of the database, the files and the secret key; default ./var
CHUANGWEN_KEYS       directory of the keys that encrypt personal data; default CHUANGWEN_DATA/keys
CHUANGWEN_DATABASE   postgresql://user:password@host:port/name?option=value; default SQLite in CHUANGWEN_DATA
CHUANGWEN_HOSTS      host names served, with commas between; default 127.0.0.1,localhost
CHUANGWEN_HTTPS      1 behind a proxy that serves HTTPS: secure cookies and redirects; default 0
CHUANGWEN_DEBUG      1 for Django's own error pages, never where others look; default 0
"""

import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from chuangwen.kit.secret import secret_key


def flag(name: str) -> bool:
    """Whether the variable is 1; 0 or unset is no. Anything else is a mistake, and must not pass as no."""
    value = os.environ.get(name, "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}.")
    return value == "1"


def data_directory() -> Path:
    directory = Path(os.environ.get("CHUANGWEN_DATA") or "var").absolute()
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"CHUANGWEN_DATA: {directory} cannot be used: {error.strerror}."
        ) from error
    return directory


def sqlite(directory: Path) -> dict[str, Any]:
    """IMMEDIATE takes the write lock when a transaction begins, so that two writers wait instead of failing.

    Tests get a file of their own for each process: threads then race as they do in production.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": directory / "chuangwen.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
        "TEST": {"NAME": Path(tempfile.gettempdir()) / f"chuangwen-test-{os.getpid()}.sqlite3"},
    }


def postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = parts.path.removeprefix("/")
    if parts.scheme != "postgresql" or not name:
        raise ImproperlyConfigured("CHUANGWEN_DATABASE must read postgresql://user:password@host:port/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(name),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATA_DIR = data_directory()
DATABASE_URL = os.environ.get("CHUANGWEN_DATABASE", "")
DATABASES = {"default": postgresql(DATABASE_URL) if DATABASE_URL else sqlite(DATA_DIR)}
KEYS_DIR = Path(os.environ.get("CHUANGWEN_KEYS") or DATA_DIR / "keys").absolute()
SECRET_KEY = lazy(secret_key, str)(DATA_DIR / "secret.key")
DEBUG = flag("CHUANGWEN_DEBUG")
HTTPS = flag("CHUANGWEN_HTTPS")
ALLOWED_HOSTS = os.environ.get("CHUANGWEN_HOSTS", "127.0.0.1,localhost").split(",")

INSTALLED_APPS = [
    "chuangwen.site",
    "chuangwen.jobs",
    "chuangwen.plans",
    "chuangwen.orgs",
    "chuangwen.kit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "chuangwen.kit.middleware.language",
    "chuangwen.kit.middleware.upload_limit",
    "chuangwen.kit.middleware.sign_in_whole",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "chuangwen.orgs.middleware.ActorMiddleware",
    "chuangwen.kit.middleware.ExpectedErrors",
]

ROOT_URLCONF = "chuangwen.site.urls"
WSGI_APPLICATION = "chuangwen.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "chuangwen.kit.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "chuangwen.kit.templatetags.kit",
            ],
        },
    }
]

AUTH_USER_MODEL = "orgs.Person"
LOGIN_URL = "orgs:sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "orgs:sign_in"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Static files are served from where the build leaves them; there is no collecting step to forget.
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

UPLOAD_MAX_BYTES = 64 * 1024 * 1024  # a whole request; the readers of files have lower limits of their own
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_PERMISSIONS = 0o600

# The limits on signing in live in the cache: in the database, so that all workers count together.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kit_cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "chuangwen.kit.http.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
