"""The main job on the bundled letter, through the real services: five workspaces and nothing but files between them."""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crsv_desk.app.compose import create_desk
from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.marks import Drawing, Mark
from crsv_desk.i18n import N_, _
from crsv_desk.resources import resource
from crsv_desk.services.answering import save_outgoing
from crsv_desk.services.compile import Compiled, compile_letter
from crsv_desk.services.confirm import confirm
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import Draft, new_letter, save_draft
from crsv_desk.services.endorse import Choice, endorse
from crsv_desk.services.identity import Identity, create_identity, own_identity
from crsv_desk.services.publish import publish
from crsv_desk.services.receive import Untrusted, receive

LETTER = "crsv-2026-05-26.md"
NOTICE = "VOORBEELD, niet ondertekend door deze organisaties"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Party:
    """One organisation of the demo."""

    organisation: str
    number: int
    desk: Desk

    @property
    def identity(self) -> Identity:
        return own_identity(self.desk)


def run_demo(out: Path, say: Say, withhold: str = "", passphrase: str = "") -> Compiled:
    """Leave ``out``/letter.crsv, ``out``/endorsements/*.crsv and ``out``/combined.pdf. Raises ``DeskError``."""
    out.mkdir(parents=True, exist_ok=True)
    passphrase = passphrase or _own_passphrase(out, say)
    front, parties = _letter_and_parties(out, passphrase, withhold, say)
    try:
        return _job(out, front, parties, withhold, say)
    finally:
        for party in parties:
            party.desk.store.close()


def _job(out: Path, draft: Draft, parties: Sequence[_Party], withhold: str, say: Say) -> Compiled:
    secretariat = parties[0].desk
    files = secretariat.files
    letter = publish(secretariat, draft.dossier)
    files.save(out / "letter.crsv", letter)
    say(
        _("{organisation} published the letter: {file}").format(
            organisation=parties[0].organisation, file="letter.crsv"
        )
    )
    folder = out / "endorsements"
    folder.mkdir()
    for party in parties:
        _answer(party, parties[0], out / "letter.crsv", folder, party.organisation == withhold, say)
    returned = [Untrusted(path.name, files.load(path, 9_000_000)) for path in sorted(folder.iterdir())]
    for verdict in receive(secretariat, returned):
        say(f"{verdict.name}: {verdict.sentence}")
    for party in parties[1:]:
        confirm(secretariat, party.organisation, party.identity.code)
        say(
            _("Code of {organisation} compared: {code}").format(
                organisation=party.organisation, code=party.identity.code
            )
        )
    compiled = compile_letter(secretariat, draft.dossier)
    files.save(out / "combined.pdf", compiled.pdf)
    return compiled


def _letter_and_parties(out: Path, passphrase: str, withhold: str, say: Say) -> tuple[Draft, list[_Party]]:
    if (out / "workspaces").exists() or (out / "endorsements").exists():
        raise UsageError(N_("There is an earlier demo in {folder}; choose an empty folder."), folder=out)
    desk = create_desk(out / "workspaces" / "1", passphrase)
    parties: list[_Party] = []
    try:
        source = desk.letters.read(resource("letters", LETTER).read_bytes(), LETTER)
        lead, partners = str(source.front["lead"]), source.front["partners"]
        names = (
            [lead, *(str(name) for name in partners if str(name) != lead)] if isinstance(partners, list | tuple) else []
        )
        if withhold and withhold not in names[1:]:
            raise UsageError(
                N_("{name} cannot be withheld; choose one of: {names}"), name=withhold, names="; ".join(names[1:])
            )
        parties.append(_Party(lead, 1, desk))
        create_identity(desk, lead, "Voorbeeld 1", "voorbeeldfunctie 1")
        for number, name in enumerate(names[1:], start=2):
            party = _Party(name, number, create_desk(out / "workspaces" / str(number), passphrase))
            parties.append(party)
            create_identity(party.desk, name, f"Voorbeeld {number}", f"voorbeeldfunctie {number}")
            say(_("Workspace {number}: {organisation}").format(number=number, organisation=name))
        draft = new_letter(desk, resource("letters", LETTER).read_bytes(), LETTER)
        draft = replace(draft, front={**draft.front, "notice": NOTICE})
        save_draft(desk, draft)
    except BaseException:
        for party in parties:
            party.desk.store.close()
        raise
    return draft, parties


def _answer(party: _Party, secretariat: _Party, letter: Path, folder: Path, withheld: bool, say: Say) -> None:
    desk = party.desk
    receive(desk, [Untrusted(letter.name, desk.files.load(letter, 9_000_000))])
    dossier = desk.store.dossiers()[0]
    if party is not secretariat:
        confirm(desk, secretariat.organisation, secretariat.identity.code)
    logo = resource("demo", f"logo-{party.number}.png").read_bytes()
    choice = Choice("none" if withheld else "all", logo=b"" if withheld else logo, mark=_mark(party.number))
    out = endorse(desk, dossier, choice)
    save_outgoing(desk, out, folder / out.name)
    say(_("{organisation} endorsed: {file}").format(organisation=party.organisation, file=f"endorsements/{out.name}"))


def _mark(number: int) -> Mark:
    """Five different ones: three drawn, one image, one typed."""
    match number % 5:
        case 4:
            return Mark("image", image=resource("demo", "mark.png").read_bytes())
        case 0:
            return Mark("typed")
        case kind:
            return Mark("strokes", drawing=_scribble(kind))


def _scribble(kind: int) -> Drawing:
    """Loops of a pen that runs to the right, and a line below: nobody's signature."""
    loops, lean, tall = 3 + kind * 2, 90 * kind, 320 - 45 * kind
    points = []
    for step in range(loops * 24):
        angle = step / 24 * 2 * math.pi
        fade = 1 - 0.6 * step / (loops * 24)
        x = 300 + step * (2_400 / (loops * 24)) + 160 * math.sin(angle) + lean * math.cos(angle / (kind + 1))
        y = 500 - tall * fade * math.cos(angle + kind) + 60 * math.sin(angle / 3)
        points.append((round(x), round(y)))
    under = [(350 + 50 * step, round(880 - 1.2 * step * kind + 14 * math.sin(step))) for step in range(46)]
    return Drawing((tuple(points), tuple(under)))


def _own_passphrase(out: Path, say: Say) -> str:
    """A passphrase of the demo's own: its throw-away workspaces leave nothing in anybody's keyring."""
    path = out / "passphrase.txt"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24) + "\n", encoding="utf-8")
    say(_("The demo's workspaces are protected by the passphrase in {file}.").format(file=path.name))
    return path.read_text(encoding="utf-8").strip()
