"""The tables: activities as summaries, their samples apart, where each came from, files met before, and imports.

An activity's id is that of its richest copy. Every copy that was ever read has a SourceRow, so its own id still leads there.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ActivityRow(models.Model):
    """One activity without its samples; the columns are the fields of model.activities.Activity."""

    id = models.TextField(primary_key=True)
    source = models.TextField()
    sport = models.TextField()
    start = models.DateTimeField(null=True, db_index=True)
    local_date = models.DateField(null=True, db_index=True)
    ground = models.TextField(null=True)
    elapsed_s = models.FloatField(null=True)
    timer_s = models.FloatField(null=True)
    moving_s = models.FloatField(null=True)
    distance_m = models.FloatField(null=True)
    ascent_m = models.FloatField(null=True)
    descent_m = models.FloatField(null=True)
    heart_rate_bpm = models.FloatField(null=True)
    cadence_spm = models.FloatField(null=True)
    effort_cr10 = models.FloatField(null=True)
    temperature_c = models.FloatField(null=True)
    balance_pct = models.FloatField(null=True)
    longest_unbroken_s = models.FloatField(null=True)
    drift_min = models.FloatField(null=True)
    bands = models.JSONField(default=list)
    laps = models.JSONField(default=list)
    records = models.IntegerField(default=0)
    name = models.TextField(null=True)
    gear = models.TextField(null=True)
    race = models.BooleanField(null=True)
    manual = models.BooleanField(default=False)
    device = models.TextField(null=True)
    warnings = models.JSONField(default=list)


class SamplesRow(models.Model):
    """The samples of an activity as `pack.pack` made them; apart, so that a list of activities never loads them."""

    activity = models.OneToOneField(ActivityRow, models.CASCADE, primary_key=True, related_name="samples")
    packed = models.BinaryField()


class SourceRow(models.Model):
    """One copy of an activity: a file or a line of a table. `kept`: it is the copy whose values and samples stand.

    own_id: the activity's id as this copy alone gives it. sha256: of the decompressed file. part: its place in that file, from 1.
    records, columns, fields: how rich it is (see `matching.rank`). told: see `matching.Copy`.
    read_by: version of the reader, and the time zone that was given.
    """

    own_id = models.TextField(unique=True)
    activity = models.ForeignKey(ActivityRow, models.CASCADE, related_name="sources")
    sha256 = models.TextField(db_index=True)
    part = models.IntegerField()
    name = models.TextField()
    kind = models.TextField()
    kept = models.BooleanField()
    original = models.BooleanField()
    records = models.IntegerField()
    columns = models.IntegerField()
    fields = models.IntegerField()
    told = models.JSONField(default=dict)
    read_by = models.TextField()
    imported_at = models.DateTimeField()


class FileSeen(models.Model):
    """A file met before, so that it need not be opened again. why: the reason it was skipped, None when it was read.

    fingerprint: see `importing.fingerprint`. originals: files were to be kept as well when it was met.
    """

    fingerprint = models.TextField(primary_key=True)
    sha256 = models.TextField(null=True, db_index=True)
    read_by = models.TextField()
    originals = models.BooleanField()
    activities = models.IntegerField(default=0)
    why = models.TextField(null=True)
    seen_at = models.DateTimeField()


class ImportRun(models.Model):
    """One import, so that any door can show how far it is and how it ended. One that ended without a word still says `running`,
    until the next import finds that nobody holds the lock."""

    class State(models.TextChoices):
        RUNNING = "running"
        FINISHED = "finished"
        STOPPED = "stopped"
        BROKEN_OFF = "broken-off"

    started = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    state = models.TextField(choices=State.choices, default=State.RUNNING)
    files = models.IntegerField(default=0)
    files_done = models.IntegerField(default=0)
    imported = models.IntegerField(default=0)
    already_there = models.IntegerField(default=0)
    replaced = models.IntegerField(default=0)
    poorer = models.IntegerField(default=0)
    skipped = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-started"]
