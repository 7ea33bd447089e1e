"""What an organisation sends back: kept here, and made into the one file to send."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from crsv_desk.domain.admission import Held, admit
from crsv_desk.domain.answers import answer_of, remaining
from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.names import check_text
from crsv_desk.domain.openings import Disclosure
from crsv_desk.domain.packet import Packet
from crsv_desk.domain.rules import SHOWN
from crsv_desk.domain.statements import Answer, Decline, Endorsement, Letter, Withdrawal, statement_id
from crsv_desk.i18n import N_, _
from crsv_desk.services.book import Volume, current_letter, issue, open_volume, seen
from crsv_desk.services.confirm import require_confirmed_secretariat
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import own_identity

Role = Literal["secretariat", "auditor", "voucher"]
"""Of those who may open what travels sealed."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A file to send, and what it says."""

    statement: str
    kind: str
    data: bytes
    name: str
    """A file name that tells no more than the file does; random for a sealed one."""
    sealed: bool
    """Send it straight to the secretariat, never through a folder shared with partners."""


def own_answers(desk: Desk, volume: Volume, *, sealed: bool) -> tuple[str, ...]:
    """Ids of the answers that a new one replaces: this workspace's own, and those of a colleague of the same
    organisation whose file was opened here. An answer that travels openly never names a sealed one: no unsealed
    statement but the closing names its id."""
    mine = [*_own(desk, volume), *colleagues(desk, volume)]
    return tuple(one.id for one in remaining(mine) if sealed or not answer_of(one).reply)


def colleagues(desk: Desk, volume: Volume) -> list[Held]:
    """Answers held here that other people signed for this workspace's organisation, as their certificates claim."""
    sent, name = desk.store.documents(volume.state.dossier, "outbox"), own_identity(desk).organisation
    return [
        one
        for key, one in volume.held.items()
        if isinstance(one.statement, Answer) and one.organisation == name and key not in sent
    ]


@dataclass(frozen=True, slots=True)
class ColleaguesSignature:
    """What other people of this workspace's organisation signed, as far as their files were opened here, and no answer
    has replaced."""

    people: tuple[str, ...]
    """Their names, where they show them."""
    beside_own: bool
    """An endorsement made here stands too; taking back takes both back."""


def colleagues_signature(desk: Desk, dossier: str) -> ColleaguesSignature | None:
    """``None`` where no endorsement of a colleague stands."""
    volume = open_volume(desk, dossier)
    mine, theirs = _own(desk, volume), colleagues(desk, volume)
    if not theirs:
        return None
    standing = [one for one in remaining([*mine, *theirs]) if isinstance(one.statement, Endorsement)]
    sent = {one.id for one in mine}
    signed = [one.statement for one in standing if one.id not in sent]
    if not signed:
        return None
    people = [person.name for one in signed if isinstance(one, Endorsement) for person in one.people if person.name]
    return ColleaguesSignature(tuple(dict.fromkeys(people)), len(signed) < len(standing))


def latest_own(desk: Desk, dossier: str) -> Held | None:
    """The answer of this workspace that stands now: of several, the one made last here."""
    return latest_own_in(desk, open_volume(desk, dossier))


def latest_own_in(desk: Desk, volume: Volume) -> Held | None:
    """The same for a dossier that is open already."""
    mine = _own(desk, volume)
    standing = {one.id for one in remaining(mine)}
    return next((one for one in reversed(mine) if one.id in standing), None)


def speaks_sealed(desk: Desk, dossier: str) -> bool:
    """Whether this workspace has given a sealed answer that stands: then whatever else it says travels sealed too."""
    return any(answer_of(one).reply for one in remaining(_own(desk, open_volume(desk, dossier))))


def _hides_its_person(one: Held) -> bool:
    """An answer in the open that replaces this one would tie the identity's key to the key made for it alone."""
    return isinstance(one.statement, Endorsement) and one.statement.visibility.name != SHOWN


def outgoing(desk: Desk, dossier: str, statement: str) -> Outgoing | None:
    """A file made earlier, to save or send again."""
    found = several_outgoing(desk, dossier, [statement])
    return found[0] if found else None


def several_outgoing(desk: Desk, dossier: str, statements: Iterable[str]) -> Sequence[Outgoing]:
    """Those of several that are still there, in the order given."""
    volume, kept = open_volume(desk, dossier), desk.store.documents(dossier, "outbox")
    return [_outgoing(desk, volume.held[one], kept[one]) for one in statements if one in kept and one in volume.held]


def save_outgoing(desk: Desk, out: Outgoing, path: Path) -> None:
    """Write the file: flushed, read back and compared before it is named. Raises ``DeskError``."""
    desk.files.save(path, out.data)


def reply_recipient(desk: Desk, dossier: str) -> str:
    """The age recipient to which the secretariat seals its reply, made for this letter alone."""
    secrets = desk.store.documents(dossier, "reply")
    if not secrets:
        secret = desk.sealing.new_secret()
        desk.store.put_document(dossier, "reply", "own", secret.encode())
        return desk.sealing.recipient(secret)
    return desk.sealing.recipient(next(iter(secrets.values())).decode())


def to_secretariat(desk: Desk, volume: Volume, packet: Packet, disclosure: Disclosure | None = None) -> Outgoing:
    """The packet alone, or with what only the secretariat may read sealed beside it."""
    data = packet.data
    if disclosure is not None:
        sealed = desk.sealing.seal(disclosure.encode(), _recipients(volume, "secretariat"))
        data = desk.packets.bundle([packet.data, sealed])
        desk.store.put_document(volume.state.dossier, "disclosure", disclosure.endorsement, disclosure.encode())
    return _keep_outgoing(desk, volume, packet, data)


def send_sealed(desk: Desk, volume: Volume, packet: Packet, recipient: str = "") -> Outgoing:
    """The packet sealed to every reader that the letter names, or to those of them that were chosen, or to one other.
    Raises ``DeskError`` if it names none."""
    recipients = [recipient] if recipient else _recipients(volume, *chosen_readers(desk, volume.state.dossier))
    if not recipients:
        raise DeskError(
            N_("This letter names nobody who may read a withheld answer; ask the secretariat for one that does.")
        )
    return _keep_outgoing(desk, volume, packet, desk.sealing.seal(packet.data, recipients))


def choose_readers(desk: Desk, dossier: str, roles: Sequence[Role]) -> None:
    """From now on what travels sealed from here goes to readers of these roles only; of all without any."""
    desk.store.put_document(dossier, "readers", "own", " ".join(sorted(set(roles))).encode())


def chosen_readers(desk: Desk, dossier: str) -> Sequence[Role]:
    """What ``choose_readers`` kept: so that a later remark or withdrawal goes to nobody who may not know."""
    chosen = desk.store.documents(dossier, "readers").get("own", b"").decode().split()
    return [role for role in get_args(Role) if role in chosen]


def decline(desk: Desk, dossier: str, reason: str, *, sealed: bool = False) -> Outgoing:
    """Answer that the organisation does not sign."""
    return _refuse(desk, dossier, Decline, reason, sealed)


def withdraw(desk: Desk, dossier: str, reason: str = "") -> Outgoing:
    """Take an endorsement back: this computer's own, or that of a colleague of the same organisation whose file was
    opened here. Sealed if the endorsement was, or if it hides who signed. Raises ``DeskError`` if there is none."""
    volume = open_volume(desk, dossier)
    own = latest_own_in(desk, volume)
    standing = [own] if own is not None else [*remaining(colleagues(desk, volume))]
    if not standing:
        raise DeskError(
            N_(
                "There is nothing to withdraw: this computer has not answered this letter. If a colleague did, open that"
                " file here first."
            )
        )
    return _refuse(desk, dossier, Withdrawal, reason, any(answer_of(one).reply for one in standing))


def _refuse(desk: Desk, dossier: str, cls: type[Decline | Withdrawal], reason: str, sealed: bool) -> Outgoing:
    volume = open_volume(desk, dossier)
    letter = current_letter(volume.state)
    hidden = any(_hides_its_person(one) for one in remaining(_own(desk, volume)))
    sealed = sealed or hidden or speaks_sealed(desk, dossier)
    if sealed:
        require_confirmed_secretariat(desk, volume)
    with desk.store.atomic():
        packet = issue(
            desk,
            cls,
            dossier,
            seen=seen(volume.state),
            letter=letter.id,
            reason=check_text(reason, 20_000, _("the reason")),
            replaces=own_answers(desk, volume, sealed=sealed),
            reply=reply_recipient(desk, dossier) if sealed else "",
        )
        return send_sealed(desk, volume, packet) if sealed else to_secretariat(desk, volume, packet)


def _own(desk: Desk, volume: Volume) -> list[Held]:
    """In the order in which they were made here."""
    sent = desk.store.documents(volume.state.dossier, "outbox")
    return [volume.held[key] for key in sent if key in volume.held and isinstance(volume.held[key].statement, Answer)]


def _recipients(volume: Volume, *roles: Role) -> list[str]:
    letter = current_letter(volume.state).statement
    assert isinstance(letter, Letter)
    return [reader.recipient for reader in letter.seal_to if not roles or reader.role in roles]


def _keep_outgoing(desk: Desk, volume: Volume, packet: Packet, data: bytes) -> Outgoing:
    desk.store.put_document(volume.state.dossier, "outbox", statement_id(packet.statement), data)
    return _outgoing(desk, admit(packet), data)


def _outgoing(desk: Desk, held: Held, data: bytes) -> Outgoing:
    kind = getattr(held.statement, "type", "")
    sealed = bool(getattr(held.statement, "reply", ""))
    if sealed:
        name = f"{desk.randomness.token().hex()[:16]}.crsv"
    else:
        slug = "".join(c if c.isalnum() else "-" for c in held.organisation.lower())
        name = f"{'-'.join(filter(None, slug.split('-')))}.crsv"
    return Outgoing(held.id, kind, data, name, sealed)
