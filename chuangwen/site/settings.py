"""Settings, read once from the environment. A value that makes no sense stops the start in one sentence.

CHUANGWEN_DATA       directory of the database, the files and the secret key; default ./var
CHUANGWEN_KEYS       directory of the keys that encrypt personal data; default CHUANGWEN_DATA/keys
CHUANGWEN_DATABASE   postgresql://user:password@host:port/name?option=value; default SQLite in CHUANGWEN_DATA
CHUANGWEN_HOSTS      host names served, with commas between; default 127.0.0.1,localhost
CHUANGWEN_HTTPS      1 behind a proxy that serves HTTPS: secure cookies and redirects; default 0
CHUANGWEN_PASSWORD_DAYS  days after which a password must be changed; 0 never; default 90
CHUANGWEN_REQUIRE_TOTP   1: administrators and the campaign office must sign in in two steps; default 0
CHUANGWEN_IDLE_MINUTES   minutes after which an idle log-in ends; default 30
CHUANGWEN_SESSION_HOURS  hours after which every log-in ends; default 12
CHUANGWEN_SINGLE_LOGIN   1: signing in ends one's other log-ins; default 0
CHUANGWEN_OIDC_URL       address of an OpenID Connect provider for single sign-on; default none
CHUANGWEN_OIDC_CLIENT, CHUANGWEN_OIDC_SECRET  what the provider knows this system by
CHUANGWEN_OIDC_NAME      what its button says; default 统一身份认证
CHUANGWEN_OIDC_CLAIM     the provider's claim that is the account name here (preferred_username); default none
CHUANGWEN_MAIL       smtp://user:password@host:port?from=address, smtps:// for TLS; default no mail
CHUANGWEN_WEBHOOKS_PRIVATE  1 to let webhooks reach private networks; default 0
CHUANGWEN_MAP_TILES  https://host/{z}/{x}/{y}.png?key={key}: pictures under the map of points; default none
CHUANGWEN_MAP_KEY    what stands for {key} there; every browser that opens the map sees it; default none
CHUANGWEN_MAP_CRS    wgs84 or gcj02: how the pictures are drawn; default wgs84
CHUANGWEN_MAP_CREDIT whom the map names as its source; default none
CHUANGWEN_TODAY      YYYY-MM-DD: test mode, in which pages and jobs live on from that day; default none
CHUANGWEN_DEBUG      1 for Django's own error pages, never where others look; default 0
"""

import os
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

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


def count(name: str, default: int, least: int) -> int:
    """A whole number of at least `least`."""
    value = os.environ.get(name, "") or str(default)
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {least}, not {value!r}.")
    return int(value)


def shift_to(day: str) -> timedelta:
    """How far the clock is set back in test mode; no day to come, for what waits would never run."""
    if not day:
        return timedelta(0)
    try:
        shift = date.fromisoformat(day) - datetime.now(ZoneInfo(TIME_ZONE)).date()
    except ValueError:
        raise ImproperlyConfigured(f"CHUANGWEN_TODAY must read YYYY-MM-DD, not {day!r}.") from None
    if shift > timedelta(0):
        raise ImproperlyConfigured("CHUANGWEN_TODAY must not lie in the future.")
    return shift


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


def origin_of(url: str) -> list[str]:
    """What the policy of pages opens for an address; nothing for none."""
    parts = urlsplit(url)
    return [f"{parts.scheme}://{parts.netloc}"] if url else []


def single_sign_on() -> list[dict[str, Any]]:
    """The provider as django-allauth wants it; none without an address."""
    if not OIDC_URL:
        return []
    app = {
        "provider_id": OIDC_ID,
        "name": OIDC_NAME,
        "client_id": os.environ.get("CHUANGWEN_OIDC_CLIENT", ""),
        "secret": os.environ.get("CHUANGWEN_OIDC_SECRET", ""),
        "settings": {"server_url": OIDC_URL},
    }
    return [app]


def mail(url: str) -> dict[str, Any]:
    """What Django calls the parts of `url`; no host for an empty one: then nothing is mailed."""
    parts, options = urlsplit(url), dict(parse_qsl(urlsplit(url).query))
    if url and (parts.scheme not in {"smtp", "smtps"} or not parts.hostname or "from" not in options):
        raise ImproperlyConfigured("CHUANGWEN_MAIL must read smtp://user:password@host:port?from=address.")
    return {
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "DEFAULT_FROM_EMAIL": options.get("from", ""),
    }


def map_tiles(template: str) -> str:
    parts = urlsplit(template)
    whole = all(part in template for part in ("{z}", "{x}", "{y}")) and "{" not in parts.netloc
    if template and (parts.scheme not in {"http", "https"} or not parts.hostname or not whole):
        raise ImproperlyConfigured("CHUANGWEN_MAP_TILES must read https://host/{z}/{x}/{y}.png.")
    return template


def map_crs(name: str) -> str:
    if name not in {"wgs84", "gcj02"}:
        raise ImproperlyConfigured(f"CHUANGWEN_MAP_CRS must be wgs84 or gcj02, not {name!r}.")
    return name


TIME_ZONE = "Asia/Shanghai"
DATA_DIR = data_directory()
DATABASE_URL = os.environ.get("CHUANGWEN_DATABASE", "")
DATABASES = {"default": postgresql(DATABASE_URL) if DATABASE_URL else sqlite(DATA_DIR)}
KEYS_DIR = Path(os.environ.get("CHUANGWEN_KEYS") or DATA_DIR / "keys").absolute()
SECRET_KEY = lazy(secret_key, str)(DATA_DIR / "secret.key")
DEBUG = flag("CHUANGWEN_DEBUG")
HTTPS = flag("CHUANGWEN_HTTPS")
ALLOWED_HOSTS = os.environ.get("CHUANGWEN_HOSTS", "127.0.0.1,localhost").split(",")

globals().update(mail(os.environ.get("CHUANGWEN_MAIL", "")))
EMAIL_TIMEOUT = 20
WEBHOOKS_PRIVATE = flag("CHUANGWEN_WEBHOOKS_PRIVATE")

MAP_TILES = map_tiles(os.environ.get("CHUANGWEN_MAP_TILES", ""))
MAP_KEY = os.environ.get("CHUANGWEN_MAP_KEY", "")
MAP_CRS = map_crs(os.environ.get("CHUANGWEN_MAP_CRS") or "wgs84")
MAP_CREDIT = os.environ.get("CHUANGWEN_MAP_CREDIT", "")
MAP_ORIGINS = origin_of(MAP_TILES)

INSTALLED_APPS = [
    "chuangwen.site",
    "chuangwen.jobs",
    "chuangwen.progress",
    "chuangwen.assessments",
    "chuangwen.registers",
    "chuangwen.plans",
    "chuangwen.points",
    "chuangwen.standards",
    "chuangwen.desk",
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
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
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
    "allauth.account.middleware.AccountMiddleware",
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
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "chuangwen.orgs.passwords.ThreeClasses"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "chuangwen.orgs.passwords.NotTheAccount"},
    {"NAME": "chuangwen.orgs.passwords.NotOneOfTheLast"},
]
PASSWORD_DAYS = count("CHUANGWEN_PASSWORD_DAYS", 90, 0)
REQUIRE_TOTP = flag("CHUANGWEN_REQUIRE_TOTP")
SINGLE_LOGIN = flag("CHUANGWEN_SINGLE_LOGIN")
IDLE_MINUTES = count("CHUANGWEN_IDLE_MINUTES", 30, 1)

ACCOUNT_ADAPTER = "chuangwen.orgs.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "chuangwen.orgs.account_forms.SignInForm",
    "reauthenticate": "chuangwen.orgs.account_forms.ReauthenticateForm",
    "reset_password": "chuangwen.orgs.account_forms.ResetForm",
    "reset_password_from_key": "chuangwen.orgs.account_forms.ResetKeyForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True  # the limits below end a log-in, not the closing of the browser
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "reauthenticate": None}  # counted in orgs.lockout
MFA_ADAPTER = "chuangwen.orgs.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "chuangwen.orgs.account_forms.CodeForm",
    "reauthenticate": "chuangwen.orgs.account_forms.CodeAgainForm",
    "activate_totp": "chuangwen.orgs.account_forms.ActivateForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "创文"
SOCIALACCOUNT_ADAPTER = "chuangwen.orgs.adapters.SocialAccountAdapter"
OIDC_URL = os.environ.get("CHUANGWEN_OIDC_URL", "")
OIDC_NAME = (os.environ.get("CHUANGWEN_OIDC_NAME") or "统一身份认证") if OIDC_URL else ""
OIDC_CLAIM = os.environ.get("CHUANGWEN_OIDC_CLAIM", "")
OIDC_ID = "city"  # in the addresses of single sign-on
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": single_sign_on()}}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
USE_I18N = True
USE_TZ = True
TODAY_SHIFT = shift_to(os.environ.get("CHUANGWEN_TODAY", ""))

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

SESSION_COOKIE_AGE = count("CHUANGWEN_SESSION_HOURS", 12, 1) * 60 * 60
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
        "form-action": [SELF, *origin_of(OIDC_URL)],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

DEFAULT_EXCEPTION_REPORTER_FILTER = "chuangwen.kit.log.NothingPersonal"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_secrets": {"()": "chuangwen.kit.log.WithoutSecrets"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_secrets"],
        }
    },
    "loggers": {"django": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
