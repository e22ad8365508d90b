"""activities.csv of Strava's bulk export: what the service knows of each activity, beside the file that the watch wrote."""

from __future__ import annotations

import hashlib
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from lumbago.activities.columns import Moment, Table, decimal_sign, moments, numbers, read_table, rows_said
from lumbago.activities.headings import KM
from lumbago.activities.recording import Recording
from lumbago.activities.sports import bare, sport_of
from lumbago.activities.table import identity
from lumbago.errors import ActivityUnreadable, NotAnActivity
from lumbago.model.activities import Activity, Ground, Source, Sport

# Headings by meaning. Verified on a whole header: English (the export's own, 87 to 101 columns, and lower case as before summer
# 2019) and German (reported with 87 to 99 columns). Seen in part, in programs that read such exports: French, Spanish, Italian,
# Portuguese (of Brazil and Portugal), Dutch, Japanese, Chinese; Polish in a plan for one. Other languages are read by place.
_HEADINGS = {
    "id": (
        "activity id, id, aktivitäts-id, id de l'activité, id de actividad, id attività, id da atividade, "
        "activiteits-id, identyfikator aktywności, アクティビティID, 活动 ID"
    ),
    "date": (
        "activity date, date, aktivitätsdatum, date de l'activité, fecha de la actividad, data dell’attività, "
        "data da atividade, datum van activiteit, data aktywności, アクティビティ実行日, 活动日期"
    ),
    "name": (
        "activity name, name, name der aktivität, nom de l'activité, nombre de la actividad, nome attività, "
        "nome da atividade, naam activiteit, naam van activiteit, nazwa aktywności, アクティビティ名, 活动名称"
    ),
    "sport": (
        "activity type, aktivitätsart, type d'activité, tipo de actividad, tipo attività, tipo de atividade, "
        "activiteitstype, rodzaj aktywności, アクティビティタイプ, 活动类型"
    ),
    "elapsed": (
        "elapsed time, elapsed_time, verstrichene zeit, temps écoulé, tiempo transcurrido, tempo trascorso, "
        "tempo decorrido, verstreken tijd, 全程耗时"
    ),
    "distance": "distance, distanz, distancia, distanza, distância, afstand, dystans, 距離, 距离",
    "moving": (
        "moving time, bewegungszeit, durée de déplacement, tiempo en movimiento, tempo in movimento, "
        "tempo de movimentação, beweegtijd, 移動時間, 移动时间"
    ),
    "commute": "commute, pendeln, viagem diária, woon-werkverkeer",
    "note": (
        "activity private note, hinweis zur privatsphäre für aktivitäten, nota privada de actividad, "
        "nota privata sulle attività"
    ),
    "gear": (
        "activity gear, gear, aktivitätsausrüstung, equipamento da atividade, uitrusting voor activiteit, "
        "materiaal voor activiteit"
    ),
    "filename": (
        "filename, dateiname, nom du fichier, nombre del archivo, nombre de archivo, nome del file, "
        "nome do arquivo, nome do ficheiro, bestandsnaam, nazwa pliku, ファイル名, 文件名"
    ),
    "ascent": (
        "elevation gain, höhenzunahme, dénivelé positif, desnivel positivo, dislivello positivo, "
        "ganho de elevação, hoogtewinst, totale stijging, 獲得標高"
    ),
    "descent": "elevation loss, höhenunterschied, perda de elevação",
    "cadence": "average cadence, durchschnittliche trittfrequenz, cadência média",
    "heart_rate": (
        "average heart rate, durchschnittliche herzfrequenz, frequenza cardiaca media, "
        "frequência cardíaca média, gemiddelde hartslag"
    ),
    "effort": "perceived exertion, gefühlte anstrengung, esfuerzo percibido",
    "kind": "type, art",  # of a run: race, long run, workout; before 2019 the sport
}
_MEANINGS = {bare(word): meaning for meaning, words in _HEADINGS.items() for word in words.split(", ")}
_PLACES = {  # the columns that English and German headers have in the same places
    "id": [0],
    "date": [1],
    "name": [2],
    "sport": [3],
    "elapsed": [5, 15],
    "distance": [6, 17],
    "commute": [9],
    "note": [10],
    "gear": [11],
    "filename": [12],
    "moving": [16],
    "ascent": [20],
    "descent": [21],
    "cadence": [29],
    "heart_rate": [31],
    "effort": [43],
    "kind": [44],
}
_FEWEST_COLUMNS = 45  # of a header in a language that is not listed
_FOLDER = "activities/"
_RACE = 1  # workout types of runs: 0 none, 1 race, 2 long run, 3 workout
_RUNS = (0, 1, 2, 3)
_SLOWEST_MPS = 0.1  # a median below it counts kilometres
_MOST_CR10 = 10
_MOST = 1e8  # of anything that is listed; more is a slip
_LIKE = 1.02  # two measures of one distance (readers.md)
_BY_THE_LIST = (
    "The list of the export tells another distance than this file shows. The list was believed: tracks and damaged files fall "
    "short."
)


@dataclass(frozen=True, slots=True)
class StravaRow:
    """One activity as Strava lists it. What it does not tell is None.

    filename: within the export, such as `activities/1.fit.gz`; empty for an activity typed in by hand. start: UTC. moving_s:
    without standing still. cadence: as Strava has it, strides of one foot for runs. effort_cr10: 1 to 10, as the runner told it.
    note: meant for the runner alone.
    """

    activity_id: str
    filename: str
    start: datetime | None
    name: str | None
    sport: Sport
    ground: Ground | None
    elapsed_s: float | None
    moving_s: float | None
    distance_m: float | None
    ascent_m: float | None
    descent_m: float | None
    heart_rate_bpm: float | None
    cadence: float | None
    effort_cr10: float | None
    gear: str | None
    race: bool | None
    commute: bool | None
    note: str | None = field(default=None, repr=False)

    def recording(self) -> Recording:
        """What the row alone tells, for an activity without a file. Time moving stands for time on the watch, which is not told."""
        return Recording(
            source=Source.STRAVA,
            sport=self.sport,
            start=self.start,
            ground=self.ground,
            elapsed_s=self.elapsed_s,
            timer_s=self.moving_s,
            distance_m=self.distance_m,
            ascent_m=self.ascent_m,
            descent_m=self.descent_m,
            heart_rate_bpm=self.heart_rate_bpm,
            cadence=self.cadence,
            effort_cr10=self.effort_cr10,
            name=self.name,
            gear=self.gear,
            race=self.race,
            manual=not self.filename,
            identity=self._identity(),
        )

    def complete(self, activity: Activity) -> Activity:
        """The activity of this row's file with what only the runner could tell, and with totals that the file lacks or has lost."""
        if self._knows_better(activity):
            activity = replace(
                activity,
                distance_m=self.distance_m,
                elapsed_s=_else(self.elapsed_s, activity.elapsed_s),
                timer_s=_else(self.moving_s, activity.timer_s),
                moving_s=_else(self.moving_s, activity.moving_s),
                warnings=(*activity.warnings, _BY_THE_LIST),
            )
        unknown = activity.sport is Sport.UNKNOWN
        same = unknown or activity.sport is self.sport
        return replace(
            activity,
            name=self.name or activity.name,
            gear=self.gear or activity.gear,
            effort_cr10=activity.effort_cr10 if self.effort_cr10 is None else self.effort_cr10,
            race=activity.race if self.race is None else self.race,
            sport=self.sport if unknown else activity.sport,
            ground=activity.ground or (self.ground if same else None),
            distance_m=activity.distance_m or self.distance_m,
            elapsed_s=_else(activity.elapsed_s, self.elapsed_s),
            moving_s=_else(activity.moving_s, self.moving_s),
            ascent_m=_else(activity.ascent_m, self.ascent_m),
            descent_m=_else(activity.descent_m, self.descent_m),
            heart_rate_bpm=_else(activity.heart_rate_bpm, self.heart_rate_bpm),
        )

    def _knows_better(self, activity: Activity) -> bool:
        """Whether the list's distance counts: a track states none, and its gaps make it short; a damaged file has lost some."""
        if not self.distance_m or not activity.distance_m:
            return False
        ratio = self.distance_m / activity.distance_m
        is_track = activity.source is Source.GPX and not 1 / _LIKE <= ratio <= _LIKE
        return is_track or (ratio > _LIKE and any("lost" in warning for warning in activity.warnings))

    def _identity(self) -> str:
        if self.activity_id:
            return hashlib.sha256(f"strava|{self.activity_id}".encode()).hexdigest()
        return identity(self.start, None, self.sport, self.distance_m, self.moving_s)


@dataclass(frozen=True, slots=True)
class StravaIndex:
    """rows: in the order of the export. warnings: what could not be read, by the number of its row."""

    rows: tuple[StravaRow, ...]
    warnings: tuple[str, ...]


def read_index(data: bytes) -> StravaIndex:
    """The rows of activities.csv, whatever the account's language and the year of the export.

    Columns are found by what their headings mean. Where `Distance` and `Elapsed Time` stand twice, the second are metres and
    seconds. Dates are UTC. Raises NotAnActivity for another table or an empty list, ActivityUnreadable without any readable date.
    """
    table, places = _table(data)
    if not table.rows:
        raise NotAnActivity("This list of Strava activities is empty. Nothing was kept.")
    rows = _rows(table, places)
    undated = [number for (number, _), row in zip(table.rows, rows, strict=True) if row.start is None]
    if len(undated) == len(rows):
        raise ActivityUnreadable(
            "No date in this list of Strava activities could be read. Nothing was kept. "
            "Set the language of the Strava account to English and ask for the export again."
        )
    if undated:
        return StravaIndex(rows, (f"{rows_said(undated)} of the list had no date that could be read.",))
    return StravaIndex(rows, ())


def is_index(data: bytes) -> bool:
    """Whether these bytes are the activities.csv of a bulk export."""
    try:
        _table(data)
    except ActivityUnreadable:
        return False
    return True


# Columns


def _table(data: bytes) -> tuple[Table, dict[str, list[int]]]:
    """The table and, for each meaning, the places of its columns."""
    try:
        table = read_table(data, _known)
    except NotAnActivity:
        table = read_table(data, lambda cells: len(cells) if len(cells) >= _FEWEST_COLUMNS else 0)
        if not _is_in_place(table):
            raise
        return table, _PLACES
    return table, _places(table.header)


def _places(header: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, cell in enumerate(header):
        if meaning := _MEANINGS.get(
            bare(re.sub(r"<[^<>]*>", "", cell))
        ):  # a heading without translation is a piece of HTML
            places.setdefault(meaning, []).append(place)
    if "sport" not in places and "kind" in places:
        places["sport"] = places.pop("kind")
    return places


def _known(cells: Sequence[str]) -> int:
    places = _places(cells)
    return len(places) if {"id", "date", "sport", "filename"} <= places.keys() else 0


def _is_in_place(table: Table) -> bool:
    """Whether a header in an unknown language is followed by rows as Strava writes them."""
    ids, files = table.column(_PLACES["id"][0]), [name for name in table.column(_PLACES["filename"][0]) if name]
    return bool(files) and all(name.startswith(_FOLDER) for name in files) and all(one.isdigit() for one in ids)


# Rows


def _rows(table: Table, places: dict[str, list[int]]) -> tuple[StravaRow, ...]:
    first = {meaning: table.column(found[0]) for meaning, found in places.items()}
    none = table.column(None)
    elapsed = _numbers(table.column(places["elapsed"][-1])) if "elapsed" in places else _numbers(none)
    sports = [sport_of(cell) for cell in first["sport"]]
    distances = _distances(table, places.get("distance", []), elapsed, [sport for sport, _ in sports])
    starts = [_utc(told) for told in moments(first["date"])]
    columns = {
        meaning: _numbers(first.get(meaning, none))
        for meaning in ("moving", "ascent", "descent", "heart_rate", "cadence", "effort", "kind")
    }
    return tuple(
        StravaRow(
            activity_id=first["id"][place],
            filename=first["filename"][place],
            start=starts[place],
            name=first.get("name", none)[place] or None,
            sport=sports[place][0],
            ground=sports[place][1],
            elapsed_s=elapsed[place],
            moving_s=columns["moving"][place],
            distance_m=distances[place],
            ascent_m=columns["ascent"][place],
            descent_m=columns["descent"][place],
            heart_rate_bpm=columns["heart_rate"][place] or None,
            cadence=columns["cadence"][place] or None,
            effort_cr10=_effort(columns["effort"][place]),
            gear=first.get("gear", none)[place] or None,
            race=_race(sports[place][0], columns["kind"][place]),
            commute=_commute(first.get("commute", none)[place]),
            note=first.get("note", none)[place] or None,
        )
        for place in range(len(table.rows))
    )


def _utc(told: Moment | None) -> datetime | None:
    return told.local.replace(tzinfo=told.zone or UTC).astimezone(UTC) if told is not None else None


def _numbers(cells: Sequence[str]) -> list[float | None]:
    """Zero or more; a comma begins the decimals unless the column shows another use of it, since Strava parts no thousands."""
    sign = decimal_sign(cells) or ("," if any("," in cell for cell in cells) else ".")
    return [value if value is not None and 0 <= value <= _MOST else None for value in numbers(cells, sign)]


def _distances(
    table: Table, places: Sequence[int], elapsed: Sequence[float | None], sports: Sequence[Sport]
) -> list[float | None]:
    """Metres: the second of two columns; a single one counts kilometres in exports since 2019 (metres for swims), metres before."""
    if not places:
        return [None] * len(table.rows)
    told = [metres or None for metres in _numbers(table.column(places[-1]))]
    speeds = [metres / took for metres, took in zip(told, elapsed, strict=True) if metres and took]
    if len(places) > 1 or not speeds or statistics.median(speeds) >= _SLOWEST_MPS:
        return told
    return [
        metres if metres is None or sport is Sport.SWIMMING else metres * KM
        for metres, sport in zip(told, sports, strict=True)
    ]


def _effort(told: float | None) -> float | None:
    return told if told is not None and 0 < told <= _MOST_CR10 else None


def _race(sport: Sport, kind: float | None) -> bool | None:
    return kind == _RACE if sport is Sport.RUNNING and kind in _RUNS else None


def _commute(cell: str) -> bool | None:
    return cell.lower() in ("true", "1", "1.0") if cell else None


def _else(one: float | None, other: float | None) -> float | None:
    return other if one is None else one
