"""What Django needs to know to keep things. The web pages' own settings begin with these."""

from __future__ import annotations

from lumbago.journal import places

JOURNAL_HOME = places.home()
DATABASES = {"default": places.database(JOURNAL_HOME)}
INSTALLED_APPS = ["lumbago.journal"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LOGGING_CONFIG = None  # nothing is logged, so nothing of a runner can be
