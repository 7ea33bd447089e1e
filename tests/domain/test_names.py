"""Names and texts from people: one normal form, and nothing in them that nobody sees."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crsv_desk.domain.errors import Refused
from crsv_desk.domain.names import (
    MOST_LINE,
    MOST_NAME,
    check_line,
    check_name,
    check_text,
    hidden_character,
    mixed_scripts,
)

NAMES = (
    "Stichting Ananas", "WO=MEN, Dutch Gender Platform", "Médecins du Monde", "Órganización «Paz»", "منظمة السلام",
    "سازمان\u200cهای مدنی", "संगठन\u200dक", "한국여성단체연합", "Ναυτιλία", "Организация", "ארגון השלום", "ដោយ\u200cខ្មែរ",
    "Ngātiwai – o'Brien & Söhne (e.V.) № 7",
)  # fmt: skip
HIDDEN = {
    "202E": "Stich\u202eting", "202A": "\u202aStichting", "2066": "a\u2066b", "200B": "Stich\u200bting", "200E": "a\u200eb",
    "FEFF": "\ufeffStichting", "00AD": "Stich\u00adting", "0007": "a\u0007b", "007F": "a\u007fb", "0080": "a\u0080b",
    "2060": "a\u2060b", "E0041": "a\U000e0041b", "E000": "a\ue000b", "200D": "Stich\u200dting", "200C": "\u200cStichting",
}  # fmt: skip
text = st.text(max_size=60)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_all_scripts_are_taken(name: str) -> None:
    normal = unicodedata.normalize("NFC", name)
    assert check_name(name, "") == check_line(name, "") == check_text(name, 100) == normal
    assert check_name(unicodedata.normalize("NFD", name), "") == normal
    assert not mixed_scripts(normal)


@pytest.mark.parametrize("code", HIDDEN)
def test_hidden_characters_are_refused_by_their_code(code: str) -> None:
    for check in (check_name, check_line, lambda name, what: check_text(name, 100, what)):
        with pytest.raises(Refused, match=rf"hidden character \(U\+{code}\) in the role"):
            check(HIDDEN[code], "the role")
    assert hidden_character(HIDDEN[code]) == code


@given(text)
def test_what_is_taken_is_in_one_form_and_stays_as_it_is(untrusted: str) -> None:
    try:
        name = check_name(untrusted, "")
    except Refused:
        return
    assert name == check_name(name, "") == check_line(name, "")
    assert unicodedata.is_normalized("NFC", name) and 1 <= len(name) <= MOST_NAME
    assert name == " ".join(name.split()) and not hidden_character(name)


@given(text, st.sampled_from(["\r\n", "\r", "\n"]))
def test_a_text_keeps_its_lines_whatever_ends_them(untrusted: str, line_end: str) -> None:
    try:
        checked = check_text(line_end.join((untrusted, "x", untrusted)), 1_000)
    except Refused:
        return
    assert checked == check_text(checked, 1_000) and "\r" not in checked and "\t" not in checked
    assert checked.count("\n") >= bool(untrusted.strip())


@given(text)
def test_hidden_is_what_unicode_calls_control_format_or_unassigned_to_all(untrusted: str) -> None:
    categories = {unicodedata.category(character) for character in untrusted if character not in "\u200c\u200d"}
    expected = bool(categories & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    joiners = "\u200c" in untrusted or "\u200d" in untrusted
    assert bool(hidden_character(untrusted)) >= expected
    assert joiners or bool(hidden_character(untrusted)) == expected


def test_empty_and_long_ones() -> None:
    for untrusted in ("", " ", "\n\t "):
        with pytest.raises(Refused, match=r"Fill in the role\."):
            check_name(untrusted, "the role")
        assert check_line(untrusted, "") == check_text(untrusted, 10) == ""
    assert check_name("x" * MOST_NAME, "") and check_line("x" * MOST_LINE, "") and check_text("x" * 10, 10)
    for check, most in (
        (check_name, MOST_NAME),
        (check_line, MOST_LINE),
        (lambda one, what: check_text(one, 10, what), 10),
    ):
        with pytest.raises(Refused, match=f"Shorten the role: at most {most} characters"):
            check("x" * (most + 1), "the role")


@pytest.mark.parametrize(("name", "mixed"), [
    ("Amazon", False), ("Am\u0430zon", True), ("\u0391mazon", True), ("Организация Amazon", False), ("한국 Paz", False),
    ("\u054fest", True), ("123 №", False), ("", False), ("Ελλάς Paz", False),
])  # fmt: skip
def test_letters_that_look_alike_within_one_word(name: str, mixed: bool) -> None:
    assert mixed_scripts(name) is mixed
