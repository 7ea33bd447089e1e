"""Many values of one type as columns of bytes, which are read back many times quicker than the values one by one.

What stands where follows from the types alone, so that nothing in the bytes says what is to be made: whoever reads them makes
values of these types and of no others. They hold for the very code that wrote them; for what travels there is ``schema``.
"""

from __future__ import annotations

import dataclasses
import zlib
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice, pairwise, repeat
from operator import attrgetter
from struct import Struct
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, Protocol, Union, get_args, get_origin, get_type_hints

_HEAD = Struct("<QQ")
_HEX = 64
"""Hexadecimal digits of a SHA-256 sum."""
_PLAIN, _DIGESTS, _FEW = range(3)
_NUMBER = "I"


class Writing:
    """Bytes in the making."""

    def __init__(self) -> None:
        self.numbers = array(_NUMBER)
        self.words: list[str] = []
        self.digests: list[bytes] = []
        self.known: dict[type, Mapping[object, int]] = {}
        """The place of each value that others refer to, by what tells it from the rest."""

    def data(self) -> bytes:
        """Everything so far. Digests cannot be made smaller, and are left as they are."""
        digests = b"".join(self.digests)
        rest = self.numbers.tobytes() + "".join(self.words).encode("utf-8", "surrogatepass")
        # Less to decipher is won, and more time than making it small: the lowest level.
        return _HEAD.pack(len(digests), len(self.numbers)) + digests + zlib.compress(rest, 1)


class Reading:
    """Bytes that ``Writing`` gave, from their beginning on."""

    def __init__(self, data: bytes) -> None:
        digests, numbers = _HEAD.unpack_from(data)
        end = _HEAD.size + digests
        self._digests = data[_HEAD.size : end].hex()
        rest = memoryview(zlib.decompress(memoryview(data)[end:]))
        self._numbers = array(_NUMBER)
        self._numbers.frombytes(rest[: numbers * self._numbers.itemsize])
        self._words = str(rest[numbers * self._numbers.itemsize :], "utf-8", "surrogatepass")
        self._number = self._word = self._digest = 0
        self.known: dict[type, Sequence[Any]] = {}

    def number(self) -> int:
        self._number += 1
        return self._numbers[self._number - 1]

    def numbers(self, count: int) -> Sequence[int]:
        self._number += count
        return self._numbers[self._number - count : self._number]

    def words(self, count: int) -> list[str]:
        words = self._words
        ends = list(accumulate(self.numbers(count), initial=self._word))
        self._word = ends[-1]
        return [words[at:end] for at, end in pairwise(ends)]

    def digests(self, count: int) -> list[str]:
        began, digests = self._digest, self._digests
        self._digest += count * _HEX
        return [digests[at : at + _HEX] for at in range(began, self._digest, _HEX)]


class Column(Protocol):
    """How values of one type are written below each other."""

    plain: bool
    """They can be hashed, so that those that are said often are written once."""

    def write(self, out: Writing, values: Sequence[Any]) -> None: ...
    def read(self, source: Reading, count: int) -> list[Any]: ...


class Columns:
    """The columns of the types that are met from some type on.

    ``referred``: types of which each value is written once, with the attribute that tells it from the others;
    ``kinds``: base classes, with everything that may stand for them.
    """

    def __init__(self, referred: Mapping[type, str], kinds: Mapping[type, Sequence[type]]) -> None:
        self._referred, self._kinds = referred, kinds
        self._made: dict[Any, Column] = {}
        self._made_rows: dict[type, _Rows] = {}

    def write(self, out: Writing, cls: type, values: Sequence[Any]) -> None:
        """Values of a dataclass. Those of a type that is referred to are known from then on."""
        self._rows(cls).write(out, values)
        if cls in self._referred:
            out.known[cls] = {key: at for at, key in enumerate(map(attrgetter(self._referred[cls]), values))}

    def read(self, source: Reading, cls: type, count: int) -> list[Any]:
        """The same values again."""
        source.known[cls] = found = self._rows(cls).read(source, count)
        return found

    def _column(self, hint: Any) -> Column:
        if hint not in self._made:
            self._made[hint] = self._new(hint)
        return self._made[hint]

    def _new(self, hint: Any) -> Column:
        origin, arguments = get_origin(hint), get_args(hint)
        if hint is str or origin is Literal:
            return _few(_Words())
        if hint in (int, bool):
            return _few(_Numbers(hint))
        if hint in self._referred:
            return _Referred(hint, attrgetter(self._referred[hint]))
        if origin in (Union, UnionType):
            inner = [one for one in arguments if one is not NoneType]
            if len(inner) < len(arguments):
                return _Maybe(self._column(inner[0]))
            return _OneOf([cls for one in inner for cls in self._kinds.get(one, (one,))], self._rows)
        if origin in (tuple, frozenset):
            return _few(_Several(self._column(arguments[0]), origin))
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return _Pairs(*map(self._column, arguments))
        return _few(self._rows(hint))

    def _rows(self, cls: type) -> _Rows:
        if cls not in self._made_rows:
            hints = get_type_hints(cls)
            names = getattr(cls, "_fields", None) or [field.name for field in dataclasses.fields(cls)]
            self._made_rows[cls] = _Rows(cls, [(name, self._column(hints[name])) for name in names])
        return self._made_rows[cls]


def _few(column: Column) -> Column:
    return _Few(column) if column.plain else column


class _Few:
    """What is said often is written once; where it is not, all of it."""

    plain = True

    def __init__(self, column: Column) -> None:
        self._column = column

    def write(self, out: Writing, values: Sequence[Any]) -> None:
        places = {value: at for at, value in enumerate(dict.fromkeys(values))}
        if 4 * len(places) > len(values):
            out.numbers.append(_PLAIN)
            self._column.write(out, values)
            return
        out.numbers.extend((_FEW, len(places)))
        self._column.write(out, list(places))
        if len(places) > 1:
            out.numbers.extend(map(places.__getitem__, values))

    def read(self, source: Reading, count: int) -> list[Any]:
        if source.number() == _PLAIN:
            return self._column.read(source, count)
        different = source.number()
        found = self._column.read(source, different)
        if different == 1:
            return found * count
        return list(map(found.__getitem__, source.numbers(count)))


class _Words:
    plain = True

    def write(self, out: Writing, values: Sequence[str]) -> None:
        digests = _digests(values)
        if digests is None:
            out.numbers.append(_PLAIN)
            out.numbers.extend(map(len, values))
            out.words.extend(values)
        else:
            out.numbers.append(_DIGESTS)
            out.digests.append(digests)

    def read(self, source: Reading, count: int) -> list[str]:
        return source.words(count) if source.number() == _PLAIN else source.digests(count)


def _digests(values: Sequence[str]) -> bytes | None:
    """The bytes of SHA-256 sums in lower hexadecimal digits; ``None`` where anything else is among them."""
    if any(len(value) != _HEX for value in values):
        return None
    together = "".join(values)
    try:
        data = bytes.fromhex(together)
    except ValueError:
        return None
    return data if data.hex() == together else None


class _Numbers:
    """Whole numbers of any size, and yes or no: there are few, so that their digits will do."""

    plain = True

    def __init__(self, kind: type) -> None:
        self._words, self._kind = _Words(), kind

    def write(self, out: Writing, values: Sequence[int]) -> None:
        self._words.write(out, [str(int(value)) for value in values])

    def read(self, source: Reading, count: int) -> list[Any]:
        return [self._kind(int(value)) for value in self._words.read(source, count)]


class _Referred:
    plain = False

    def __init__(self, cls: type, key: Callable[[Any], object]) -> None:
        self._cls, self._key = cls, key

    def write(self, out: Writing, values: Sequence[Any]) -> None:
        out.numbers.extend(map(out.known[self._cls].__getitem__, map(self._key, values)))

    def read(self, source: Reading, count: int) -> list[Any]:
        return list(map(source.known[self._cls].__getitem__, source.numbers(count)))


class _Maybe:
    def __init__(self, column: Column) -> None:
        self._column, self.plain = column, column.plain

    def write(self, out: Writing, values: Sequence[Any]) -> None:
        out.numbers.extend(value is not None for value in values)
        self._column.write(out, [value for value in values if value is not None])

    def read(self, source: Reading, count: int) -> list[Any]:
        there = source.numbers(count)
        found = iter(self._column.read(source, sum(there)))
        return [next(found) if one else None for one in there]


class _Several:
    """Tuples or sets."""

    def __init__(self, column: Column, make: Callable[[Iterable[Any]], Any]) -> None:
        self._column, self._make, self.plain = column, make, column.plain

    def write(self, out: Writing, values: Sequence[Any]) -> None:
        out.numbers.extend(map(len, values))
        self._column.write(out, [one for value in values for one in value])

    def read(self, source: Reading, count: int) -> list[Any]:
        lengths = source.numbers(count)
        found = iter(self._column.read(source, sum(lengths)))
        make, none = self._make, self._make(())
        return [make(islice(found, length)) if length else none for length in lengths]


class _Pairs:
    """Mappings, which are read-only afterwards."""

    plain = False

    def __init__(self, keys: Column, values: Column) -> None:
        self._keys, self._values = keys, values

    def write(self, out: Writing, values: Sequence[Mapping[Any, Any]]) -> None:
        out.numbers.extend(map(len, values))
        self._keys.write(out, [key for value in values for key in value])
        self._values.write(out, [one for value in values for one in value.values()])

    def read(self, source: Reading, count: int) -> list[Any]:
        lengths = source.numbers(count)
        pairs = zip(self._keys.read(source, sum(lengths)), self._values.read(source, sum(lengths)), strict=True)
        none: Mapping[Any, Any] = MappingProxyType({})
        return [MappingProxyType(dict(islice(pairs, length))) if length else none for length in lengths]


class _Rows:
    """A dataclass with slots, or a named tuple: a column for each field."""

    def __init__(self, cls: type, columns: Sequence[tuple[str, Column]]) -> None:
        self._cls, self._columns = cls, columns
        self.plain = all(column.plain for _name, column in columns)

    def write(self, out: Writing, values: Sequence[Any]) -> None:
        for name, column in self._columns:
            column.write(out, list(map(attrgetter(name), values)))

    def read(self, source: Reading, count: int) -> list[Any]:
        if issubclass(self._cls, tuple):
            columns = [column.read(source, count) for _name, column in self._columns]
            return list(map(self._cls._make, zip(*columns, strict=True)))  # type: ignore[attr-defined]
        # Filling one field of all is four times as quick as making one after the other.
        rows = list(map(self._cls.__new__, repeat(self._cls, count)))
        for name, column in self._columns:
            deque(map(getattr(self._cls, name).__set__, rows, column.read(source, count)), maxlen=0)
        return rows


class _OneOf:
    """One of several dataclasses."""

    plain = False

    def __init__(self, kinds: Sequence[type], column: Callable[[type], Column]) -> None:
        # A column is made when it is asked for: to find out about a type takes a while, and not all of them are met.
        self._kinds, self._column = kinds, column
        self._places = {cls: at for at, cls in enumerate(kinds)}

    def write(self, out: Writing, values: Sequence[Any]) -> None:
        which = [self._places[type(value)] for value in values]
        out.numbers.extend(which)
        for at, cls in enumerate(self._kinds):
            found = [value for value, place in zip(values, which, strict=True) if place == at]
            out.numbers.append(len(found))
            if found:
                self._column(cls).write(out, found)

    def read(self, source: Reading, count: int) -> list[Any]:
        which = source.numbers(count)
        found: list[Iterator[Any]] = []
        for cls in self._kinds:
            some = source.number()
            found.append(iter(self._column(cls).read(source, some) if some else ()))
        return list(map(next, map(found.__getitem__, which)))
