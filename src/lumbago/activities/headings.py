"""What the headings of a table of sessions mean, in many languages, and the units written in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from lumbago.activities.sports import bare

KM, MILE, METRE, FOOT = 1000.0, 1609.344, 1.0, 0.3048
TIMES = ("duration", "time", "moving", "elapsed")  # what tells how long a session took, the best first

# Units in or behind a heading ("Distance (km)", "duration_s") are taken off first. Seen in real lists, or in programs that read
# them: Garmin's list in English, German, French, Italian, Spanish, Portuguese and Chinese, and running_page's. Others are ours.
_HEADINGS = {
    "local": "start date local, start time local, local date",
    "date": (
        "date, day, datetime, date time, start, started, start date, activity date, workout date, workout day, "
        "timestamp, datum, tag, startdatum, aktivitätsdatum, date de l'activité, jour, fecha, día, "
        "fecha de la actividad, fecha y hora, data, giorno, data dell'attività, dia, data da atividade, dag, "
        "datum van activiteit, 日期, 日期时间, 开始时间, 活动日期, 日付, 日時"
    ),
    "utc": "start date utc, start time utc, date utc, utc",
    "clock": (
        "start time, time of day, clock, hour, startzeit, uhrzeit, beginn, heure, heure de début, hora, "
        "hora de inicio, ora, ora di inizio, hora de início, starttijd, tijdstip, 时刻, 開始時刻"
    ),
    "sport": (
        "activity type, sport, sport type, activity, type, workout type, exercise, aktivitätstyp, aktivitätsart, "
        "sportart, aktivität, art, type d'activité, activité, tipo de actividad, tipo, deporte, actividad, "
        "tipo di attività, tipo attività, attività, tipo de atividade, atividade, esporte, desporto, "
        "activiteitstype, type activiteit, activiteit, sporttype, 活动类型, 运动类型, 类型, 運動類型, "
        "アクティビティタイプ, 種目"
    ),
    "ground": "subtype, sub sport, sub type, surface, ground, untergrund",
    "distance": (
        "distance, dist, total distance, distanz, strecke, länge, distancia, distanza, distância, afstand, 距离, "
        "距離, 里程"
    ),
    "duration": (
        "duration, timer time, total time, workout time, sport time, dauer, gesamtzeit, durée, duración, durata, "
        "duração, tempo total, duur, 时长, 用时, 時長, タイム"
    ),
    "time": "time, zeit, temps, tiempo, tijd, tempo, 时间, 時間",
    "moving": (
        "moving time, moving duration, zeit in bewegung, bewegungszeit, temps de déplacement, "
        "durée de déplacement, tiempo en movimiento, tempo in movimento, tempo em movimento, "
        "tempo de movimentação, beweegtijd, tijd in beweging, 移动时间, 移動時間"
    ),
    "elapsed": (
        "elapsed time, elapsed duration, elapsed, verstrichene zeit, temps écoulé, tiempo transcurrido, "
        "tempo trascorso, tempo decorrido, tempo transcorrido, verstreken tijd, 全程耗时, 经过时间, 経過時間"
    ),
    "name": (
        "title, name, activity name, workout name, titel, name der aktivität, titre, nom, nom de l'activité, "
        "título, nombre, titolo, nome, nome attività, nome da atividade, naam, naam activiteit, 标题, 名称, "
        "活动名称, 標題, タイトル"
    ),
    "heart_rate": (
        "avg hr, average heart rate, average heartrate, avg heart rate, average hr, heart rate, heartrate, hr, "
        "mean hr, ø hf, ø herzfrequenz, durchschnittliche herzfrequenz, herzfrequenz, puls, hf, "
        "fréquence cardiaque moyenne, fc moyenne, fréquence cardiaque, frecuencia cardiaca media, "
        "frecuencia cardíaca media, fc media, frequenza cardiaca media, fc médio, frequência cardíaca média, "
        "gemiddelde hartslag, hartslag, 平均心率, 心率, 平均心拍数"
    ),
    "run_cadence": (
        "avg run cadence, average running cadence, ø schrittfrequenz (laufen), ø schrittfrequenz, "
        "cadence de course moyenne, cadencia de carrera media, cadenza di corsa media, cadência de corrida média, "
        "gemiddelde loopcadans, 平均步频, 平均跑步步频"
    ),
    "cadence": (
        "cadence, avg cadence, average cadence, schrittfrequenz, trittfrequenz, cadencia, cadenza, cadência, "
        "cadans, 步频"
    ),
    "ascent": (
        "total ascent, ascent, elevation gain, total elevation gain, climb, elev gain, elevation, "
        "positiver höhenunterschied, anstieg gesamt, höhenmeter, höhenzunahme, anstieg, ascension totale, "
        "dénivelé positif, dénivelé, ascenso total, desnivel positivo, desnivel, ascesa totale, dislivello, "
        "dislivello positivo, subida total, ganho de elevação, totale stijging, hoogtemeters, 累计爬升, 总爬升, "
        "爬升, 獲得標高"
    ),
    "descent": (
        "total descent, descent, elevation loss, negativer höhenunterschied, abstieg gesamt, abstieg, "
        "descente totale, dénivelé négatif, descenso total, desnivel negativo, discesa totale, "
        "dislivello negativo, descida total, perda de elevação, totale daling, 累计下降, 总下降"
    ),
    "gear": (
        "gear, shoe, shoes, equipment, schuhe, schuh, laufschuhe, ausrüstung, chaussures, équipement, zapatillas, "
        "zapatos, equipamiento, scarpe, attrezzatura, tênis, sapatilhas, equipamento, schoenen, uitrusting, 跑鞋, "
        "装备, シューズ"
    ),
    "effort": (
        "rpe, effort, perceived exertion, perceived effort, cr10, borg, anstrengung, gefühlte anstrengung, "
        "effort perçu, esfuerzo percibido, esfuerzo, sforzo percepito, esforço, esforço percebido, inspanning"
    ),
    "temperature": (
        "temperature, avg temp, average temperature, temp, temperatur, température, temperatura, temperatuur, "
        "温度, 気温"
    ),
    "race": "race, event type, competition, wettkampf, compétition, competición, gara, prova, wedstrijd",
}
_MEANINGS = {bare(word): meaning for meaning, words in _HEADINGS.items() for word in words.split(", ")}

_LENGTH_WORDS = {
    KM: (
        "km kms kilometer kilometers kilometre kilometres kilomètres kilometros kilómetros chilometri quilômetros "
        "quilómetros 公里 千米 キロ"
    ),
    MILE: "mi mile miles meile meilen millas miglia milhas mijl mijlen 英里",
    METRE: "m meter meters metre metres mètres metros metri 米",
    0.9144: "yd yards",
    FOOT: "ft feet fuß pieds pies",
}
_TIME_WORDS = {
    0.001: "ms milliseconds",
    1.0: "s sec secs second seconds sekunden secondes segundos secondi seconden 秒",
    60.0: "min mins minute minutes minuten minutos minuti 分 分钟",
    3600.0: "h hr hrs hour hours std stunden heures horas ore uur uren 小时",
}
LENGTHS = {bare(word): metres for metres, words in _LENGTH_WORDS.items() for word in words.split()}
SECONDS = {bare(word): length for length, words in _TIME_WORDS.items() for word in words.split()}
_HOURS_FIRST = ("hmm", "hhmm")  # of a heading such as "time (h:mm)"
_LONGEST = 100  # characters of a heading that are looked at


@dataclass(frozen=True, slots=True)
class Heading:
    """unit: metres or seconds of one, where the heading says so. hours_first: whether it says that 1:30 is an hour and a half."""

    place: int
    meaning: str
    unit: float | None = None
    hours_first: bool = False


def count(cells: Sequence[str]) -> int:
    """How many headings a row holds, if it names a date and a distance or time; else 0."""
    meanings = [heading.meaning for heading in headings(cells)]
    dated = "date" in meanings or "utc" in meanings or "clock" in meanings
    return len(meanings) if dated and {"distance", *TIMES} & set(meanings) else 0


def headings(cells: Sequence[str]) -> list[Heading]:
    """The headings of a row that are known, from left to right."""
    return [heading for place, cell in enumerate(cells) if (heading := _heading(place, cell)) is not None]


def _heading(place: int, cell: str) -> Heading | None:
    """What one heading means: by its words, less a unit in brackets or at its end; a lone unit names its own quantity."""
    text = unicodedata.normalize("NFKC", cell[:_LONGEST])
    if meaning := _MEANINGS.get(bare(text)):
        return Heading(place, meaning)
    bracket = re.search(r"[(\[]([^)\]]*)[)\]]", text)
    words = re.findall(r"[^\W_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"[(\[].*", "", text)))
    unit = bare(bracket[1]) if bracket else bare(words.pop()) if len(words) > 1 else ""
    words = words[:-1] if words and words[-1].lower() == "in" else words
    meaning = _MEANINGS.get(bare("".join(words)))
    lone = bare(words[0]) if len(words) == 1 and not unit else ""
    if meaning is None and lone in LENGTHS:
        return Heading(place, "distance", LENGTHS[lone])
    if meaning is None and lone in SECONDS:
        return Heading(place, "duration", SECONDS[lone])
    fahrenheit = meaning == "temperature" and unit == "f"
    if meaning is None or fahrenheit or not (bracket or unit in LENGTHS or unit in SECONDS):
        return None
    if meaning in TIMES:
        minutes = 60.0 if unit == "m" else None
        return Heading(place, meaning, SECONDS.get(unit, minutes), unit in _HOURS_FIRST)
    return Heading(place, meaning, LENGTHS.get(unit))
