"""The same exposures as in `runs`, for many runners at once, as one SQL text on DuckDB."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from lumbago.model.knowledge import Knowledge

if TYPE_CHECKING:
    from numpy.typing import NDArray

_COLUMNS = {
    "runner_id": None,  # text or numbers, as they come
    "id": None,
    "start": "datetime64[us]",
    "local_date": "datetime64[us]",
    "distance_m": "float64",
    "elapsed_s": "float64",
    "ascent_m": "float64",
    "descent_m": "float64",
    "minutes": "float64",
    "unbroken_minutes": "float64",
}

# Windows stand straight on the sessions. `piece` counts up wherever nobody ran for `gap_us`, so that it numbers the outings of a
# date; a run whose distance nobody knows is an outing of its own, ends a break, and is dropped last.
EXPOSURES_SQL = """
with timed as (
    select runner_id, id, local_date::date as date, epoch_us("start") as begin_us,
        epoch_us("start") + coalesce(round_even(elapsed_s * 1e6, 0), 0)::bigint as end_us,
        round_even(distance_m, 0)::bigint as distance_m, ascent_m, descent_m, minutes, unbroken_minutes
    from sessions
    where local_date is not null
),
cut as (
    select *, coalesce(
        begin_us - max(end_us) over (
            partition by runner_id, date, distance_m is null order by begin_us nulls last, id
            rows between unbounded preceding and 1 preceding) < $gap_us
        and distance_m is not null, false) as goes_on
    from timed
),
pieced as (
    select *, count(*) filter (not goes_on) over (
        partition by runner_id, date, distance_m is null order by begin_us nulls last, id
        rows between unbounded preceding and current row) as piece
    from cut
),
outings as (
    select runner_id, list(id order by distance_m desc, begin_us, id) as ids, date, min(begin_us) as begin_us,
        sum(distance_m)::bigint as distance_m, sum(ascent_m) as ascent_m, sum(descent_m) as descent_m,
        sum(minutes) as minutes, max(unbroken_minutes) as unbroken_minutes
    from pieced
    group by runner_id, date, distance_m is null, piece
    having sum(distance_m) is null or sum(distance_m) >= $shortest_m
),
compared as (
    select *,
        max(distance_m) over (partition by runner_id order by date
            range between to_days($window_days) preceding and interval 1 day preceding) as longest_before_m,
        date - lag(date) over (partition by runner_id order by date, begin_us nulls last, ids) - 1 as between_days,
        min(date) filter (distance_m is not null) over (partition by runner_id) as first
    from outings
)
select runner_id, ids[1] as id, ids, date, distance_m, longest_before_m, distance_m / longest_before_m as ratio,
    case
        when longest_before_m is null then 'no-baseline'
        when distance_m * $large_parts > longest_before_m * $large_of then 'large'
        when distance_m * $moderate_parts > longest_before_m * $moderate_of then 'moderate'
        when distance_m * $small_parts > longest_before_m * $small_of then 'small'
        else 'reference'
    end as band,
    case when between_days < 0 then 0 else between_days end as days_off, date - first < $window_days as early,
    ascent_m, descent_m, minutes, unbroken_minutes
from compared
where distance_m is not null
order by runner_id, date, begin_us nulls last, ids
"""


def expose_all(tables: Mapping[str, NDArray[Any] | Sequence[Any]], knowledge: Knowledge) -> dict[str, NDArray[Any]]:
    """Every outing of every runner against the longest of the days before it: the fields of RunExposure beside `runner_id`.

    tables: columns of equal length, shape (n,), a row a run, each run once (`runs.distinct`; SQL does not look for second
    recordings): runner_id, id, start (UTC, without a zone), local_date, distance_m, elapsed_s, ascent_m, descent_m, minutes,
    unbroken_minutes. NaN, NaT and None are unknown. Returns arrays of shape (m,), masked where unknown, by runner and date; `ids`
    holds an array a row.
    """
    import duckdb

    sessions = {name: _column(tables[name], kind) for name, kind in _COLUMNS.items()}
    with duckdb.connect() as database:
        database.register("sessions", sessions)
        found: dict[str, NDArray[Any]] = database.execute(EXPOSURES_SQL, _parameters(knowledge)).fetchnumpy()
    return found


def _column(told: NDArray[Any] | Sequence[Any], kind: str | None) -> NDArray[Any]:
    import numpy as np

    column = np.asarray(told, dtype=kind)
    return (
        column.astype(object) if column.dtype.kind == "U" else column
    )  # as fixed-width text each value would be an enum's


def _parameters(knowledge: Knowledge) -> dict[str, int]:
    ours, caps = knowledge.limits["exposures"].values, knowledge.limits["session-caps"].values
    exact = {name: Fraction(str(limit)) for name, limit in caps["bands"].items()}
    return {
        "gap_us": round(ours["outing_gap_min"] * 60 * 1000 * 1000),
        "shortest_m": ours["shortest_run_m"],
        "window_days": caps["window_days"],
        **{f"{name}_of": limit.numerator for name, limit in exact.items()},
        **{f"{name}_parts": limit.denominator for name, limit in exact.items()},
    }
