"""The YAML files of this folder -> `Knowledge`: strict with authors, quick for runners.

Nobody parses a thousand files to answer one story: the bytes of all of them are hashed (the hash is the version that every
answer carries), and the compiled JSON of that hash is read from the user's cache folder, or made when missing.
"""

from __future__ import annotations

import dataclasses
import gc
import hashlib
import json
import os
import re
import sys
import tempfile
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache as remember
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lumbago.model.conditions import Condition, Operator
from lumbago.model.knowledge import (
    AskGroup,
    ClaimSpec,
    ContributorSpec,
    ExerciseSpec,
    FindingSpec,
    Knowledge,
    Limit,
    Pattern,
    Program,
    Protocol,
    Quantity,
    Rule,
    Source,
    TextSpec,
    WordFamily,
)

if TYPE_CHECKING:
    from lumbago.knowledge.compile import Plain

HERE = Path(__file__).parent
KINDS: Mapping[str, type] = {
    "findings": FindingSpec,
    "rules": Rule,
    "patterns": Pattern,
    "contributors": ContributorSpec,
    "claims": ClaimSpec,
    "sources": Source,
    "exercises": ExerciseSpec,
    "protocols": Protocol,
    "programs": Program,
    "words": WordFamily,
    "limits": Limit,
    "texts": TextSpec,
    "quantities": Quantity,
}
ASK_FIRST = "ask_first.yaml"
HUNCHES = "hunches.json"  # learnt weights, not written by hand (benchmarks/learn_hunches.py)
KEPT_COMPILED = 3
_EXAMPLES = re.compile(rb"^examples:[^\n]*\n(?:[ \-#][^\n]*\n|\n)*", re.MULTILINE)


def load_knowledge(folder: Path | None = None, cache: Path | None = None) -> Knowledge:
    """All knowledge of a folder (this one when none is named), as answers need it: without the word lists, phrases and
    examples, of which the compiled word index is made and which only authors read (`load_for_authors`).

    cache: where compiled JSON is kept (LUMBAGO_CACHE, else the platform's user cache folder). A folder that cannot be
    written, or a damaged file in it, only costs time.
    Raises KnowledgeError, naming file and line, when a file does not say what it must.
    """
    files = dict(read_files(folder or HERE))
    version = content_hash(files)
    kept = _kept_at(cache, version)
    with _nothing_to_collect():
        compiled = _read_compiled(kept)
        if compiled is None:
            compiled = _without_sayings(_compile({path: _without_examples(text) for path, text in files.items()}))
            _write_compiled(kept, compiled)
        return build(version, compiled)


def load_for_authors(folder: Path | None = None) -> Knowledge:
    """The same with every word list, phrase and example, compiled anew each time. Raises KnowledgeError likewise."""
    files = dict(read_files(folder or HERE))
    return build(content_hash(files), _compile(files))


def _without_examples(text: bytes) -> bytes:
    """A file without the sentences that only tests and authors read: they are half of all that YAML would have to parse."""
    return _EXAMPLES.sub(b"", text)


def _without_sayings(compiled: Plain) -> Plain:
    """What is only the raw material of the word index, and most of the bytes, left out."""
    said = {"phrases", "examples"}
    lean = {
        folder: {
            id_: {key: value for key, value in row.items() if key not in said} for id_, row in compiled[folder].items()
        }
        for folder in ("findings", "claims")
    }
    return {**compiled, **lean, "words": {}}


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """All that is made here is kept, so looking for rubbish meanwhile would only cost time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def read_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(path within the folder, bytes) of every knowledge file, in a fixed order."""
    for single in (folder / ASK_FIRST, folder / HUNCHES):
        if single.exists():
            yield single.name, single.read_bytes()
    for kind in sorted(KINDS):
        inside = folder / kind
        for name in sorted(os.listdir(inside)) if inside.is_dir() else ():  # noqa: PTH208 - half the time of Path.iterdir
            if name.endswith(".yaml"):
                with open(f"{inside}/{name}", "rb") as file:  # noqa: PTH123 - a thousand times over
                    yield f"{kind}/{name}", file.read()


def content_hash(files: Mapping[str, bytes]) -> str:
    """16 hex digits over the sorted paths and their bytes: the version every answer carries."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path}\0{len(files[path])}\0".encode())
        digest.update(files[path])
    return digest.hexdigest()[:16]


def build(version: str, compiled: Plain) -> Knowledge:
    """Compiled plain data -> the frozen types."""
    kinds = {kind: _make_all(_maker(row), compiled[kind]) for kind, row in KINDS.items()}
    ask_first = tuple(map(_required(AskGroup), compiled["ask_first"]))
    return Knowledge(
        version=version, ask_first=ask_first, lexicon=compiled["lexicon"], hunches=compiled["hunches"], **kinds
    )


def _compile(files: Mapping[str, bytes]) -> Plain:
    from lumbago.knowledge.compile import compile_files  # YAML is needed only here

    return compile_files(files)


# --- the cache of compiled JSON


def _kept_at(cache: Path | None, version: str) -> Path | None:
    folder = cache or _cache_folder()
    return folder / f"knowledge-{version}-{_code_hash()}.json" if folder else None


def _cache_folder() -> Path | None:
    """LUMBAGO_CACHE, else `lumbago` in the platform's user cache folder; None when there is no home."""
    if named := os.environ.get("LUMBAGO_CACHE"):
        return Path(named)
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "lumbago"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "lumbago"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "lumbago" / "Cache"
    return home / ".cache" / "lumbago"


@remember
def _code_hash() -> str:
    """Of the code that shapes compiled data, so that a newer program never reads an older one's."""
    sources = [HERE / "load.py", HERE / "compile.py", *sorted((HERE.parent / "language").glob("*.py"))]
    return hashlib.sha256(b"\0".join(source.read_bytes() for source in sources)).hexdigest()[:8]


def _read_compiled(kept: Path | None) -> Plain | None:
    """What was kept, or None when it is missing or damaged (its first line is the hash of the rest)."""
    if kept is None:
        return None
    try:
        told, _, body = kept.read_bytes().partition(b"\n")
        if told.decode() != hashlib.sha256(body).hexdigest():
            return None
        compiled: Plain = json.loads(body)
    except (OSError, ValueError):
        return None
    return compiled


def _write_compiled(kept: Path | None, compiled: Plain) -> None:
    """Written beside and moved into place, so that nobody ever reads half a file."""
    if kept is None:
        return
    body = json.dumps(compiled, ensure_ascii=False, separators=(",", ":")).encode()
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=kept.parent, prefix=".knowledge-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
            os.replace(beside, kept)  # noqa: PTH105 - `beside` is a plain string
        except OSError:
            os.unlink(beside)  # noqa: PTH108
            raise
        _forget_older(kept.parent)


def _forget_older(folder: Path) -> None:
    newest_first = sorted(folder.glob("knowledge-*.json"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in newest_first[KEPT_COMPILED:]:
        old.unlink(missing_ok=True)


# --- plain data -> frozen types: one maker per type, None where the plain value is already right

Maker = Callable[[Any], Any]


def _required(kind: Any) -> Maker:
    return _maker(kind) or (lambda value: value)


def _make_all(make: Maker | None, rows: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: make(value) for key, value in rows.items()} if make else rows


@remember
def _maker(kind: Any) -> Maker | None:
    """How to make a value of a type from JSON; the compiled data has been checked, so this checks nothing."""
    if kind is Condition:
        return make_condition
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_maker(kind)
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return _tuple_maker(_maker(inner[0]))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        each = _maker(inner[1])
        return (lambda value: _make_all(each, value)) if each else None
    if origin in (typing.Union, types.UnionType):
        return _union_maker([part for part in inner if part is not type(None)])
    return kind if isinstance(kind, type) and hasattr(kind, "__members__") else None


def _tuple_maker(each: Maker | None) -> Maker:
    return (lambda value: tuple(map(each, value))) if each else tuple


def _union_maker(parts: list[Any]) -> Maker | None:
    """`X | None` is as X; of scalars and one container, the container's maker is for what is not a scalar."""
    make = next((made for made in map(_maker, parts) if made), None)
    if make is None:
        return None
    if len(parts) == 1:
        return lambda value: None if value is None else make(value)
    return lambda value: make(value) if isinstance(value, dict | list) else value


def _dataclass_maker(kind: type) -> Maker:
    hints = typing.get_type_hints(kind)
    makers = {name: made for name, hint in hints.items() if (made := _maker(hint))}

    def make(plain: dict[str, Any]) -> Any:
        given = {(f"{key}_" if key == "for" else key): value for key, value in plain.items()}
        for name, maker in makers.items():
            if name in given:
                given[name] = maker(given[name])
        return kind(**given)

    return make


def make_condition(plain: Mapping[str, Any]) -> Condition:
    """{operator: operand} -> a condition; the operand is an id, a mapping for thresholds and counts, or a list."""
    ((name, operand),) = plain.items()
    operator = Operator(name)
    if operator in (Operator.PRESENT, Operator.UNSURE):
        return Condition(operator, operand)
    if operator in (Operator.AT_LEAST, Operator.AT_MOST):
        return Condition(operator, operand["finding"], float(operand["value"]), operand.get("unit"))
    if operator is Operator.LASTING:
        return Condition(operator, operand["finding"], float(operand["days"]))
    if operator is Operator.COUNT:
        return Condition(operator, value=float(operand["at_least"]), of=tuple(map(make_condition, operand["of"])))
    return Condition(operator, of=tuple(map(make_condition, operand)))
