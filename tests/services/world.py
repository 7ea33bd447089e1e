"""Several offices with a workspace each, and nothing between them but files."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from crsv_desk.app.compose import assemble
from crsv_desk.domain.marks import Drawing, Mark
from crsv_desk.domain.statements import Statement
from crsv_desk.services.answering import Outgoing
from crsv_desk.services.book import Volume, open_volume
from crsv_desk.services.confirm import confirm
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import Draft, new_letter, save_draft
from crsv_desk.services.endorse import Choice, Visible, endorse
from crsv_desk.services.identity import create_identity, own_identity
from crsv_desk.services.overview import StatusRow, status, summary
from crsv_desk.services.publish import publish
from crsv_desk.services.receive import Untrusted, Verdict, receive
from crsv_desk.services.remarks import list_remarks
from crsv_desk.services.shelf import Shelf
from crsv_desk.storage import Workspace

LEAD = "Platform Vrouwen en Vrede"
LETTER = f"""---
subject: Over conflictgerelateerd geweld
place: Den Haag
date: 2026-05-26
language: nl
salutation: Geachte leden,
closing: Hoogachtend,
lead: {LEAD}
---

Dit is de eerste alinea van deze brief, met *nadruk* en met een zin erbij.

## Wat wij vragen

Wij vragen om drie dingen, en wij vragen ze nu.

- Geld voor vrouwenorganisaties.
- Vervolging van daders.
- Een gezant bij de Europese Unie.
"""
DRAWN = Mark("strokes", drawing=Drawing((((0, 0), (300, 200), (600, 40), (900, 260)), ((50, 400), (950, 380)))))


class Ticking:
    """A clock that moves one second at each look."""

    def __init__(self, start: int = 0) -> None:
        self._seconds = start

    def now(self) -> str:
        self._seconds += 1
        minutes, seconds = divmod(self._seconds, 60)
        return f"2026-05-20T{9 + minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}Z"


@dataclass
class Office:
    """One organisation's laptop."""

    desk: Desk
    organisation: str
    dossier: str = ""

    @property
    def code(self) -> str:
        return own_identity(self.desk).code

    @property
    def fingerprint(self) -> str:
        return own_identity(self.desk).fingerprint

    def take(self, *data: bytes) -> Sequence[Verdict]:
        """Receive files; their names tell nothing."""
        return receive(self.desk, [Untrusted(f"file-{number}", one) for number, one in enumerate(data)])

    def volume(self) -> Volume:
        """What the desk has at hand, which must be what a program that starts now reads."""
        volume = open_volume(self.desk, self.dossier)
        new = replace(self.desk, shelf=Shelf())
        read_anew = open_volume(new, self.dossier)
        assert (volume.state, volume.held, volume.openings) == (read_anew.state, read_anew.held, read_anew.openings)
        for list_it in (list_remarks, status, summary):
            assert list_it(self.desk, self.dossier) == list_it(new, self.dossier)  # type: ignore[operator]
        return volume

    def endorse(self, visible: Visible = "all", **choice: object) -> Outgoing:
        return endorse(self.desk, self.dossier, replace(Choice(visible), **choice))  # type: ignore[arg-type]

    def status(self) -> dict[str, StatusRow]:
        return {row.organisation: row for row in status(self.desk, self.dossier)}

    def statement(self, identifier: str) -> Statement:
        found = self.volume().held[identifier].statement
        assert isinstance(found, Statement)
        return found


@dataclass
class World:
    """A secretariat and whoever else is asked for."""

    folder: Path
    offices: list[Office] = field(default_factory=list)

    def office(self, organisation: str, person: str = "", role: str = "directeur") -> Office:
        """A new workspace with an identity."""
        number = len(self.offices) + 1
        workspace = Workspace.create(self.folder / f"workspace-{number}", secrets.token_bytes(32))
        desk = replace(assemble(workspace), clock=Ticking(number * 300))
        create_identity(desk, organisation, person or f"Persoon {number}", role)
        office = Office(desk, organisation)
        self.offices.append(office)
        return office

    def secretariat(self, letter: str = LETTER, partners: Sequence[str] = ()) -> Office:
        """The lead's workspace with a draft."""
        office = self.office(LEAD)
        draft = new_letter(office.desk, letter.encode(), "letter.md")
        save_draft(office.desk, Draft(draft.dossier, {**draft.front, "partners": list(partners)}, draft.body))
        office.dossier = draft.dossier
        return office

    def partner(self, organisation: str, letter: bytes, secretariat: Office, *, trusting: bool = True) -> Office:
        """A partner that has opened the letter and, where ``trusting``, compared the secretariat's code."""
        office = self.office(organisation)
        office.dossier = secretariat.dossier
        office.take(letter)
        if trusting:
            confirm(office.desk, secretariat.organisation, secretariat.code)
        return office

    def close(self) -> None:
        for office in self.offices:
            office.desk.store.close()


@dataclass
class Coalition:
    """A published letter, its secretariat, and partners that have opened it."""

    world: World
    secretariat: Office
    partners: dict[str, Office]
    letter: bytes

    def signed(self, names: Sequence[str] = (), **choice: object) -> None:
        """The lead and these partners (or all) endorse; the secretariat receives and confirms."""
        self.secretariat.endorse("all", mark=DRAWN)
        for name in names or tuple(self.partners):
            self.answered(name, self.partners[name].endorse("all", mark=DRAWN, **choice))

    def answered(self, name: str, out: Outgoing) -> None:
        """A partner's file reaches the secretariat, which has compared its code."""
        self.secretariat.take(out.data)
        self.confirmed(name)

    def confirmed(self, name: str) -> None:
        office = self.partners[name]
        known = {key for one in self.secretariat.volume().state.members.values() for key in one.certificates}
        if office.fingerprint not in known:
            confirm(self.secretariat.desk, name, office.code)


@contextmanager
def coalition(folder: Path, partners: Sequence[str], letter: str = LETTER) -> Iterator[Coalition]:
    """A letter published to ``partners``, each with a workspace of its own."""
    world = World(folder)
    try:
        secretariat = world.secretariat(letter, partners)
        file = publish(secretariat.desk, secretariat.dossier)
        offices = {name: world.partner(name, file, secretariat) for name in partners}
        yield Coalition(world, secretariat, offices, file)
    finally:
        world.close()
