"""Frozen dataclasses to canonical JSON and back, strictly: the exact key set, exact types, every bound checked.

A field's annotation is its whole rule: ``Annotated[str, Matching(...)]``, ``tuple[X, ...]``, ``Literal[...]``,
``Mapping[str, X]``, ``bool``, ``Annotated[int, Between(...)]`` or another dataclass.
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from crsv_desk.domain.canonical import Json
from crsv_desk.domain.names import hidden_character

T = TypeVar("T")


class SchemaError(ValueError):
    """A value that version 1 does not allow, with the path to it; for our eyes, not for a director's."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Text of a fixed form, whole-string match."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Plain:
    """Words of people: ``least`` to ``most`` characters, none that nobody sees (line breaks where ``lines``)."""

    most: int
    least: int = 0
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """An integer in a closed range."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries a tuple or mapping may have, and whether they stand sorted without repeats."""

    most: int
    least: int = 0
    sorted: bool = False


def read(cls: type[T], value: Json, path: str = "") -> T:
    """Build ``cls`` from parsed JSON. Raises ``SchemaError``."""
    result: T = _read(cls, (), value, path)
    return result


def build(cls: type[T], value: dict[str, Json]) -> T:
    """Build ``cls`` from JSON that ``read`` has accepted before: the same result, without looking at the rules again.

    ``value`` is used up."""
    result: T = _dataclass_builder(cls)(value)  # type: ignore[arg-type]  # a class can be hashed
    return result


def write(value: object) -> Json:
    """The JSON of a dataclass. Raises ``SchemaError`` when ``value`` breaks a rule of its own type."""
    encoded = _write(value)
    read(type(value), encoded)
    return encoded


def _write(value: object) -> Json:
    match value:
        case None | bool() | int() | str():
            return value
        case tuple():
            return [_write(entry) for entry in value]
        case Mapping():
            return {str(key): _write(entry) for key, entry in value.items()}
        case _ if dataclasses.is_dataclass(value):
            return {field.name: _write(getattr(value, field.name)) for field in dataclasses.fields(value)}
    raise SchemaError(f"{type(value).__name__} cannot be written")


@cache
def _hints(cls: type) -> dict[str, Any]:
    hints = get_type_hints(cls, include_extras=True)
    return {field.name: hints[field.name] for field in dataclasses.fields(cls)}


@cache
def _builder(kind: Any) -> Callable[[Any], Any] | None:
    """What makes a value of ``kind``; ``None`` where the JSON is it already."""
    origin = get_origin(kind)
    if origin is Annotated:
        return _builder(get_args(kind)[0])
    if origin is tuple:
        inner = _builder(get_args(kind)[0])
        return tuple if inner is None else lambda value: tuple(map(inner, value))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return types.MappingProxyType
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_builder(kind)
    return None


@cache
def _dataclass_builder(cls: type) -> Callable[[Any], Any]:
    deeper = [(name, make) for name, hint in _hints(cls).items() if (make := _builder(hint)) is not None]

    def make_one(value: dict[str, Any]) -> Any:
        for name, make in deeper:
            value[name] = make(value[name])
        return cls(**value)

    return make_one


def _read(kind: Any, rules: tuple[Any, ...], value: Json, path: str) -> Any:
    origin = get_origin(kind)
    if origin is Annotated:
        inner, *more = get_args(kind)
        return _read(inner, (*rules, *more), value, path)
    if origin is Literal:
        if not any(type(value) is type(choice) and value == choice for choice in get_args(kind)):
            raise SchemaError(f"{path}: not one of {get_args(kind)}")
        return value
    if origin is tuple:
        return _read_tuple(get_args(kind)[0], rules, value, path)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        key, inner = get_args(kind)
        return _read_mapping(key, inner, rules, value, path)
    if kind is bool:
        if type(value) is not bool:
            raise SchemaError(f"{path}: not true or false")
        return value
    if kind is int:
        return _read_int(rules, value, path)
    if kind is str:
        return _read_str(rules, value, path)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        if not isinstance(value, dict) or set(value) != set(_hints(kind)):
            raise SchemaError(f"{path}: not exactly the keys {sorted(_hints(kind))}")
        return kind(**{name: _read(hint, (), value[name], f"{path}.{name}") for name, hint in _hints(kind).items()})
    raise TypeError(f"no rule for {kind!r}")


def _read_tuple(inner: Any, rules: tuple[Any, ...], value: Json, path: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise SchemaError(f"{path}: not a list")
    for rule in rules:
        if not rule.least <= len(value) <= rule.most:
            raise SchemaError(f"{path}: {len(value)} entries")
    entries = tuple(_read(inner, (), entry, f"{path}[{index}]") for index, entry in enumerate(value))
    if any(rule.sorted for rule in rules) and any(one >= next_one for one, next_one in pairwise(entries)):
        raise SchemaError(f"{path}: not sorted")
    return entries


def _read_mapping(key: Any, inner: Any, rules: tuple[Any, ...], value: Json, path: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise SchemaError(f"{path}: not an object")
    for rule in rules:
        if not rule.least <= len(value) <= rule.most:
            raise SchemaError(f"{path}: {len(value)} entries")
    return types.MappingProxyType(
        {_read(key, (), name, path): _read(inner, (), entry, f"{path}.{name}") for name, entry in value.items()}
    )


def _read_int(rules: tuple[Any, ...], value: Json, path: str) -> int:
    if type(value) is not int:
        raise SchemaError(f"{path}: not a whole number")
    for rule in rules:
        if not rule.least <= value <= rule.most:
            raise SchemaError(f"{path}: {value} is out of range")
    return value


def _read_str(rules: tuple[Any, ...], value: Json, path: str) -> str:
    if not isinstance(value, str):
        raise SchemaError(f"{path}: not text")
    for rule in rules:
        if isinstance(rule, Matching):
            if not re.fullmatch(rule.pattern, value, re.ASCII):
                raise SchemaError(f"{path}: not of the form {rule.pattern}")
        elif not rule.least <= len(value) <= rule.most:
            raise SchemaError(f"{path}: {len(value)} characters")
        elif hidden_character(value.replace("\n", " ") if rule.lines else value):
            raise SchemaError(f"{path}: a hidden character")
    return value
