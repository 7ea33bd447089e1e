"""What the keys of one statement must say together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from crsv_desk.domain.rules import agrees
from crsv_desk.domain.statements import (
    Attestation,
    Closing,
    Comment,
    Correction,
    Endorsement,
    Letter,
    Row,
    Signing,
    Statement,
    Visibility,
)
from tests.domain.test_statements import EACH
from tests.domain.world import RECIPIENT

HIDDEN, SHOWN = "0" * 64, "shown"
D, E = "d" * 64, "e" * 64
MIDNIGHT = "2026-05-20T00:00:00Z"
NOBODY = Signing("", "")


def of(kind: str, /, **entries: Any) -> Statement:
    return replace(EACH[kind], **entries)


def seen_as(name: str = SHOWN, role: str = SHOWN, mark: str = SHOWN, logo: str = SHOWN) -> Visibility:
    return Visibility(name, role, mark, logo)


ORGANISATION_ONLY: dict[str, Any] = {"people": (), "visibility": seen_as(HIDDEN, HIDDEN), "time": MIDNIGHT}


@pytest.mark.parametrize("kind", EACH)
def test_ordinary_statements_agree(kind: str) -> None:
    assert agrees(EACH[kind])


@pytest.mark.parametrize(
    "statement",
    [
        of("endorsement", people=(Signing("P", "R"),) * 6),
        of("endorsement", people=(Signing("P", ""),)),
        of("endorsement", **ORGANISATION_ONLY),
        of("endorsement", visibility=seen_as(mark=HIDDEN)),
        of("endorsement", reply=RECIPIENT, mark="typed"),
        of("endorsement", people=(Signing("", "R"),), visibility=seen_as(name=HIDDEN), time=MIDNIGHT),
        of("attestation", organisation="", count=7),
        of("comment", kind="settlement", state="taken", refers=D),
        of("letter", correction=Correction(("b1",), "2026-05-20")),
    ],
)
def test_what_the_format_allows(statement: Statement) -> None:
    assert agrees(statement)


@pytest.mark.parametrize(
    "statement",
    [
        # One to six people, none without a name; nobody where nobody is shown.
        of("endorsement", people=()),
        of("endorsement", people=(NOBODY,)),
        of("endorsement", **{**ORGANISATION_ONLY, "people": (Signing("P", "R"),)}),
        of("endorsement", **{**ORGANISATION_ONLY, "people": (NOBODY,)}),
        of("endorsement", people=(Signing("P", "R"),), visibility=seen_as(role=HIDDEN)),
        # Of what shows its organisation only, the claimed time is the day.
        of("endorsement", **{**ORGANISATION_ONLY, "time": "2026-05-20T00:00:01Z"}),
        # What is withheld is not there.
        of("endorsement", visibility=seen_as(mark=HIDDEN), mark="strokes"),
        of("endorsement", visibility=seen_as(mark=HIDDEN), mark="typed"),
        of("endorsement", visibility=seen_as(logo=HIDDEN), logo="logo.png"),
        # What travels sealed carries no picture and withholds nothing from its readers.
        of("endorsement", reply=RECIPIENT, mark="strokes"),
        of("endorsement", reply=RECIPIENT, logo="logo.png"),
        of("endorsement", reply=RECIPIENT, visibility=seen_as(mark=HIDDEN)),
        of("attestation", organisation="A", count=2),
        of("comment", kind="settlement", state="", refers=D),
        of("comment", kind="settlement", state="taken", refers=""),
        of("comment", kind="comment", state="taken", refers=D),
        of("letter", blocks=("b1", "b1")),
        of("letter", texts=EACH["letter"].texts * 2),  # type: ignore[attr-defined]
        of("letter", correction=Correction((), "2026-05-20")),
        of("closing", rows=(Row(D, E, "A", "", ""), Row(D, E, "B", "", ""))),
        of("closing", rows=(Row(D, E, "A", "", ""),), withheld=(D,)),
        of("closing", edition="full", withheld=(D,)),
    ],
)
def test_what_contradicts_itself(statement: Statement) -> None:
    assert isinstance(statement, Endorsement | Attestation | Comment | Letter | Closing)
    assert not agrees(statement)
