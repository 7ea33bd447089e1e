"""The dossiers that a workspace holds: read, folded, found by the beginning of their id; and statements added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crsv_desk.domain.admission import Held, admit, letter_file
from crsv_desk.domain.blocks import Block
from crsv_desk.domain.codes import identifier
from crsv_desk.domain.dossier import State
from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.domain.fold import fold
from crsv_desk.domain.openings import Disclosure, Opening, decode_opening
from crsv_desk.domain.packet import Packet
from crsv_desk.domain.statements import Closing, Letter, Newer, Statement, encode
from crsv_desk.domain.versions import heads
from crsv_desk.i18n import N_
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import own_identity
from crsv_desk.services.ports import Signer


@dataclass(frozen=True, slots=True)
class Volume:
    """One dossier as held: its packets and openings, and the state that they amount to."""

    state: State
    packets: Mapping[str, Packet]
    """By statement id."""
    held: Mapping[str, Held]
    openings: Mapping[str, Opening]
    """By roster entry."""

    def packet(self, statement_id: str) -> Packet:
        return self.packets[statement_id]

    def letter(self, letter_id: str) -> Letter:
        """A letter version held. Raises ``KeyError``."""
        statement = self.held[letter_id].statement
        assert isinstance(statement, Letter)
        return statement


def read_packet(desk: Desk, data: bytes) -> Packet:
    """Verify ``data``, once a run. Raises ``Refused``."""
    packet = desk.verified.get(data)
    if packet is None:
        packet = desk.verified[data] = desk.packets.read(data)
    return packet


def open_volume(desk: Desk, dossier: str) -> Volume:
    """Read and fold a dossier by its full id; what nothing has changed since the last time is not read again."""
    revision = (desk.store.revision(dossier), desk.store.revision(dossier, "opening"))
    known, volume = desk.volumes.get(dossier, (None, None))
    if revision == known and isinstance(volume, Volume):
        return volume
    before = volume if isinstance(volume, Volume) else None
    volume = _read_volume(desk, dossier, before)
    desk.volumes[dossier] = (revision, volume)
    return volume


def _read_volume(desk: Desk, dossier: str, before: Volume | None) -> Volume:
    """``before`` is what was held earlier: the same packet is admitted once."""
    packets, held, openings = {}, {}, {}
    for key, data in desk.store.packets(dossier).items():
        packets[key] = packet = read_packet(desk, data)
        same = before is not None and before.packets.get(key) is packet
        held[key] = before.held[key] if before is not None and same else admit(packet)
    earlier = before.openings if before is not None else {}
    for key, data in desk.store.documents(dossier, "opening").items():
        opening = earlier.get(key) or decode_opening(data)
        assert isinstance(opening, Opening)
        openings[opening.entry] = opening
    return Volume(fold(dossier, held.values(), openings.values()), packets, held, openings)


def find_dossier(desk: Desk, beginning: str) -> str:
    """The one dossier, or the dossier of the one letter version, whose id begins so. Raises ``UsageError``."""
    text = beginning.strip().lower()
    found = {dossier for dossier in desk.store.dossiers() if dossier.startswith(text)}
    if not found:
        found = {one for one in desk.store.dossiers() if any(i.startswith(text) for i in desk.store.packets(one))}
    if len(found) == 1 and text:
        return found.pop()
    if found:
        raise UsageError(N_("More than one letter begins with {id}; give more of it."), id=beginning)
    raise UsageError(N_("There is no letter {id} here; open its file first."), id=beginning)


def is_secretariat(desk: Desk, state: State) -> bool:
    """Whether this workspace's key is one of the secretariat's keys in force."""
    return own_identity(desk).fingerprint in state.secretariat


def require_secretariat(desk: Desk, state: State) -> None:
    """Raises ``DeskError`` for everybody else."""
    if not is_secretariat(desk, state):
        raise DeskError(N_("Only the secretariat of this letter can do this."))


def current_letter(state: State) -> Held:
    """Raises ``DeskError`` when there is none yet, or two contradict each other."""
    if state.current is not None:
        return state.current
    if state.conflicts:
        raise DeskError(N_("Two texts of this letter contradict each other; ask the secretariat which one stands."))
    raise DeskError(N_("The text of this letter has not been published yet."))


def letter_blocks(desk: Desk, volume: Volume, letter_id: str, language: str = "") -> tuple[Block, ...]:
    """The blocks of a letter version, in ``language`` or its first."""
    letter = volume.letter(letter_id)
    text = next((text for text in letter.texts if text.language == language), letter.texts[0])
    body = volume.packet(letter_id).files[letter_file(text.language)].decode()
    return desk.letters.blocks(body, letter.blocks)


def seen(state: State) -> tuple[str, ...]:
    """What a new statement says it has seen: the letter, the call and the latest closings; never an answer."""
    ids = {one.id for one in (state.current, state.call) if one is not None}
    ids |= {one.id for one in heads(state.closings) if not is_full(one)}
    return tuple(sorted(ids)[:16])


def is_full(one: Held) -> bool:
    """A closing of the full edition holds names that are not public: it goes to its reader only."""
    return isinstance(one.statement, Closing) and one.statement.edition == "full"


def issue(
    desk: Desk,
    cls: type[Statement],
    dossier: str,
    *,
    files: Mapping[str, bytes] | None = None,
    signer: Signer | None = None,
    time: str = "",
    seen: Sequence[str] = (),
    **body: Any,
) -> Packet:
    """Sign a new statement and keep it in the workspace. ``body`` holds the keys of its type."""
    packet = signed(desk, cls, dossier, files=files, signer=signer, time=time, seen=seen, **body)
    keep(desk, admit(packet), packet)
    return packet


def signed(
    desk: Desk,
    cls: type[Statement],
    dossier: str,
    *,
    files: Mapping[str, bytes] | None = None,
    signer: Signer | None = None,
    time: str = "",
    seen: Sequence[str] = (),
    **body: Any,
) -> Packet:
    """Sign a new statement without keeping it."""
    files = files or {}
    signer = signer or own_identity(desk).signer
    statement = cls(
        dossier=dossier,
        signer=signer.certificate.fingerprint,
        time=time or desk.clock.now(),
        nonce=desk.randomness.token().hex(),
        seen=tuple(seen),
        files={name: identifier(data) for name, data in files.items()},
        **body,
    )
    return read_packet(desk, desk.packets.build(encode(statement), files, statement.time, signer))


def keep(desk: Desk, held: Held, packet: Packet) -> None:
    """Put an admitted packet into the workspace."""
    kind = "newer" if isinstance(held.statement, Newer) else held.statement.type
    desk.store.put_packet(held.id, held.dossier, kind, packet.data)


def keep_opening(desk: Desk, dossier: str, opening: Opening) -> None:
    desk.store.put_document(dossier, "opening", opening.entry, opening.encode())


def disclosures(desk: Desk, dossier: str) -> Mapping[str, Disclosure]:
    """What partly withheld endorsements disclosed to the secretariat, by endorsement id."""
    found = {}
    for data in desk.store.documents(dossier, "disclosure").values():
        disclosure = decode_opening(data)
        assert isinstance(disclosure, Disclosure)
        found[disclosure.endorsement] = disclosure
    return found
