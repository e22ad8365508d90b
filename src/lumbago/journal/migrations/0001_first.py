"""The first tables."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="ActivityRow",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("source", models.TextField()),
                ("sport", models.TextField()),
                ("start", models.DateTimeField(db_index=True, null=True)),
                ("local_date", models.DateField(db_index=True, null=True)),
                ("ground", models.TextField(null=True)),
                ("elapsed_s", models.FloatField(null=True)),
                ("timer_s", models.FloatField(null=True)),
                ("moving_s", models.FloatField(null=True)),
                ("distance_m", models.FloatField(null=True)),
                ("ascent_m", models.FloatField(null=True)),
                ("descent_m", models.FloatField(null=True)),
                ("heart_rate_bpm", models.FloatField(null=True)),
                ("cadence_spm", models.FloatField(null=True)),
                ("effort_cr10", models.FloatField(null=True)),
                ("temperature_c", models.FloatField(null=True)),
                ("balance_pct", models.FloatField(null=True)),
                ("longest_unbroken_s", models.FloatField(null=True)),
                ("drift_min", models.FloatField(null=True)),
                ("bands", models.JSONField(default=list)),
                ("laps", models.JSONField(default=list)),
                ("records", models.IntegerField(default=0)),
                ("name", models.TextField(null=True)),
                ("gear", models.TextField(null=True)),
                ("race", models.BooleanField(null=True)),
                ("manual", models.BooleanField(default=False)),
                ("device", models.TextField(null=True)),
                ("warnings", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="FileSeen",
            fields=[
                ("fingerprint", models.TextField(primary_key=True, serialize=False)),
                ("sha256", models.TextField(db_index=True, null=True)),
                ("read_by", models.TextField()),
                ("originals", models.BooleanField()),
                ("activities", models.IntegerField(default=0)),
                ("why", models.TextField(null=True)),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started", models.DateTimeField()),
                ("finished", models.DateTimeField(null=True)),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("running", "Running"),
                            ("finished", "Finished"),
                            ("stopped", "Stopped"),
                            ("broken-off", "Broken Off"),
                        ],
                        default="running",
                    ),
                ),
                ("files", models.IntegerField(default=0)),
                ("files_done", models.IntegerField(default=0)),
                ("imported", models.IntegerField(default=0)),
                ("already_there", models.IntegerField(default=0)),
                ("replaced", models.IntegerField(default=0)),
                ("poorer", models.IntegerField(default=0)),
                ("skipped", models.IntegerField(default=0)),
            ],
            options={
                "ordering": ["-started"],
            },
        ),
        migrations.CreateModel(
            name="SamplesRow",
            fields=[
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="samples",
                        serialize=False,
                        to="journal.activityrow",
                    ),
                ),
                ("packed", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="SourceRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("own_id", models.TextField(unique=True)),
                ("sha256", models.TextField(db_index=True)),
                ("part", models.IntegerField()),
                ("name", models.TextField()),
                ("kind", models.TextField()),
                ("kept", models.BooleanField()),
                ("original", models.BooleanField()),
                ("records", models.IntegerField()),
                ("columns", models.IntegerField()),
                ("fields", models.IntegerField()),
                ("told", models.JSONField(default=dict)),
                ("read_by", models.TextField()),
                ("imported_at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sources", to="journal.activityrow"
                    ),
                ),
            ],
        ),
    ]
