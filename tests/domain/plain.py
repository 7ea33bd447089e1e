"""Statements said plainly: what a test does not speak of stands in each field as a form that nobody filled in leaves it."""

from __future__ import annotations

from typing import Any

from crsv_desk.domain.statements import (
    Attestation,
    Call,
    Closing,
    Comment,
    Correction,
    Decline,
    Endorsement,
    Layout,
    Letter,
    Reservation,
    Roster,
    Signing,
    SignOffNames,
    Statement,
    Visibility,
    Withdrawal,
)

SHOWN = Visibility("shown", "shown", "shown", "shown")
_PLAIN: dict[type[Statement], dict[str, Any]] = {
    Letter: {"prev": (), "lead": "A", "recipient": (), "seal_to": (), "correction": Correction((), ""), "logo": ""},
    Call: {"prev": (), "deadline": "", "embargo": "", "contact": "", "list_shown_to": "secretariat", "asked": ""},
    Roster: {"prev": (), "add": (), "revoke": (), "secretariat": ()},
    Endorsement: {
        "people": (Signing("P", "R"),), "acting": "self", "mandate": "", "reservation": Reservation("", False),
        "members": (), "corrections": False, "mark": "none", "logo": "", "visibility": SHOWN, "replaces": (), "reply": "",
    },
    Decline: {"reason": "no", "replaces": (), "reply": ""},
    Withdrawal: {"reason": "", "replaces": (), "reply": ""},
    Attestation: {"count": 1, "answer": "endorse", "how": "phone", "day": "2026-05-20", "evidence": "not kept"},
    Comment: {"language": "nl", "block": "b1", "kind": "comment", "text": "text", "proposal": "", "refers": "",
              "state": "", "reply": ""},
    Closing: {
        "n": 1, "prev": (), "place": "Den Haag", "date": "2026-05-26", "rosters": (), "rows": (), "withheld": (),
        "attested": (), "openings": (), "sign_off": SignOffNames("A", ()), "edition": "public",
        "layout": Layout(1, "0" * 64, "#12494F", ""),
    },
}  # fmt: skip


def plain(cls: type[Statement], said: dict[str, Any]) -> dict[str, Any]:
    """The fields of a statement's own with what is ``said`` of them."""
    return {**_PLAIN.get(cls, {}), **said}
