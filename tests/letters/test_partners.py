"""The table of partners as spreadsheets write it."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crsv_desk.domain.errors import Refused
from crsv_desk.letters.texts import LetterTexts

read = LetterTexts().partners
ROWS = [("WO=MEN, Dutch Gender Platform", "NL"), ("Réseau des Survivantes “Espoir”", "CD"), ("CARE", "")]


@pytest.mark.parametrize(
    "text",
    [
        'Organisation,Country\n"WO=MEN, Dutch Gender Platform",NL\nRéseau des Survivantes “Espoir”,CD\nCARE,\n',
        "organisatie;land\r\nWO=MEN, Dutch Gender Platform;NL\r\nRéseau des Survivantes “Espoir”;CD\r\nCARE;\r\n",
        "nom\tpays\nWO=MEN, Dutch Gender Platform\tNL\n\nRéseau des Survivantes “Espoir”\tCD\n\t\nCARE",
        "sep=;\nWO=MEN, Dutch Gender Platform;NL\nRéseau des  Survivantes “Espoir” ;CD\nCARE;;\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_as_spreadsheets_write_it(text: str, encoding: str) -> None:
    assert list(read(text.encode(encoding))) == ROWS


def test_one_column_without_a_heading_is_names_alone() -> None:
    assert list(read(b"CARE Nederland\nOxfam Novib\n")) == [("CARE Nederland", ""), ("Oxfam Novib", "")]
    assert list(read(b'organisatie\nWO=MEN, Dutch Gender Platform\n"CARE ""NL"""\n')) == [
        ("WO=MEN, Dutch Gender Platform", ""), ('CARE "NL"', ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"), (b"organisation,country\n", "empty"), (b"CARE,NL\nOxfam,NL\ncare,BE\n", "care twice"),
        (b"CARE,NL\n,BE\n", "Line 2"), (b"CARE,NL\n" + b"x" * 201 + b",NL\n", "at most 200"),
        ("CARE\nOx\u202efam\n".encode(), "U\\+202E"), (b"CARE," + b"x" * 61, "country in line 1"),
        (b'CARE,NL\n"open', "cannot be read"), (b"CARE\0,NL\n", "not text"), (b"CARE,\x81\n", "UTF-8"),
        (b"".join(b"O%d\n" % number for number in range(10_001)), "too long"),
    ],
)  # fmt: skip
def test_every_mistake_has_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read(data)


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise_anything_but_refused(data: bytes) -> None:
    with contextlib.suppress(Refused):
        read(data)
