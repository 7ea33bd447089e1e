"""The fields at the top of a letter: read as they were written, and a sentence for each way to get them wrong."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crsv_desk.domain.errors import Refused
from crsv_desk.letters import front_matter
from crsv_desk.letters.front_matter import join, split
from crsv_desk.letters.markdown import parse
from crsv_desk.letters.texts import LetterTexts
from crsv_desk.letters.writing import write

TEXTS = LetterTexts()


def fields(yaml: str) -> dict[str, object]:
    return dict(split(f"---\n{yaml}\n---\n\ntekst\n")[0])


def test_fields_and_body_are_parted_at_the_second_line_of_dashes() -> None:
    front, body = split("---\nsubject: Geld\nplace: Den Haag\n---\n\neen\n\n---\n\ntwee\n")
    assert front == {"subject": "Geld", "place": "Den Haag"}
    assert body == "\neen\n\n---\n\ntwee\n"
    assert split("geen velden") == ({}, "geen velden")


@pytest.mark.parametrize(
    ("yaml", "value"),
    [
        ("subject: no", "no"), ("subject: Yes", "Yes"), ("subject: 1.50", "1.50"), ("subject: 12:30", "12:30"),
        ("subject: 2026-05-26", "2026-05-26"), ("subject: 2026-13-45", "2026-13-45"), ("subject: 0x10", "0x10"),
        ("subject:", ""), ("subject: ~", ""), ("subject: null", ""), ("subject: 'null'", "null"),
        ('subject: "a: b"', "a: b"), ("subject: |\n  een\n  twee", "een\ntwee"), ("subject: .nan", ".nan"),
        ("subject: !!binary aGVsbG8=", "aGVsbG8="), ("subject: e\u0301", "\u00e9"),
        ("subject: " + "9" * 5_000, "9" * 5_000),
    ],
)  # fmt: skip
def test_a_field_is_the_text_that_was_written(yaml: str, value: str) -> None:
    assert fields(yaml) == {"subject": value}


def test_lists_may_be_lists_or_lines() -> None:
    both = ("WO=MEN, Dutch Gender Platform", "CARE Nederland")
    assert fields("partners:\n  - WO=MEN, Dutch Gender Platform\n  - CARE Nederland") == {"partners": both}
    assert fields("recipient: |\n  WO=MEN, Dutch Gender Platform\n  CARE Nederland\n") == {"recipient": both}
    assert fields("partners:") == {"partners": ()}


@pytest.mark.parametrize(
    ("yaml", "says"),
    [
        ("subject: [", "cannot be read"), ("subject: 'x", "cannot be read"), ("- subject", "cannot be read"),
        ("subject: a: b", "cannot be read"), ("\tsubject: x", "cannot be read"), ("? [a]\n: b", "cannot be read"),
        ("subject: \x07", "cannot be read"), ("subject: " + "[" * 5_000, "cannot be read"), ("x", "cannot be read"),
        ("", "cannot be read"), ("subject: x\nsubject: y", "stands twice"), ("colour: red", "“colour”"),
        ("subject: {a: b}", "must be text"), ("subject: [a, b]", "must be text"), ("partners: {a: b}", "must be text"),
        ("partners: [[a]]", "must be text"), ("partners: !!set {a, b}", "must be text"), ("<<: {subject: x}", "“<<”"),
        ("subject: !!python/object/apply:os.system ['true']", "must be text"),
        ("place: &x a\nsubject: *x", "cannot be read"), ("subject: " + "x" * 20_000, "too long"),
    ],
)  # fmt: skip
def test_every_mistake_has_a_sentence(yaml: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        fields(yaml)


def test_a_small_file_cannot_become_an_enormous_one() -> None:
    lines = ["partners: &a0 [x]", *(f"k{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))]
    with pytest.raises(Refused):
        fields("\n".join(lines))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"---\nsubject: x\n---\n\n", "no text"), (b"", "no"), (b"---\nsubject: x\n\ntekst", "no end"),
        (b"\xff\xfe\xff", "UTF-8"), (b"caf\xe9 \x81", "UTF-8"), (b"caf\xe9 \x07", "UTF-8"),
        (b"a\0b", "not text"), (b"x" * 20_000_001, "too large"),
        (b"---\nsubject: x\n---\n" + b"woord " * 200_000, "too long"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_letter_has_a_sentence_too(data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        TEXTS.read(data, "letter.md")


@pytest.mark.parametrize("name", ["brief.md", "brief.txt"])
def test_a_text_that_names_no_subject_is_taken_in_under_its_name(name: str) -> None:
    for data in (b"tekst", b"---\nplace: x\n---\n\ntekst", b"---\nsubject: ''\n---\n\ntekst"):
        source = TEXTS.read(data, name).with_subject()
        assert source.front["subject"] == "brief" and "the name of its file" in source.remarks[0]
        assert source.body == "tekst\n"
    headed = TEXTS.read(b"# Over vrede\n\nTekst.\n", "brief.md")
    assert headed.front["subject"] == "Over vrede" and headed.body == "Tekst.\n" and len(headed.remarks) == 1


def test_what_a_letter_does_not_make_of_markdown_is_said() -> None:
    head = "---\nsubject: x\n---\n\n"
    for text, kind in (
        ("![beeld](x.png)", "pictures"), ("[a][b]\n\n[b]: https://b.nl", "links to a list"), ("a[^1]", "footnotes"),
        ("a | b\n--- | ---\n1 | 2", "tables"), ("a <b>c</b>", "HTML"), ("<!-- c -->", "HTML"), ("Kop\n===", "underlined"),
        ("~~weg~~", "struck out"), ("```\na\n```", "blocks of code"), ("Zo:\n\n    a\n    b", "blocks of code"),
        ("a\n\n---\n\nb", "lines across"), ("[a](b.html)", "leads to no address"),
        ('[a](https://b.nl "titel")', "title of a link"),
    ):  # fmt: skip
        source = TEXTS.read((head + text).encode(), "brief.md")
        assert source.body.strip() == text and len(source.remarks) == 1 and kind in source.remarks[0], text
        assert not TEXTS.read(text.encode(), "brief.txt").with_subject("x").remarks
    for text in (
        "# Kop\n\n- a\n\n    verder\n- [b](https://b.nl)\n\n> c\n\n**d** <https://e.nl> 2 < 3 > 1, a<b, `x`",
        "a - b | c",
    ):
        assert not TEXTS.read((head + text).encode(), "brief.md").remarks, text


def test_a_letter_saved_by_other_programs_is_read_as_well() -> None:
    text = "---\r\nsubject: Één\r\n---\r\n\r\nEe\u0301n alinea.\r\n"
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16"), text.replace("\r\n", "\r").encode()):
        source = TEXTS.read(data, "letter.md")
        assert source.front["subject"] == "Één" and source.body == "E\u00e9n alinea.\n"


@pytest.mark.parametrize("name", ["brief.txt", "brief.md"])
def test_a_text_in_the_encoding_of_old_windows_is_taken_in_and_that_is_said(name: str) -> None:
    source = TEXTS.read("Réunion, “één”, 100 €.\r\n".encode("cp1252"), name)
    assert source.body == "Réunion, “één”, 100 €.\n"
    assert ["accents" in one for one in source.remarks] == [True]
    assert not TEXTS.read("Réunion.".encode(), name).remarks


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"---\n{text}\n---\n\nx".encode()))
def test_no_bytes_make_the_reader_raise_anything_but_refused(data: bytes) -> None:
    with contextlib.suppress(Refused):
        TEXTS.read(data, "letter.md")


plain = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=30)


@given(st.fixed_dictionaries(dict.fromkeys(front_matter.TEXTS, plain)), st.lists(plain, max_size=4))
def test_what_is_written_is_read_back(front: dict[str, str], partners: list[str]) -> None:
    import unicodedata

    def form(text: str) -> str:
        return unicodedata.normalize("NFC", text).strip()

    given_fields = {**front, "partners": partners}
    read, body = split(join(given_fields, "tekst\n"))
    assert body.strip() == "tekst"
    assert read == {
        **{key: form(value) for key, value in front.items() if value},
        **({"partners": tuple(form(one) for one in partners if form(one))} if partners else {}),
    }


def test_lines_without_end_and_breaks_without_end_are_read_too() -> None:
    body = TEXTS.read(b"woord " * 60_000, "brief.txt").body
    assert body.count("woord") == 60_000
    broken = TEXTS.read(b"regel\\\n" * 5_000 + b"slot", "brief.md")
    assert broken.body.count("regel") == 5_000
    as_text = write(parse(broken.body))
    assert as_text == broken.body
    assert len(parse(TEXTS.read(b"een\ntwee\n\n", "brief.txt").body)) == 2, "an empty line at the end parts nothing"
