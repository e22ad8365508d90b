"""Points taken out all at once: the same recordings as from the walk over elements, whatever the file, and most files that way."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decided import SHARED
from lumbago.activities import gpx, quick_xml, tcx, xml
from lumbago.activities.recording import Recording
from lumbago.errors import InputError

ACTIVITIES = SHARED / "activities"
needs_files = pytest.mark.skipif(
    not ACTIVITIES.exists(), reason="the shared activity files are not beside this checkout"
)
Reader = Callable[[bytes], tuple[Recording, ...]]
READERS: dict[str, Reader] = {"gpx": gpx.read, "tcx": tcx.read}


def outcome(reader: Reader, data: bytes) -> Any:
    """All that a reader makes of a file, columns as bytes; or its words of refusal."""
    try:
        return [
            (replace(found, columns={}), {name: column.tobytes() for name, column in found.columns.items()})
            for found in reader(data)
        ]
    except InputError as error:
        return type(error), error.message


def walked(reader: Reader, data: bytes) -> Any:
    def parse(data: bytes, wanted: xml.Wanted, build: Callable[..., Any]) -> Any:
        return xml.parse(data, wanted.point, build)

    with mock.patch.object(quick_xml, "parse", parse):
        return outcome(reader, data)


def is_taken_at_once(reader: Reader, data: bytes) -> bool:
    with mock.patch.object(xml, "parse", wraps=xml.parse) as walk:
        outcome(reader, data)
    return not walk.called


def files(kind: str) -> list[Path]:
    return sorted([*ACTIVITIES.rglob(f"*.{kind}"), *ACTIVITIES.rglob(f"*.{kind}.gz")])


@needs_files
@pytest.mark.parametrize(("kind", "least"), [("gpx", 0.95), ("tcx", 0.9)])
def test_real_files_are_read_as_by_the_walk_and_most_at_once(kind: str, least: float) -> None:
    at_once = []
    for path in files(kind):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        assert outcome(READERS[kind], data) == walked(READERS[kind], data), path.name
        at_once.append(is_taken_at_once(READERS[kind], data))
    assert sum(at_once) >= least * len(at_once) > 0


GPX = "<gpx xmlns='u:gpx' xmlns:n='u:n' creator='A watch'><trk><name>Läufe</name><type>9</type>{}</trk></gpx>"
TCX = (
    "<TrainingCenterDatabase xmlns:n='u:n'><Activities><Activity Sport='Running'><Id>2024-03-01T06:30:00Z</Id>"
    "<Lap StartTime='2024-03-01T06:30:00Z'><TotalTimeSeconds>9</TotalTimeSeconds>{}</Lap></Activity></Activities>"
    "</TrainingCenterDatabase>"
)
PLAIN = {
    "gpx": [
        '<trkpt lat="1.5" lon="-2.5">\n <ele>3.5</ele>\n <time>2024-03-01T06:30:00Z</time>\n <extensions>\n'
        "  <n:TrackPointExtension><n:hr>150</n:hr>\n  </n:TrackPointExtension>\n </extensions>\n</trkpt>",
        "<trkpt lon='7' lat='6'><time>2024-03-01T06:30:01.250Z</time><sat>9</sat><ele/></trkpt>",
        '<trkpt lat="8" lon="9"/>',
        "<trkpt lat='' lon='9' ><hr>1</hr><n:heartrate></n:heartrate><ele> x </ele></trkpt>",
        "<trkpt lat='91' lon='9'><time>2024-03-01T08:30:02+02:00</time><ele>1</ele><ele>2</ele></trkpt>",
    ],
    "tcx": [
        "<Trackpoint><Time>2024-03-01T06:30:00Z</Time><Position><LatitudeDegrees>1.5</LatitudeDegrees><LongitudeDegrees>2.5"
        "</LongitudeDegrees></Position><HeartRateBpm a='b'><Value>150</Value></HeartRateBpm><Extensions><TPX xmlns='u:x'><Speed>3"
        "</Speed></TPX></Extensions></Trackpoint>",
        "<Trackpoint>\n <Time>2024-03-01T06:31:00Z</Time>\n <DistanceMeters>1.5</DistanceMeters>\n <Cadence>80</Cadence>\n"
        " <Extensions><n:TPX><n:RunCadence>81</n:RunCadence></n:TPX></Extensions></Trackpoint>",
        "<Trackpoint/>",
    ],
}
PIECES = {"gpx": ("<trkseg>", "</trkseg>"), "tcx": ("<Track>", "</Track>")}
FRAMES = {"gpx": GPX, "tcx": TCX}


def document(kind: str, *pieces: str) -> bytes:
    """A file of some segments or tracks, each given by its inside."""
    begin, end = PIECES[kind]
    return FRAMES[kind].format("".join(f"{begin}{piece}{end}" for piece in pieces)).encode()


@pytest.mark.parametrize("kind", READERS)
def test_points_of_several_shapes_in_several_pieces_are_taken_at_once(kind: str) -> None:
    points = PLAIN[kind]
    data = document(kind, "\n".join(3 * points), "", "<!-- a break -->" + "".join(reversed(points)), points[0])
    assert is_taken_at_once(READERS[kind], data)
    assert outcome(READERS[kind], data) == walked(READERS[kind], data)
    (found,) = READERS[kind](data)
    assert len(found.columns["time"]) == 4 * len(points) + 1


@pytest.mark.parametrize("points", ["".join(PLAIN["gpx"]), PLAIN["gpx"][1], "<trkpt/>"])
def test_points_are_taken_in_several_pieces_of_the_text(points: str) -> None:
    data = document("gpx", points * 200, points * 2_000)
    with mock.patch.object(quick_xml, "_PIECE", 5_000):
        assert is_taken_at_once(gpx.read, data)
        assert outcome(gpx.read, data) == walked(gpx.read, data)


def test_a_file_of_two_activities_keeps_their_points_apart() -> None:
    one = document("tcx", PLAIN["tcx"][0] * 3).decode()
    activity = one[one.index("<Activity ") : one.index("</Activities>")]
    data = one.replace(
        "</Activities>", activity.replace(PLAIN["tcx"][0] * 3, PLAIN["tcx"][1] * 2) + "</Activities>"
    ).encode()
    first, second = tcx.read(data)
    assert is_taken_at_once(tcx.read, data)
    assert (len(first.columns["time"]), len(second.columns["time"])) == (3, 2)
    assert "latitude" not in second.columns
    assert outcome(tcx.read, data) == walked(tcx.read, data)


@pytest.mark.parametrize("first", ["2024-03-01T08:30:00+02:00", "2024-03-01T06:30:00Z", "", "soon"])
def test_the_offset_of_the_clock_is_that_of_the_first_time(first: str) -> None:
    later = "<trkpt lat='1' lon='2'><time>2024-03-01T07:30:00+01:00</time></trkpt>"
    data = document("gpx", f"<trkpt lat='1' lon='2'><time>{first}</time></trkpt>", later)
    assert is_taken_at_once(gpx.read, data)
    assert outcome(gpx.read, data) == walked(gpx.read, data)


ODD = {
    "a reference": "<trkpt lat='1' lon='2'><ele>&#50;</ele></trkpt>",
    "a part as written": "<trkpt lat='1' lon='2'><ele><![CDATA[2]]></ele></trkpt>",
    "a comment": "<trkpt lat='1' lon='2'><!-- <ele>9</ele> --><ele>2</ele></trkpt>",
    "a comment within a value": "<trkpt lat='1' lon='2'><ele>1<!-- -->2</ele></trkpt>",
    "an instruction": "<trkpt lat='1' lon='2'><?x <ele>9</ele>?></trkpt>",
    "a quote in quotes": "<trkpt lon='2' lat=\"1'\"/>",
    "blanks and elements within a value": "<trkpt lat='1' lon='2'><ele> <x/></ele></trkpt>",
    "elements within a value": "<trkpt lat='1' lon='2'><ele>1<x/></ele></trkpt>",
    "a point within": "<trkpt lat='1' lon='2'><trkpt lat='3' lon='4'><ele>1</ele></trkpt></trkpt>",
    "a bracket in quotes": "<trkpt a='>' lat='1' lon='2'><ele>1</ele></trkpt>",
    "a position in quotes": "<trkpt a='x lat=\"5\" ' lat='1' lon='2'/>",
    "a hidden point": "<!-- <trkpt lat='1' lon='2'/> --><trkpt lat='3' lon='4'/>",
    "a point as text": "<![CDATA[<trkpt lat='1' lon='2'/>]]><trkpt lat='3' lon='4'/>",
    "a point with a prefix": "<trkpt lat='1' lon='2'/><n:trkpt lat='1' lon='2'/>",
    "a letter": "<trkpt lat='1' lon='2'><ele>\u00a01</ele></trkpt>",
    "a long value": f"<trkpt lat='1' lon='2'><ele>{'1' * 70}</ele></trkpt>",
    "a value of two lines": "<trkpt lat='1' lon='2'><ele>\r\n1</ele></trkpt>",
    "two times": "<trkpt lat='1' lon='2'><time>2024-03-01T08:30:00+02:00</time><time>2024-03-01T06:30:00Z</time></trkpt>",
    "a prefix of nowhere": "<trkpt lat='1' lon='2'><m:hr>1</m:hr></trkpt>",
    "an end that does not fit": "<trkpt lat='1' lon='2'><ele>1</time></trkpt>",
    "no end": "<trkpt lat='1' lon='2'><ele>1</ele>",
    "a sign that is none": "<trkpt lat='1' lon='2'><ele>1\x02</ele></trkpt>",
    "a sign that is none before a point": "\x1c<trkpt lat='1' lon='2'/>",
    "an attribute told twice": "<trkpt lat='1' lat='2'/>",
    "many parts": f"<trkpt lat='1' lon='2'>{'<x/>' * 1_001}</trkpt>",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize("before", ["", PLAIN["gpx"][0]])
def test_what_is_unusual_is_walked(odd: str, before: str) -> None:
    data = document("gpx", before + odd)
    assert not is_taken_at_once(gpx.read, data)
    assert outcome(gpx.read, data) == walked(gpx.read, data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<trkpt lat='1' lon='2'/>",
        b"<trkpt lat='1' lon='2'/>\n<trkpt lat='1' lon='2'/>",
        b"<gpx/><trkpt lat='1' lon='2'/>",
        b"<!-- --><!DOCTYPE gpx><!DOCTYPE gpx><gpx><trkpt lat='1' lon='2'/></gpx>",
        b"<gpx a='<trkpt lat=\"1\"/>'></gpx>",
        b"<gpx><trkpt lat='1'/><trkpt lat='2'/></gpx",
    ],
)
def test_what_is_no_sound_file_with_points_is_walked(data: bytes) -> None:
    assert not is_taken_at_once(gpx.read, data)
    assert outcome(gpx.read, data) == walked(gpx.read, data)


def test_more_shapes_than_any_watch_writes_are_walked() -> None:
    data = document("gpx", "".join(f"<trkpt lat='1' lon='2'><x{number}/></trkpt>" for number in range(40)))
    assert not is_taken_at_once(gpx.read, data)


def test_many_breaks_between_many_shapes_are_walked() -> None:
    """What remains would be longer than the file."""
    points = PLAIN["gpx"] * 50
    assert is_taken_at_once(gpx.read, document("gpx", "".join(points)))
    assert not is_taken_at_once(gpx.read, document("gpx", "<!---->".join(points)))


def test_a_large_file_is_walked() -> None:
    data = document("gpx", PLAIN["gpx"][0] * 9)
    with mock.patch.object(quick_xml, "_LARGEST", len(data) - 1):
        assert not is_taken_at_once(gpx.read, data)


ODD_NAMES = ["m:temp", "trkpt", "Trackpoint"]
NAMES = {
    "gpx": ["ele", "time", "hr", "n:hr", "heartrate", "n:cad", "speed", "sat"],
    "tcx": ["Time", "Value", "LatitudeDegrees", "LongitudeDegrees", "DistanceMeters", "Cadence", "n:RunCadence", "x"],
}
NUMBERS = ["1", "-2.5", " 7\n", "", "x", "1,5", "1e999", "3"]
TIMES = ["06:30:05Z", "06:30:05.1234567Z", "06:30:60Z", "08:30:05+02:00", "06:30:5Z", "25:30:05Z"]
VALUES = st.sampled_from([*NUMBERS, *(f"2024-03-01T{time}" for time in TIMES)])
ODD_VALUES = st.sampled_from(
    [
        "&#50;",
        "&amp;",
        "&x;",
        "<![CDATA[4]]>",
        "<!-- 5 -->6",
        "5>3",
        "]]>",
        "\r\n6",
        "0" * 70,
        "<x/>",
        "é",
        "\x01",
        "\ufffe",
    ]
)
BLANKS = st.sampled_from(["", "\n  ", " ", "\t\r\n"])
BETWEEN = st.sampled_from(["", "\n ", "<!-- c -->", "<?p?>", "text", "<![CDATA[ ]]>", "<trkptx/>", "\x1c", "\u00a0"])


@st.composite
def elements(draw: st.DrawFn, kind: str, odd: bool, depth: int = 0) -> str:
    """How an element of a point is written; {} stands for each value."""
    name = draw(st.sampled_from([*NAMES[kind], *(ODD_NAMES if odd else [])]))
    attributes = draw(st.sampled_from(["", "", " ", " a='b'", ' xmlns:m="u:m"', *([" a='>'"] if odd else [])]))
    if depth < 2 and draw(st.integers(0, 2)) == 0:
        blank = draw(BLANKS)
        parts = draw(st.lists(elements(kind, odd, depth + 1), max_size=3))
        return f"<extensions{attributes}>{blank}{blank.join(parts)}{blank}</extensions>"
    return draw(st.sampled_from([f"<{name}{attributes}>{{}}</{name}>"] * 4 + [f"<{name}{attributes}/>"]))


@st.composite
def shapes(draw: st.DrawFn, kind: str, odd: bool) -> str:
    name = "trkpt" if kind == "gpx" else "Trackpoint"
    quote = draw(st.sampled_from("'\""))
    places = draw(st.permutations(["lat", "lon"]))[: draw(st.sampled_from([2, 2, 1, 0]))] if kind == "gpx" else []
    attributes = "".join(f" {place}={quote}{{}}{quote}" for place in [*places, *draw(st.sampled_from([[], [], ["a"]]))])
    blank = draw(BLANKS)
    parts = draw(st.lists(elements(kind, odd), max_size=5))
    if not parts and draw(st.booleans()):
        return f"<{name}{attributes}/>"
    return f"<{name}{attributes}>{blank}{blank.join(parts)}{blank}</{name}{draw(st.sampled_from(['', '', ' ']))}>"


@st.composite
def documents(draw: st.DrawFn, kind: str) -> bytes:
    """Some points of a few shapes, now and then with something odd in or between them."""
    odd = draw(st.booleans())
    known = draw(st.lists(shapes(kind, odd), min_size=1, max_size=3))
    pieces = []
    for _ in range(draw(st.integers(1, 3))):
        points = [draw(st.sampled_from(known)) for _ in range(draw(st.integers(1, 6)))]
        pieces.append(
            draw(BLANKS).join(point.format(*(draw(VALUES) for _ in range(point.count("{}")))) for point in points)
        )
    if odd:
        place = draw(st.integers(0, len(pieces) - 1))
        pieces[place] += draw(BETWEEN) + draw(st.sampled_from(known)).replace("{}", draw(VALUES | ODD_VALUES))
    return document(kind, *pieces)


@pytest.mark.parametrize("kind", READERS)
@given(st.data())
def test_whatever_is_written_both_ways_agree(kind: str, data: st.DataObject) -> None:
    written = data.draw(documents(kind))
    with mock.patch.object(quick_xml, "_PIECE", 60):
        assert outcome(READERS[kind], written) == walked(READERS[kind], written)


SPLINTERS = [
    b"<",
    b">",
    b"&",
    b"'",
    b'"',
    b"<!--",
    b"-->",
    b"]]>",
    b"<![CDATA[",
    b"</",
    b"/",
    b" ",
    b"\0",
    b"\x1f",
    b"\xa0",
    b"\xef\xbf\xbf",
]
SPLINTERS += [
    b"<trkpt",
    b"</trkpt>",
    b"<trkpt/>",
    b"<Trackpoint>",
    b"</Trackpoint>",
    b"n:",
    b"m:",
    b"=",
    b"?>",
    b"<?",
    b"<!DOCTYPE x>",
]


@pytest.mark.parametrize("kind", READERS)
@given(st.data())
def test_whatever_happens_to_a_file_both_ways_agree(kind: str, data: st.DataObject) -> None:
    damaged = bytearray(document(kind, "\n".join(PLAIN[kind]), PLAIN[kind][0] * 2, "".join(PLAIN[kind])))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(damaged)))
        gone = data.draw(st.sampled_from([0, 0, 1, 2, 9]))
        damaged[place : place + gone] = data.draw(st.sampled_from(SPLINTERS) | st.binary(max_size=3))
    with mock.patch.object(quick_xml, "_PIECE", 60):
        assert outcome(READERS[kind], bytes(damaged)) == walked(READERS[kind], bytes(damaged))
