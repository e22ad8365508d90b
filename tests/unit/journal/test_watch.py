"""A watched folder: what has come to rest is imported, once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lumbago.journal import fetch
from unit.journal.made import MONDAY, tcx


def test_a_file_is_read_once_it_looks_the_same_twice(journal: Path, tmp_path: Path) -> None:
    from lumbago.journal.importing import ImportReport, Options
    from lumbago.journal.watch import watch

    folder = tmp_path / "watched"
    folder.mkdir()
    growing, whole = folder / "growing.tcx", tcx()
    told: list[tuple[int, list[str]]] = []
    looks = 0

    def tell(report: ImportReport) -> None:
        told.append((looks, [result.word for result in report.files]))

    def pause(_: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 1:
            growing.write_bytes(whole[:300])
        if looks == 2:
            growing.write_bytes(whole)
        if looks == 4:
            (folder / "sub").mkdir()
            (folder / "sub" / "next.tcx").write_bytes(tcx(MONDAY.replace(day=9)))
        if looks == 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watch(folder, Options(workers=0), tell, pause)
    assert told == [(3, ["imported"]), (5, ["already there", "imported"])]
    assert len(fetch.activities()) == 2


def test_only_files_at_rest_are_looked_at(journal: Path, tmp_path: Path) -> None:
    from lumbago.journal.importing import Options, import_paths

    for name, day in (("a.tcx", 2), ("b.tcx", 3)):
        (tmp_path / name).write_bytes(tcx(MONDAY.replace(day=day)))

    def wanted(member: Any) -> bool:
        return bool(member.base == "a.tcx")

    import_paths([tmp_path / "a.tcx", tmp_path / "b.tcx"], Options(workers=0), wanted=wanted)
    assert [activity.start for activity in fetch.activities()] == [MONDAY]
