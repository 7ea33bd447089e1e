"""Every type of statement, opening and disclosure comes back from its bytes, whatever its annotations allow."""

from __future__ import annotations

import dataclasses
import unicodedata
from base64 import b64encode
from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crsv_desk.domain import statements
from crsv_desk.domain.canonical import dump, load
from crsv_desk.domain.names import hidden_character
from crsv_desk.domain.openings import Disclosure, Opening
from crsv_desk.domain.schema import Between, Count, Matching, Plain, SchemaError, build, read, write
from crsv_desk.domain.statements import TYPES

KINDS = {**TYPES, "opening": Opening, "disclosure": Disclosure}
FEW = 4
"""Entries of a list, and characters of a text, at most: what is drawn stays small."""


digest = st.binary(min_size=32, max_size=32).map(bytes.hex)
recipient = st.sampled_from(["age1" + letter * 58 for letter in "qpz"])
base64 = st.binary(min_size=3, max_size=9).map(lambda data: b64encode(data).decode())


def pattern(annotation: Any) -> str:
    [rule] = [rule for rule in get_args(annotation) if isinstance(rule, Matching)]
    return rule.pattern


LONG = {
    pattern(statements.Digest): digest,
    pattern(statements.MaybeDigest): digest | st.just(""),
    pattern(statements.Shown): digest | st.just("shown"),
    pattern(statements.Recipient): recipient,
    pattern(statements.MaybeRecipient): recipient | st.just(""),
    pattern(statements.Base64): base64,
    pattern(statements.MaybeBase64): base64 | st.just(""),
    pattern(get_type_hints(Disclosure, include_extras=True)["mark_data"]): base64 | st.just(""),
}


def drawn(kind: Any, rules: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    """Any value that an annotation allows."""
    origin = get_origin(kind)
    if origin is Annotated:
        inner, *more = get_args(kind)
        return drawn(inner, (*rules, *more))
    if origin is Literal:
        return st.sampled_from(get_args(kind))
    if origin is tuple:
        return entries(get_args(kind)[0], rules)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, value = get_args(kind)
        return st.dictionaries(drawn(key), drawn(value), max_size=FEW)
    if kind is bool:
        return st.booleans()
    if kind is int:
        [between] = [rule for rule in rules if isinstance(rule, Between)]
        return st.integers(between.least, between.most)
    if kind is str:
        return words(rules)
    return st.builds(kind, **{name: drawn(hint) for name, hint in hints(kind).items()})


def entries(inner: Any, rules: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    [count] = [rule for rule in rules if isinstance(rule, Count)]
    some = st.lists(drawn(inner), min_size=count.least, max_size=max(count.least, FEW), unique=count.sorted)
    return some.map(sorted).map(tuple) if count.sorted else some.map(tuple)


def words(rules: tuple[Any, ...]) -> st.SearchStrategy[str]:
    [rule] = [rule for rule in rules if isinstance(rule, Matching | Plain)]
    if isinstance(rule, Matching):
        # Drawing from a long pattern is slow, so these are drawn as what they are the text of.
        if rule.pattern in LONG:
            return LONG[rule.pattern]
        return st.from_regex(rule.pattern, fullmatch=True, alphabet=st.characters(codec="ascii"))
    characters = st.characters(categories=["L", "M", "N", "P", "S", "Zs"]) | st.sampled_from(
        "\n" if rule.lines else " "
    )
    normal = st.text(characters, min_size=rule.least, max_size=max(rule.least, FEW)).map(
        lambda text: unicodedata.normalize("NFC", text)
    )
    return normal.filter(lambda text: len(text) >= rule.least and not hidden_character(text.replace("\n", " ")))


def hints(kind: Any) -> dict[str, Any]:
    everything = get_type_hints(kind, include_extras=True)
    return {field.name: everything[field.name] for field in dataclasses.fields(kind)}


VALUES = {name: drawn(kind) for name, kind in KINDS.items()}


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
def test_it_comes_back(kind: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    written = write(value)
    assert read(KINDS[kind], written) == value
    assert read(KINDS[kind], load(dump(written))) == value
    assert build(KINDS[kind], load(dump(written))) == value  # type: ignore[arg-type]  # an object, as it was written


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
def test_a_key_more_or_less_anywhere_is_refused(kind: str, data: st.DataObject) -> None:
    written = write(data.draw(VALUES[kind]))
    objects = list(records(KINDS[kind], written))
    changed = data.draw(st.sampled_from(objects))
    name = data.draw(st.sampled_from(sorted(changed)))
    kept = changed.pop(name)
    with pytest.raises(SchemaError):
        read(KINDS[kind], written)
    changed[name] = kept
    changed[name + "_"] = kept
    with pytest.raises(SchemaError):
        read(KINDS[kind], written)


def records(kind: Any, value: Any) -> Any:
    """Every object in ``value`` whose keys are fixed: itself and those in its lists."""
    if get_origin(kind) is Annotated:
        yield from records(get_args(kind)[0], value)
    elif get_origin(kind) is tuple:
        for entry in value:
            yield from records(get_args(kind)[0], entry)
    elif dataclasses.is_dataclass(kind):
        yield value
        for name, hint in hints(kind).items():
            yield from records(hint, value[name])
