"""Samples come back as they were, to half a step, and take little room."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lumbago.errors import JournalUnusable
from lumbago.journal.pack import pack, unpack
from lumbago.model.activities import SAMPLE_COLUMNS

STEP = {"time": 1e-3, "distance": 1e-2, "latitude": 1e-7, "longitude": 1e-7}
RANGES = {"time": (0, 4e9), "distance": (0, 1e6), "latitude": (-90, 90), "longitude": (-180, 180)}


def column(name: str, n: int) -> st.SearchStrategy[np.ndarray]:
    low, high = RANGES.get(name, (-1e5, 1e5))
    values = st.one_of(st.floats(low, high), st.just(float("nan")))
    return arrays(np.float64, n, elements=values)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, np.ndarray]:
    n = draw(st.integers(0, 40))
    names = draw(st.lists(st.sampled_from(SAMPLE_COLUMNS), unique=True))
    return {name: draw(column(name, n)) for name in names}


@given(tables())
def test_every_sample_comes_back_within_half_a_step(table: dict[str, np.ndarray]) -> None:
    back = unpack(pack(table))
    assert list(back) == list(table)
    for name, before in table.items():
        assert np.array_equal(np.isnan(back[name]), np.isnan(before))
        assert np.allclose(back[name], before, rtol=0, atol=STEP.get(name, 0.06), equal_nan=True)


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=20))
@example([1.7976931348623157e308, -1e306, float("inf"), float("-inf"), 5e-324])
def test_numbers_that_no_watch_writes_come_back_exactly_or_within_half_a_step(values: list[float]) -> None:
    before = np.array(values)
    after = unpack(pack({"distance": before}))["distance"]
    finite = np.isfinite(before)
    assert np.array_equal(after[~finite], before[~finite], equal_nan=True)
    assert np.all(np.abs(after[finite] - before[finite]) <= 0.0051)


def test_what_is_unpacked_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        unpack(pack({"time": np.array([1.0, 2.0])}))["time"][0] = 0


def test_an_hour_a_second_takes_a_tenth_of_its_room() -> None:
    n = 3600
    noise = np.random.default_rng(7)
    hour = {
        "time": 1.7e9 + np.arange(n),
        "distance": np.cumsum(noise.normal(2.8, 0.2, n)),
        "heart_rate": np.round(150 + np.cumsum(noise.normal(0, 0.3, n))),
        "cadence": np.round(noise.normal(85, 1, n)),
    }
    assert len(pack(hour)) * 10 < sum(column.nbytes for column in hour.values())


@pytest.mark.parametrize("damaged", [b"", b"nonsense", pack({"time": np.arange(9.0)})[:-7]])
def test_damaged_samples_are_refused_in_words(damaged: bytes) -> None:
    with pytest.raises(JournalUnusable, match="its summary can"):
        unpack(damaged)
