"""Where lines end: even, never too wide, divided only by the language's rules and only where it helps."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyphen import Pyphen

from crsv_desk.pdf import breaks
from crsv_desk.pdf.breaks import Unit
from crsv_desk.pdf.hyphenation import divisions, patterns_digest
from crsv_desk.pdf.lines import Line, break_lines
from crsv_desk.pdf.measures import BODY, SUBJECT
from crsv_desk.pdf.paper import PdfPaper
from crsv_desk.pdf.paragraphs import Tag, Text, strips
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.styles import Run
from crsv_desk.resources import resource
from tests.pdf.sample import sample_letter

LONG = (
    "Verantwoordingsmechanismen en beschermingsmaatregelen voor gemeenschapsorganisaties en "
    "vrouwenrechtenverdedigers blijven ondergefinancierd, terwijl straffeloosheid en voedselonzekerheid "
    "onverminderd doorwerken in conflictgebieden en vluchtelingenkampen overal."
)


def divided(word: str, language: str) -> str:
    places = [0, *divisions(word, language), len(word)]
    return "|".join(word[start:end] for start, end in pairwise(places))


@pytest.mark.parametrize(
    ("language", "name"),
    [("nl", "nl_NL"), ("en", "en_GB"), ("fr", "fr"), ("it", "it_IT"), ("pt", "pt_PT"), ("es", "es")],
)
@settings(deadline=None)
@given(words=st.lists(st.text("abcdefghijklmnopqrstuvwxyzéèëïüçñ", min_size=8, max_size=24), max_size=20))
def test_words_are_divided_where_the_library_divides_them(language: str, name: str, words: list[str]) -> None:
    """Patterns are read when they are asked for; the library reads all of them first."""
    whole = _whole_dictionary(name)
    for word in [*words, *LONG.lower().replace(",", "").split()]:
        if len(word) >= 8:
            assert divisions(word, language) == tuple(whole.positions(word))
    assert all(place.data is None for word in words for place in whole.positions(word))


@cache
def _whole_dictionary(name: str) -> Pyphen:
    return Pyphen(lang=name, left=4, right=4, cache=False)


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("verschillende", "nl", "verschil|lende"),
        ("geloofwaardige,", "nl-NL", "geloof|waar|dige,"),
        ("(CRSV-risicoanalyses)", "nl", "(CRSV-risi|co|ana|lyses)"),
        ("internationale", "fr", "inter|na|tio|nale"),
        ("Verantwoordingsmechanismen", "nl", "Verantwoordingsmechanismen"),
        ("oorlog", "nl", "oorlog"),
        ("secretariaat@voorbeeld.example", "nl", "secretariaat@voorbeeld.example"),
        ("verschillende", "ar", "verschillende"),
    ],
)
def test_words_are_divided_as_their_language_does(word: str, language: str, expected: str) -> None:
    assert divided(word, language) == expected


def test_the_patterns_are_part_of_the_layout() -> None:
    alone = sha256(resource("fonts", "SHA256SUMS").read_bytes()).hexdigest()
    assert PdfPaper().fonts_digest() == sha256((alone + patterns_digest()).encode()).hexdigest()


@st.composite
def paragraphs(draw: st.DrawFn) -> list[Unit]:
    units: list[Unit] = []
    for parts in draw(st.lists(st.integers(1, 3), min_size=1, max_size=30)):
        for part in range(parts):
            last = part == parts - 1
            width = draw(st.floats(4, 25))
            units.append(Unit(width, 3.0 if last else 0.0, int(width / 5) + 1, 0.0 if last else 4.0))
    return units


@given(paragraphs(), st.floats(80, 360))
def test_lines_hold_everything_and_none_is_too_wide(units: list[Unit], width: float) -> None:
    ends = breaks.even_ends(units, width)
    assert ends == sorted(set(ends)) and ends[-1] == len(units)
    running, start = 0, 0
    for end in ends:
        line = units[start:end]
        shown = sum(unit.width + unit.space for unit in line) - line[-1].space + line[-1].hyphen
        assert shown <= width + 0.01 or len(line) == 1
        running = running + 1 if line[-1].hyphen else 0
        assert running <= breaks.MOST_RUNNING
        if line[-1].hyphen:
            whole = max((number for number, unit in enumerate(line) if not unit.hyphen), default=-1) + 1
            before = sum(unit.width + unit.space for unit in line[:whole]) - (line[whole - 1].space if whole else 0)
            assert before < breaks.SHORT * width
        start = end


def text_of(line: Line) -> str:
    return "".join(atom.shaped.text for atom in line.atoms)


def test_division_evens_the_edge_and_keeps_every_word() -> None:
    plain = break_lines([Run(LONG, BODY)], 210, language="nl")
    helped = break_lines([Run(LONG, BODY)], 210, language="nl", divide=True)
    assert "".join(map(text_of, helped)).replace("\u00ad", "") == LONG
    assert any(line.divided for line in helped) and not any(line.divided for line in plain)
    assert min(line.width for line in helped[:-1]) > min(line.width for line in plain[:-1])
    assert all(line.width <= 210.01 for line in helped)
    assert not helped[-1].divided and len(text_of(helped[-1]).split()) > 1


def test_emphasised_words_are_not_divided() -> None:
    lines = break_lines([Run(LONG, BODY.but(italic=True))], 210, language="nl", divide=True)
    assert not any(line.divided for line in lines)


def test_headings_are_balanced() -> None:
    [first, second] = break_lines(
        [Run("Structurele financiering van vrouwen- en overlevers", SUBJECT)], 300, balance=True
    )
    assert abs(first.width - second.width) < 80


def test_a_page_never_ends_with_a_divided_word() -> None:
    setting = Setting(sample_letter(1))
    text = Text(setting, [Run(LONG, BODY)], 210, divide=True)
    made = strips(text, Tag("P", None))
    after = [number + 1 for number, line in enumerate(text.lines) if line.divided]
    assert after and not any(made[number].breakable for number in after)
    assert not made[1].breakable and not made[-1].breakable
