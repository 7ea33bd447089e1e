"""Frozen dataclasses to canonical JSON and back, strictly: the exact key set, exact types, every bound checked.

A field's annotation is its whole rule: ``Annotated[str, Matching(...)]``, ``tuple[X, ...]``, ``Literal[...]``,
``Mapping[str, X]``, ``bool``, ``Annotated[int, Between(...)]`` or another dataclass.
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Callable, Mapping, Sized
from dataclasses import dataclass
from functools import cache
from operator import lt
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


def read(cls: type[T], value: Json) -> T:
    """Build ``cls`` from parsed JSON. Raises ``SchemaError``."""
    result: T = _reader(cls)(value)  # type: ignore[arg-type]  # a class can be hashed
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
            return [entry if isinstance(entry, str) else _write(entry) for entry in value]
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


@cache
def _reader(kind: Any, rules: tuple[Any, ...] = ()) -> Callable[[Any], Any]:
    """What checks a value of ``kind`` against all ``rules`` and makes it; it raises ``SchemaError``."""
    origin = get_origin(kind)
    if origin is Annotated:
        inner, *more = get_args(kind)
        return _reader(inner, (*rules, *more))
    if origin is Literal:
        return _literal_reader(get_args(kind))
    if origin is tuple:
        return _tuple_reader(_reader(get_args(kind)[0]), _form(get_args(kind)[0]), rules)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, inner = get_args(kind)
        return _mapping_reader(_reader(key), _reader(inner), rules)
    if kind is bool:
        return _read_bool
    if kind is int:
        return _int_reader(rules)
    if kind is str:
        return _text_reader(rules)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_reader(kind)
    raise TypeError(f"no rule for {kind!r}")


def _at(place: object, reader: Callable[[Any], Any], value: Any) -> Any:
    """Read an inner value; an error says where it is."""
    try:
        return reader(value)
    except SchemaError as error:
        raise SchemaError(f".{place}{error}") from None


def _dataclass_reader(cls: type) -> Callable[[Any], Any]:
    readers = {name: _reader(hint) for name, hint in _hints(cls).items()}

    def read_one(value: Any) -> Any:
        if not isinstance(value, dict) or value.keys() != readers.keys():
            raise SchemaError(f": not exactly the keys {sorted(readers)}")
        return cls(**{name: _at(name, reader, value[name]) for name, reader in readers.items()})

    return read_one


def _literal_reader(choices: tuple[Any, ...]) -> Callable[[Any], Any]:
    def read_one(value: Any) -> Any:
        if not any(type(value) is type(choice) and value == choice for choice in choices):
            raise SchemaError(f": not one of {choices}")
        return value

    return read_one


def _form(kind: Any) -> re.Pattern[str] | None:
    """The pattern that is the whole rule of ``kind``, where it is one."""
    match get_args(kind):
        case (inner, Matching(pattern)) if inner is str:
            return re.compile(pattern, re.ASCII)
    return None


def _tuple_reader(
    inner: Callable[[Any], Any], form: re.Pattern[str] | None, rules: tuple[Any, ...]
) -> Callable[[Any], Any]:
    """``form`` is the whole rule of ``inner``, where it has one: then many are looked at at once."""
    in_order = any(rule.sorted for rule in rules)

    def read_one(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise SchemaError(": not a list")
        _count(value, rules)
        if form is not None and all(isinstance(one, str) for one in value) and all(map(form.fullmatch, value)):
            entries = tuple(value)
        else:
            entries = tuple(_at(index, inner, entry) for index, entry in enumerate(value))
        if in_order and not all(map(lt, entries, entries[1:])):
            raise SchemaError(": not sorted")
        return entries

    return read_one


def _mapping_reader(
    key: Callable[[Any], Any], inner: Callable[[Any], Any], rules: tuple[Any, ...]
) -> Callable[[Any], Any]:
    def read_one(value: Any) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise SchemaError(": not an object")
        _count(value, rules)
        return types.MappingProxyType({key(name): _at(name, inner, entry) for name, entry in value.items()})

    return read_one


def _count(value: Sized, rules: tuple[Any, ...]) -> None:
    for rule in rules:
        if not rule.least <= len(value) <= rule.most:
            raise SchemaError(f": {len(value)} entries")


def _read_bool(value: Any) -> bool:
    if type(value) is not bool:
        raise SchemaError(": not true or false")
    return value


def _int_reader(rules: tuple[Any, ...]) -> Callable[[Any], Any]:
    def read_one(value: Any) -> int:
        if type(value) is not int:
            raise SchemaError(": not a whole number")
        for rule in rules:
            if not rule.least <= value <= rule.most:
                raise SchemaError(f": {value} is out of range")
        return value

    return read_one


def _text_reader(rules: tuple[Any, ...]) -> Callable[[Any], Any]:
    patterns = [re.compile(rule.pattern, re.ASCII) for rule in rules if isinstance(rule, Matching)]
    plain = [rule for rule in rules if isinstance(rule, Plain)]

    def read_one(value: Any) -> str:
        if not isinstance(value, str):
            raise SchemaError(": not text")
        for pattern in patterns:
            if not pattern.fullmatch(value):
                raise SchemaError(f": not of the form {pattern.pattern}")
        for rule in plain:
            if not rule.least <= len(value) <= rule.most:
                raise SchemaError(f": {len(value)} characters")
            if hidden_character(value.replace("\n", " ") if rule.lines else value):
                raise SchemaError(": a hidden character")
        return value

    return read_one
