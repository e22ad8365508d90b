"""XML of strangers: read whatever its encoding and however it is damaged, never fetched, never expanded, never without bound."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbago.activities import apple_health, gpx, tcx, xml
from lumbago.activities.geo import haversine_m
from lumbago.activities.recording import Recording
from lumbago.errors import ActivityUnreadable, InputError

Reader = Callable[[bytes], tuple[Recording, ...]]
NAMES = {"t": "time", "v": "speed", "a": "altitude"}


def seen(events: Iterator[xml.Event]) -> list[tuple[str, str, str | None]]:
    return [(event, "/".join(path), element.text if event == "end" else None) for event, path, element in events]


def samples(*points: str) -> xml.Samples:
    """Of points written as the inside of a <p>."""

    def build(events: Iterator[xml.Event]) -> xml.Samples:
        made = xml.Samples(xml.Wanted("p", NAMES, {"lat": "latitude", "lon": "longitude"}))
        for _, path, element in events:
            if path[-1] == "p":
                made.add(element)
        return made

    return xml.parse("".join(["<f>", *points, "</f>"]).encode(), "p", build)[0]


def test_elements_come_in_order_with_their_ancestors_and_without_namespaces() -> None:
    told, damage = xml.parse(b'<f xmlns="u:v" xmlns:n="w"><n:g>x</n:g><p><q>1</q></p></f>', "p", seen)
    assert damage is None
    assert told == [
        ("start", "f", None),
        ("start", "f/g", None),
        ("end", "f/g", "x"),
        ("end", "f/p", None),
        ("end", "f", None),
    ]


def test_a_whole_element_comes_with_all_that_is_in_it() -> None:
    def inside(events: Iterator[xml.Event]) -> list[str]:
        return [part.tag for _, path, element in events if path[-1] == "p" for part in element.iter()]

    assert xml.parse(b"<f><p><q><r/></q></p><p/></f>", "p", inside)[0] == ["p", "q", "r", "p"]


@pytest.mark.parametrize(
    "data",
    [
        "<f>é</f>".encode(),
        b"\xef\xbb\xbf" + "<?xml version='1.0' encoding='utf-8'?><f>é</f>".encode(),
        "<?xml version='1.0' encoding='UTF-16'?><f>é</f>".encode("utf-16"),
        "<?xml version='1.0' encoding='UTF-16'?><f>é</f>".encode("utf-16-be"),
        "<f>é</f>".encode("utf-16-le"),
        "<?xml version='1.0' encoding='iso-8859-1'?><f>é</f>".encode("latin-1"),
        "\r\n  <?xml version='1.0'?>\n<f>é</f>".encode(),
        "<?xml version='1.0' encoding='no-such-thing'?><f>é</f>".encode(),
        "<?xml version='1.0' encoding='punycode'?><f>é</f>".encode(),
    ],
)
def test_the_encoding_does_not_matter(data: bytes) -> None:
    told, damage = xml.parse(data, None, seen)
    assert told[-1] == ("end", "f", "é")
    assert damage is None


def test_a_letter_in_no_encoding_costs_that_letter() -> None:
    told, damage = xml.parse(b"<f>caf\xe9 42</f>", None, seen)
    assert told[-1] == ("end", "f", "caf� 42")
    assert damage is None


@pytest.mark.parametrize(
    "head",
    [
        b"<!DOCTYPE f>",
        b'<!DOCTYPE f SYSTEM "http://127.0.0.1:9/f.dtd">',
        b"<!DOCTYPE f [\n<!-- version 14 -->\n<!ELEMENT f (g)*>\n<!ATTLIST f a CDATA #REQUIRED>\n]>",
        b"<!DOCTYPE f [<!ATTLIST f device CDATA #IMPLIED a b c >\n] >",  # malformed
    ],
)
def test_a_document_type_is_passed_over(head: bytes) -> None:
    told, damage = xml.parse(b"<?xml version='1.0'?>\n" + head + b"<f>x</f>", None, seen)
    assert told[-1] == ("end", "f", "x")
    assert damage is None


@pytest.mark.parametrize("end", [b"", b"[", b"[<!ELEMENT f (g)>"])
def test_a_document_type_without_an_end_is_a_file_without_content(end: bytes) -> None:
    told, damage = xml.parse(b"<!DOCTYPE f " + end, None, seen)
    assert told == []
    assert damage is not None


@pytest.mark.parametrize(
    "entities",
    [
        b'<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">',
        b'<!ENTITY a SYSTEM "file:///etc/hostname">',
        b'<!ENTITY % a SYSTEM "http://127.0.0.1:9/x">%a;',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_words(entities: bytes, encoding: str) -> None:
    text = b"<!DOCTYPE f [" + entities + b"]><f>&a;</f>"
    with pytest.raises(ActivityUnreadable, match="text blocks"):
        xml.parse(text.decode().encode(encoding), None, seen)


def test_an_entity_that_nobody_declared_costs_only_itself() -> None:
    told, damage = xml.parse(b"<f><g>a&nbsp;b</g><h>c</h></f>", None, seen)
    assert ("end", "f/h", "c") in told
    assert damage is xml.Damage.IN_PLACES


def test_a_prefix_that_was_never_declared_costs_nothing() -> None:
    told, damage = xml.parse(b"<f><n:g m:a='1'>x</n:g></f>", None, seen)
    assert ("end", "f/g", "x") in told
    assert damage is xml.Damage.IN_PLACES


@pytest.mark.parametrize("end", [b"", b"<p", b"<p><q>2", b"<p><q>2</", b"<![CDATA[ "])
def test_a_file_that_breaks_off_is_read_up_to_the_last_whole_element(end: bytes) -> None:
    told, damage = xml.parse(b"<f><p><q>1</q></p>" + end, "p", seen)
    assert told == [("start", "f", None), ("end", "f/p", None)]
    assert damage is xml.Damage.BROKEN_OFF


def numbers_in(data: bytes) -> tuple[list[str | None], xml.Damage | None]:
    """The texts of the <q> of every <p>."""

    def build(events: Iterator[xml.Event]) -> list[str | None]:
        return [part.text for _, path, element in events if path[-1] == "p" for part in element.iter("q")]

    return xml.parse(data, "p", build)


@pytest.mark.parametrize(
    "damaged",
    [
        b"<p><q>2</q></p",  # the next tag begins within this one
        b"<p><q>2<q></p>",
        b"<p a=2><q>2</q></p>",
        b"<p><q>2</q>",
        b"p><q>2</q></p>",
        b"<p><q>2</q>\xf0\x00\x9f&<<</p>",
        b"\x01\x02",
    ],
)
def test_damage_costs_the_point_in_which_it_lies_and_none_after_it(damaged: bytes) -> None:
    good = b"<p><q>4</q></p>"
    texts, damage = numbers_in(b"<f><g><p><q>1</q></p>" + damaged + good * 2000 + b"</g></f>")
    assert damage is xml.Damage.IN_PLACES
    assert texts[0] == "1"
    assert texts.count("4") == 2000


def test_what_was_lost_is_counted() -> None:
    data = b"<f>" + b"<p/>" * 1500 + b"<n:p/></f>"
    assert xml.what_was_lost(xml.Damage.BROKEN_OFF, data, "p", 1412) == (
        "The file breaks off after 1,412 points; what came before was kept."
    )
    assert "1 of its 1,501 points could not be read" in xml.what_was_lost(xml.Damage.IN_PLACES, data, "p", 1500)
    assert "all of its 1,501 points" in xml.what_was_lost(xml.Damage.IN_PLACES, data, "p", 1501)


@pytest.mark.parametrize(
    "data",
    [
        b"<f>" + b"<g>" * 5000,
        b"<f><p>" + b"<g>" * 5000 + b"</g>" * 5000 + b"</p></f>",
        b"<f><p>" + b"<g/>" * 5000 + b"</p></f>",
    ],
)
def test_nesting_and_points_have_bounds(data: bytes) -> None:
    with pytest.raises(ActivityUnreadable, match="far more deeply"):
        xml.parse(data, "p", seen)


@pytest.mark.parametrize("point", [b"<p><q>1</q></p>", b"<g/>"])
def test_memory_does_not_grow_with_the_number_of_elements(point: bytes) -> None:
    def count(events: Iterator[xml.Event]) -> int:
        return sum(event == "end" for event, _, _ in events)

    data = b"<f>" + point * 50_000 + b"</f>"
    tracemalloc.start()
    try:
        assert xml.parse(data, "p", count)[0] == 50_001
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (
        peak < 3 * len(data) + 1_000_000
    )  # the text itself, as it came and as UTF-8; its elements alone would take ten times that


def test_words_are_one_line_of_a_sensible_length() -> None:
    def text(events: Iterator[xml.Event]) -> list[str | None]:
        return [xml.words(element) for event, _, element in events if event == "end"]

    assert xml.parse(b"<f>\n  Morning\n run </f>", None, text)[0] == ["Morning run"]
    assert xml.parse(b"<f>  </f>", None, text)[0] == [None]
    (long,) = xml.parse(b"<f>" + b"x" * 100_000 + b"</f>", None, text)[0]
    assert long == "x" * 200


def test_columns_are_as_long_as_there_are_points() -> None:
    columns = samples("<p><v>1.5</v></p>", "<p/>", "<p><v>2</v><a>7</a></p>").columns()
    assert set(columns) == {"time", "speed", "altitude"}
    np.testing.assert_equal(columns["speed"], [1.5, np.nan, 2])
    np.testing.assert_equal(columns["altitude"], [np.nan, np.nan, 7])
    assert np.isnan(columns["time"]).all()


@pytest.mark.parametrize(
    ("text", "value"), [("1,5", 1.5), (" 2 ", 2.0), ("x", np.nan), ("1e999", np.nan), ("nan", np.nan)]
)
def test_numbers_that_are_none_are_not_recorded(text: str, value: float) -> None:
    np.testing.assert_equal(samples(f"<p><a>{text}</a></p>", "<p><a>9</a></p>").columns()["altitude"], [value, 9])


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2024-01-02T03:04:05Z", 5),
        ("2024-01-02T03:04:05.25Z", 5.25),
        ("2024-01-02T03:04:05.9999999Z", 6),
        ("2024-01-02T05:04:05+02:00", 5),
        ("2024-01-02T03:04:05", 5),
        (" 2024-01-02T03:04:05Z\n", 5),
        ("20240102T030405Z", 5),
        ("2024-01-02", -3 * 3600 - 4 * 60),
    ],
)
def test_a_time_is_read_however_it_is_written(text: str, seconds: float) -> None:
    base = datetime(2024, 1, 2, 3, 4, tzinfo=UTC).timestamp()
    times = samples("<p><t>2024-01-02T03:04:00Z</t></p>", f"<p><t>{text}</t></p>").columns()["time"]
    assert times - base == pytest.approx([0, seconds], abs=1e-5)


@pytest.mark.parametrize(
    "text", ["yesterday", "", "2024-13-02T03:04:05Z", "2024-01-02T03:04:99Z", "0001-01-01T00:00:00Z", "Z"]
)
def test_what_is_no_time_is_not_recorded(text: str) -> None:
    assert np.isnan(samples("<p><t>2024-01-02T03:04:00Z</t></p>", f"<p><t>{text}</t></p>").columns()["time"][1])


TIMES = ["06:30:05Z", "06:30:05.1234567Z", "06:30:06.9999999Z", "06:30:60Z", "06:30:5Z", "08:30:05+02:00", "24:00:00Z"]


@given(st.lists(st.sampled_from([f"2024-03-01T{time}" for time in TIMES]), min_size=1))
def test_a_time_does_not_depend_on_those_of_other_points(texts: list[str]) -> None:
    together = samples(*(f"<p><t>{text}</t></p>" for text in texts)).columns()["time"]
    alone = [samples(f"<p><t>{text}</t></p>").columns()["time"][0] for text in texts]
    np.testing.assert_array_equal(together, alone)


@pytest.mark.parametrize("day", ["2023-02-29", "2024-02-30", "2024-13-01", "2024-00-01", "2024-01-00", "2024-04-31"])
def test_a_day_that_no_calendar_has_is_not_recorded(day: str) -> None:
    assert np.isnan(samples(f"<p><t>{day}T06:30:00Z</t></p>").columns()["time"]).all()


@given(st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1)))
def test_times_agree_with_the_calendar(when: datetime) -> None:
    times = samples(f"<p><t>{when.isoformat()}Z</t></p>").columns()["time"]
    assert times[0] == pytest.approx(when.replace(tzinfo=UTC).timestamp(), abs=1e-5)


def test_the_offset_of_the_clock_is_that_of_the_first_time() -> None:
    assert samples("<p><t>2024-01-02T05:04:05+02:00</t></p>").utc_offset_s() == 7200
    assert samples("<p><t>2024-01-02T05:04:05Z</t></p>").utc_offset_s() is None
    assert samples("<p/>").utc_offset_s() is None


def test_a_place_off_the_globe_and_a_speed_below_zero_are_not_recorded() -> None:
    columns = samples(
        '<p lat="91" lon="3"><v>-1</v></p>', '<p lat="9" lon="181"/>', '<p lat="9" lon="-8"><v>0</v></p>'
    ).columns()
    np.testing.assert_equal(columns["latitude"], [np.nan, np.nan, 9])
    np.testing.assert_equal(columns["longitude"], [np.nan, np.nan, -8])
    np.testing.assert_equal(columns["speed"], [np.nan, np.nan, 0])


def test_steps_on_the_earth() -> None:
    steps = haversine_m(np.array([0.0, 0.0, 90.0, np.nan]), np.array([0.0, 180.0, 50.0, 0.0]))
    assert steps[:2] == pytest.approx([np.pi * 6_371_000, np.pi * 6_371_000 / 2])
    assert np.isnan(steps[2])


@pytest.mark.parametrize("reader", [gpx.read, tcx.read, apple_health.read])
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 999, b"\xff\xfe", b"PK\x03\x04", b"hello", b"<", b"<html><br></html>", b"<?xml?>"]
)
def test_what_is_no_such_file_is_refused_in_words(reader: Reader, data: bytes) -> None:
    with pytest.raises(ActivityUnreadable, match=r"This is not an? .*[Ee]xport it again"):
        reader(data)


SEEDS = {
    gpx.read: b'<gpx><trk><type>run</type><trkseg><trkpt lat="1" lon="2"><time>2024-01-02T03:04:05Z</time></trkpt>'
    b"</trkseg></trk></gpx>",
    tcx.read: b'<Activities><Activity Sport="Running"><Lap StartTime="x"><DistanceMeters>9</DistanceMeters><Track><Trackpoint>'
    b"<Time>2024-01-02T03:04:05Z</Time></Trackpoint></Track></Lap></Activity></Activities>",
    apple_health.read: b'<HealthData><Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="3" '
    b'startDate="2024-01-02 03:04:05 +0100"><MetadataEntry key="HKTimeZone" value="Europe/Paris"/></Workout></HealthData>',
}


@pytest.mark.parametrize("reader", list(SEEDS))
@given(st.data())
def test_any_change_of_a_file_ends_in_recordings_or_in_words(reader: Reader, data: st.DataObject) -> None:
    text = bytearray(SEEDS[reader])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text)))
        text[place : place + data.draw(st.integers(0, 20))] = data.draw(
            st.binary(max_size=8)
            | st.sampled_from([b"<", b">", b"&x;", b"<!--", b"]]>", b"<![CDATA[", b'"', b"1e999", b"<Workout "])
        )
    try:
        found = reader(bytes(text))
    except InputError:
        return
    assert all(len({len(column) for column in recording.columns.values()}) <= 1 for recording in found)
