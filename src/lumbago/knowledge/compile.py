"""YAML text -> checked plain data: every refusal names the file, the line and what would be right."""

from __future__ import annotations

import dataclasses
import difflib
import json
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from enum import EnumMeta
from functools import cache as remember
from typing import Any

import yaml

from lumbago.errors import KnowledgeError
from lumbago.knowledge.load import ASK_FIRST, HUNCHES, KINDS, _required
from lumbago.language.lexicon import compile_lexicon
from lumbago.model.conditions import Condition, Operator
from lumbago.model.knowledge import (
    AskGroup,
    ClaimSpec,
    ContributorSpec,
    ExerciseSpec,
    ExposureUse,
    FindingSpec,
    Limit,
    Pattern,
    Program,
    Protocol,
    Quantity,
    Rule,
    RuleCase,
    TextSpec,
    WordFamily,
)

Plain = dict[str, Any]

# Which fields hold ids of which kind. `source` and `sources` everywhere are ids of sources.
REFERENCES: Mapping[tuple[type, str], str] = {
    (FindingSpec, "part_of"): "findings",
    (FindingSpec, "implies"): "findings",
    (FindingSpec, "also"): "findings",
    (FindingSpec, "yields_to"): "findings",
    (FindingSpec, "set_when_unsure"): "findings",
    (Rule, "unless"): "findings",
    (RuleCase, "given"): "findings",
    (Pattern, "part_of"): "patterns",
    (ContributorSpec, "for"): "findings",
    (ContributorSpec, "against"): "findings",
    (ContributorSpec, "claims"): "claims",
    (ContributorSpec, "exercises"): "exercises",
    (ExposureUse, "quantity"): "quantities",
    (ClaimSpec, "tried"): "findings",
    (ExerciseSpec, "avoid_findings"): "findings",
    (Protocol, "exercises"): "exercises",
    (AskGroup, "ask"): "findings",
    (Quantity, "shows"): "findings",
    **{
        (kind, "sources"): "sources"
        for kind in (Rule, Pattern, ContributorSpec, ClaimSpec, ExerciseSpec, Protocol, Program, Limit, TextSpec)
    },
    (Quantity, "source"): "sources",
}
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SCALARS: Mapping[Any, tuple[type, ...]] = {str: (str,), bool: (bool,), int: (int,), float: (int, float)}
SAID: Mapping[Any, str] = {str: "text", bool: "true or false", int: "a whole number", float: "a number"}


@dataclass(frozen=True, slots=True)
class Reader:
    """Where we are, and the ids and units that references are held against."""

    path: str
    ids: Mapping[str, frozenset[str]]
    units: Mapping[str, str | None]

    def refusal(self, node: yaml.Node, what: str) -> KnowledgeError:
        return KnowledgeError(f"{self.path}, line {node.start_mark.line + 1}: {what}")


def compile_files(files: Mapping[str, bytes]) -> Plain:
    """All files -> one JSON-able mapping, with the word index of `language`."""
    nodes = {path: _compose(path, text) for path, text in files.items() if path != HUNCHES}
    ids = {kind: frozenset(_stem(path) for path in nodes if path.startswith(f"{kind}/")) for kind in KINDS}
    units = {_stem(path): _unit_of(node) for path, node in nodes.items() if path.startswith("findings/")}
    compiled: Plain = {kind: {} for kind in KINDS} | {"ask_first": []}
    for path, node in nodes.items():
        reader = Reader(path, ids, units)
        if path == ASK_FIRST:
            compiled["ask_first"] = _value(reader, node, tuple[AskGroup, ...], "the file")
            continue
        kind = path.partition("/")[0]
        compiled[kind][_stem(path)] = _file(reader, node, KINDS[kind])
    compiled["lexicon"] = compile_lexicon(_words(compiled), _phrases(compiled))
    compiled["hunches"] = _hunches(files.get(HUNCHES))
    return compiled


def _hunches(text: bytes | None) -> Plain:
    """The learnt weights; none where the file is missing."""
    try:
        plain: Plain = json.loads(text) if text else {}
    except ValueError:
        raise KnowledgeError(
            f"{HUNCHES}, line 1: this must be JSON, as benchmarks/learn_hunches.py writes it"
        ) from None
    if plain and plain.keys() != {"findings", "bias", "words", "letters"}:
        raise KnowledgeError(f"{HUNCHES}, line 1: it must hold findings, bias, words and letters; learn it anew")
    return plain


def _words(compiled: Plain) -> dict[str, WordFamily]:
    make = _required(WordFamily)
    return {id_: make(plain) for id_, plain in compiled["words"].items()}


def _phrases(compiled: Plain) -> dict[str, tuple[str, ...]]:
    """finding:<id> and claim:<id> -> the ways people say it."""
    return {
        f"{kind}:{id_}": tuple(plain["phrases"])
        for kind, folder in (("finding", "findings"), ("claim", "claims"))
        for id_, plain in compiled[folder].items()
        if plain.get("phrases")
    }


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


def _compose(path: str, text: bytes) -> yaml.Node:
    try:
        node = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise KnowledgeError(f"{path}, line {line}: this must be YAML ({problem.problem})") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise KnowledgeError(f"{path}, line 1: this must be YAML in UTF-8") from None
    if node is None:
        raise KnowledgeError(f"{path}, line 1: the file is empty")
    return node


def _unit_of(node: yaml.Node) -> str | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "unit" and isinstance(value, yaml.ScalarNode):
                return str(value.value)
    return None


def _file(reader: Reader, node: yaml.Node, kind: type) -> Plain:
    """One idea per file, and the file is called as its id."""
    plain = _dataclass(reader, node, kind)
    for key, value in typing.cast(yaml.MappingNode, node).value:
        if key.value == "id" and (plain["id"] != _stem(reader.path) or not KEBAB.fullmatch(plain["id"])):
            raise reader.refusal(value, f"`id` must be {_stem(reader.path)}, as the file is called, in kebab-case")
    return plain


# --- one function per shape; each gives plain data or refuses


def _value(reader: Reader, node: yaml.Node, kind: Any, key: str) -> Any:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if kind is Condition:
        return _condition(reader, node)
    if dataclasses.is_dataclass(kind):
        return _dataclass(reader, node, typing.cast(type, kind))
    if origin is tuple:
        return [_value(reader, part, inner[0], key) for part in _items(reader, node, key)]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        pairs = _pairs(reader, node, f"`{key}`")
        return {name: _value(reader, part, inner[1], name) for name, (_, part) in pairs.items()}
    if origin in (typing.Union, types.UnionType):
        return _union(reader, node, inner, key)
    return _anything(reader, node) if kind is Any else _scalar(reader, node, kind, key)


def _items(reader: Reader, node: yaml.Node, key: str) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        raise reader.refusal(node, f"`{key}` must be a list")
    return list(node.value)


def _pairs(reader: Reader, node: yaml.Node, what: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """The keys of a mapping, each once."""
    if not isinstance(node, yaml.MappingNode):
        raise reader.refusal(node, f"{what} must be a mapping of keys to values")
    pairs: dict[str, tuple[yaml.Node, yaml.Node]] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.tag != "tag:yaml.org,2002:str":
            raise reader.refusal(key, f'a key must be text; write it in quotes: "{key.value}"')
        if key.value in pairs:
            raise reader.refusal(key, f"`{key.value}` stands twice; keep one")
        pairs[key.value] = key, value
    return pairs


@remember
def _fields(kind: type) -> Mapping[str, tuple[Any, bool]]:
    """key -> (type, whether the frozen type itself has no default for it)."""
    hints = typing.get_type_hints(kind)
    missing = dataclasses.MISSING
    return {
        field.name.rstrip("_"): (hints[field.name], field.default is missing and field.default_factory is missing)
        for field in dataclasses.fields(kind)
    }


def _dataclass(reader: Reader, node: yaml.Node, kind: type) -> Plain:
    pairs, fields = _pairs(reader, node, "this"), _fields(kind)
    for name, (key, _) in pairs.items():
        if name not in fields:
            raise reader.refusal(key, f"`{name}` is not a key here; {_nearest(name, fields)}")
    plain: Plain = {}
    for name, (hint, needed) in fields.items():
        if name in pairs:
            plain[name] = _value(reader, pairs[name][1], hint, name)
            if (kind, name) in REFERENCES:
                _references(reader, pairs[name][1], REFERENCES[kind, name])
        elif needed:
            plain[name] = _left_out(reader, node, hint, name)
    return plain


def _left_out(reader: Reader, node: yaml.Node, hint: Any, name: str) -> Any:
    """An empty list, and "none", need not be written."""
    if typing.get_origin(hint) is tuple:
        return []
    if type(None) in typing.get_args(hint):
        return None
    raise reader.refusal(node, f"`{name}` is missing")


def _references(reader: Reader, node: yaml.Node, kind: str) -> None:
    """Every scalar of a list (or every key of a mapping) is an id that exists."""
    if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null":
        return
    parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if isinstance(node, yaml.MappingNode):
        parts = [key for key, _ in node.value]
    for part in parts:
        if part.value not in reader.ids[kind]:
            raise reader.refusal(
                part, f"there is no {kind}/{part.value}.yaml; {_nearest(part.value, reader.ids[kind])}"
            )


def _nearest(name: str, known: typing.Iterable[str]) -> str:
    near = difflib.get_close_matches(str(name), list(known), n=3, cutoff=0.5)
    return f"perhaps {' or '.join(near)}" if near else "see the files beside it for what there is"


def _union(reader: Reader, node: yaml.Node, parts: tuple[Any, ...], key: str) -> Any:
    """The first part whose shape fits the node."""
    if isinstance(node, yaml.ScalarNode):
        if type(None) in parts and node.tag == "tag:yaml.org,2002:null":
            return None
        scalars = [part for part in parts if part in SCALARS or isinstance(part, EnumMeta)]
        fitting = [part for part in scalars if isinstance(_constructed(node), SCALARS.get(part, (str,)))]
        return _scalar(reader, node, (fitting or scalars or [str])[0], key)
    shaped = [part for part in parts if part not in SCALARS and part is not type(None)]
    if not shaped:
        raise reader.refusal(node, f"`{key}` must be {' or '.join(SAID[p] for p in parts if p in SAID)}")
    return _value(reader, node, shaped[0], key)


def _scalar(reader: Reader, node: yaml.Node, kind: Any, key: str) -> Any:
    value = _constructed(node) if isinstance(node, yaml.ScalarNode) else None
    if isinstance(kind, EnumMeta):
        members: dict[str, Any] = dict(kind.__members__)
        choices = [str(choice) for choice in members.values()]
        if value not in choices:
            raise reader.refusal(node, f"`{key}` must be one of {', '.join(choices)}")
        return value
    if not isinstance(value, SCALARS[kind]) or (kind is not bool and isinstance(value, bool)):
        raise reader.refusal(node, f"`{key}` must be {SAID[kind]}" + (", in quotes" if kind is str else ""))
    return float(str(value)) if kind is float else value


def _anything(reader: Reader, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key: _anything(reader, part) for key, (_, part) in _pairs(reader, node, "this").items()}
    if isinstance(node, yaml.SequenceNode):
        return [_anything(reader, part) for part in node.value]
    return _constructed(typing.cast(yaml.ScalarNode, node))


def _constructed(node: yaml.ScalarNode) -> Any:
    """A scalar as YAML means it; dates stay text, since JSON has none."""
    kind = node.tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool":
        return node.value.lower() in ("yes", "true", "on")
    if kind == "int":
        return int(node.value, 10) if re.fullmatch(r"[-+]?[0-9]+", node.value) else node.value
    return float(node.value) if kind == "float" else node.value


def _condition(reader: Reader, node: yaml.Node) -> Plain:
    """{operator: operand}: one of the eight operators, with ids that exist and the finding's own unit."""
    pairs = _pairs(reader, node, "a condition")
    if len(pairs) != 1:
        raise reader.refusal(node, "a condition has one operator; put several under `all` or `any`")
    ((name, (key, operand)),) = pairs.items()
    if name not in list(Operator):
        raise reader.refusal(key, f"`{name}` is not an operator; there are {', '.join(Operator)}")
    if name in ("all", "any"):
        return {name: [_condition(reader, part) for part in _items(reader, operand, name)]}
    if name in ("present", "unsure"):
        _references(reader, operand, "findings")
        return {name: operand.value}
    return {name: _operand(reader, operand, name)}


OPERANDS: Mapping[str, tuple[str, ...]] = {
    "at_least": ("finding", "value", "unit"),
    "at_most": ("finding", "value", "unit"),
    "lasting": ("finding", "days"),
    "count": ("at_least", "of"),
}


def _operand(reader: Reader, node: yaml.Node, operator: str) -> Plain:
    pairs = _pairs(reader, node, f"`{operator}`")
    wanted = OPERANDS[operator]
    for name, (key, _) in pairs.items():
        if name not in wanted:
            raise reader.refusal(key, f"`{name}` is not a key here; `{operator}` takes {', '.join(wanted)}")
    plain: Plain = {}
    for name in wanted:
        if name in pairs:
            plain[name] = _operand_part(reader, pairs[name][1], name)
        elif name != "unit":
            raise reader.refusal(node, f"`{operator}` needs `{name}`")
    if "value" in plain:
        _same_unit(reader, pairs, plain)
    return plain


def _operand_part(reader: Reader, node: yaml.Node, name: str) -> Any:
    if name == "of":
        return [_condition(reader, part) for part in _items(reader, node, name)]
    if name in ("finding", "unit"):
        text = _scalar(reader, node, str, name)
        if name == "finding":
            _references(reader, node, "findings")
        return text
    return _scalar(reader, node, float, name)


def _same_unit(reader: Reader, pairs: Mapping[str, tuple[yaml.Node, yaml.Node]], plain: Plain) -> None:
    finding, unit = plain["finding"], reader.units.get(plain["finding"])
    if unit is None:
        raise reader.refusal(pairs["finding"][1], f"`{finding}` has no unit, so it has no number to compare")
    if plain.get("unit") not in (None, unit):
        raise reader.refusal(pairs["unit"][1], f"`{finding}` is in {unit}, this says {plain['unit']}; write {unit}")
