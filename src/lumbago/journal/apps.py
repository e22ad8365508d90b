"""The journal as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "lumbago.journal"
    label = "journal"
    verbose_name = "Journal"
