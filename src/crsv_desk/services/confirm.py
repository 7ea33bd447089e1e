"""The phone check: pin a signer, or the secretariat, after comparing the thirty digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from crsv_desk.domain.codes import matches, spoken
from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.domain.names import mixed_scripts
from crsv_desk.domain.openings import Basis, Opening
from crsv_desk.domain.packet import Certificate
from crsv_desk.i18n import N_, _
from crsv_desk.services.book import Volume, disclosures, is_secretariat, open_volume
from crsv_desk.services.colleague import adopt_draft
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import has_identity, own_identity
from crsv_desk.services.linking import admit_linked_keys, vouching_certificate
from crsv_desk.services.ports import Pin
from crsv_desk.services.publish import issue_roster

Checked = Literal["voice", "video", "in-person", "address", "vouched"]
MOST_VOUCHED = 1_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A certificate that somebody on this workspace could confirm now."""

    dossier: str
    organisation: str
    """Whom the certificate claims to be."""
    fingerprint: str
    secretariat: bool
    """It is the letter's secretariat; otherwise a signer outside the roster."""

    @property
    def code(self) -> str:
        """The thirty digits to compare."""
        return spoken(self.fingerprint)

    @property
    def warning(self) -> str:
        """What to mind about the name itself, translated; empty for most."""
        if not mixed_scripts(self.organisation):
            return ""
        words = _("The name “{name}” mixes letters of several alphabets that look alike: it may imitate another.")
        return words.format(name=self.organisation)


def candidates(desk: Desk, dossier: str = "") -> Sequence[Candidate]:
    """Everybody who waits to be confirmed, in one dossier or in all: secretariats first, then by name."""
    found: list[Candidate] = []
    for one in [dossier] if dossier else desk.store.dossiers():
        found += candidates_in(desk, open_volume(desk, one))
    return sorted(found, key=lambda entry: (not entry.secretariat, entry.organisation, entry.fingerprint))


def candidates_in(desk: Desk, volume: Volume) -> Sequence[Candidate]:
    """Those of one dossier that is open already, each certificate once."""
    dossier = volume.state.dossier
    if is_secretariat(desk, volume.state):
        waiting = {one.fingerprint: one.organisation for one in _waiting(desk, volume)}
        return [Candidate(dossier, name, fingerprint, False) for fingerprint, name in waiting.items()]
    if own_identity(desk).fingerprint in volume.state.secretariat:
        # A colleague's letter: this laptop is of its secretariat once the code of whoever began it was compared.
        began = volume.state.began_by
        return [Candidate(dossier, secretariat_name(volume, began), began, True)]
    if knows_secretariat(desk, volume):
        return []
    return [Candidate(dossier, secretariat_name(volume, one), one, True) for one in sorted(_answers_for(volume))]


def confirm(desk: Desk, name: str, untrusted_code: str, basis: str = "voice", voucher: int = 0) -> Sequence[Candidate]:
    """Pin those called ``name`` whose code is exactly ``untrusted_code``, in every dossier. The secretariat may say for
    how many unnamed organisations a signer can answer (``voucher``, 0 to 1,000). Raises ``DeskError`` when the code is
    another's, and pins nothing then."""
    if basis not in get_args(Checked):
        raise UsageError(N_("A code can be compared by voice, video, in-person, address or vouched."))
    if not 0 <= voucher <= MOST_VOUCHED:
        raise UsageError(N_("One organisation can answer for at most {most} others."), most=MOST_VOUCHED)
    named = [one for one in candidates(desk) if one.organisation.casefold() == name.strip().casefold()]
    if not named:
        raise UsageError(N_("Nobody called {name} waits to be confirmed here; open their file first."), name=name)
    right = [one for one in named if matches(one.fingerprint, untrusted_code)]
    if not right:
        raise DeskError(
            N_(
                "This is not the code of {name}: nothing was confirmed. Call again, on a number you looked up yourself."
            ),
            name=named[0].organisation,
        )
    with desk.store.atomic():
        for candidate in right:
            _pin(desk, candidate, basis, voucher)
    return right


def confirm_key(desk: Desk, fingerprint: str, name: str, untrusted_code: str) -> None:
    """Pin one key whose code somebody compared while checking a file, whether or not anything of ``name`` is here.

    Where it waits in a letter of which this is the secretariat, it is confirmed there instead. Raises ``DeskError`` when
    the code is another's; then nothing is pinned.
    """
    if not matches(fingerprint, untrusted_code):
        raise DeskError(
            N_(
                "This is not the code of {name}: nothing was confirmed. Call again, on a number you looked up yourself."
            ),
            name=name,
        )
    waiting = [one for one in candidates(desk) if one.fingerprint == fingerprint]
    with desk.store.atomic():
        for candidate in waiting:
            _pin(desk, candidate, "voice")
        if not waiting:
            desk.store.put_pin(Pin(fingerprint, name, "voice", desk.clock.now()))


def is_confirmed(desk: Desk, fingerprint: str) -> bool:
    """Whether this workspace compared that certificate's code, or it is its own."""
    if fingerprint in desk.store.pins():
        return True
    return has_identity(desk) and fingerprint == own_identity(desk).fingerprint


def knows_secretariat(desk: Desk, volume: Volume) -> bool:
    """Whether the letter comes from somebody whose code was compared here: whoever signed the text that stands, or
    whoever began the dossier and so decides who else is its secretariat. Being listed in a stranger's genesis proves
    nothing."""
    return any(is_confirmed(desk, key) for key in _answers_for(volume))


def require_confirmed_secretariat(desk: Desk, volume: Volume) -> None:
    """Sealing is refused until then: a forged letter with a stranger's key would collect the names. Raises
    ``DeskError``."""
    letter = volume.state.current
    if letter is None or not knows_secretariat(desk, volume):
        name = secretariat_name(volume, letter.statement.signer) if letter else volume.state.title
        raise DeskError(
            N_("First compare the code of {name} by telephone: until then nothing can be sealed for them."), name=name
        )


def _answers_for(volume: Volume) -> frozenset[str]:
    """Fingerprints of those who stand for the letter: who began the dossier, and who signed the text that stands."""
    signers = {volume.held[volume.state.dossier].statement.signer}
    if volume.state.current is not None:
        signers.add(volume.state.current.statement.signer)
    return frozenset(signers)


def secretariat_name(volume: Volume, fingerprint: str) -> str:
    """The organisation that a secretariat's certificate claims."""
    return next((one.organisation for one in volume.held.values() if one.statement.signer == fingerprint), "")


def signer_of(desk: Desk, dossier: str, statement: str) -> str:
    """Fingerprint of the identity behind a statement: its signer, or who vouches for a one-time key. Empty when it is
    not held."""
    volume = open_volume(desk, dossier)
    if statement not in volume.held:
        return ""
    linked = _identities(desk, volume).get(statement)
    return linked.fingerprint if linked is not None else volume.held[statement].statement.signer


def _waiting(desk: Desk, volume: Volume) -> Sequence[Certificate]:
    """The certificates outside the roster: of signers, and of identities that vouch for one-time keys."""
    if not volume.state.unknown:
        return []
    linked = _identities(desk, volume)
    return [linked.get(one.id) or volume.packets[one.id].certificate for one in volume.state.unknown]


def _identities(desk: Desk, volume: Volume) -> dict[str, Certificate]:
    """By endorsement, the identity that vouches for its one-time key."""
    linked = {}
    for disclosure in disclosures(desk, volume.state.dossier).values():
        held = disclosure.endorsement in volume.held
        identity = vouching_certificate(desk, volume, disclosure) if held else None
        if identity is not None:
            linked[disclosure.endorsement] = identity
    return linked


def _pin(desk: Desk, candidate: Candidate, basis: str, voucher: int = 0) -> None:
    now = desk.clock.now()
    if candidate.secretariat:
        desk.store.put_pin(Pin(candidate.fingerprint, candidate.organisation, basis, now))
        adopt_draft(desk, candidate.dossier)
        return
    volume = open_volume(desk, candidate.dossier)
    member = volume.state.members.get(candidate.organisation)
    how: Basis = basis  # type: ignore[assignment]  # checked against the same words in confirm()
    opening = Opening(
        organisation=candidate.organisation,
        country=member.country if member else "",
        certificates=(candidate.fingerprint,),
        voucher=voucher,
        basis=how,
        date=now[:10],
        salt=desk.randomness.token().hex(),
    )
    issue_roster(desk, volume, [opening])
    admit_linked_keys(desk, candidate.dossier)
