"""The dossiers that a workspace holds: read, folded, found by the beginning of their id; and statements added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from crsv_desk.domain.admission import Held, admit, letter_file
from crsv_desk.domain.blocks import Block
from crsv_desk.domain.codes import identifier
from crsv_desk.domain.dossier import State
from crsv_desk.domain.errors import DeskError, Refused, UsageError
from crsv_desk.domain.fold import fold
from crsv_desk.domain.one_more import pointed_at, with_one_more
from crsv_desk.domain.openings import Disclosure, Opening, decode_opening, recall_opening
from crsv_desk.domain.packet import Packet
from crsv_desk.domain.statements import Closing, Newer, Statement, encode
from crsv_desk.domain.versions import heads
from crsv_desk.i18n import N_
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import own_identity
from crsv_desk.services.kept import FEW, recall_fold, remember_kept, since_kept
from crsv_desk.services.ports import Signer
from crsv_desk.services.shelf import LazyPackets
from crsv_desk.services.shelf import Volume as Volume

MOST_SEALED = 56 * 1024
"""Bytes of a statement that travels sealed: with its container, which takes less than 8 KiB, it fits the one size that a
sealed file has. What is larger is refused before it is signed."""
TOO_LARGE = N_("This is too large to seal; leave out the logo and the drawn mark, or shorten the text.")


def read_packet(desk: Desk, untrusted_data: bytes) -> Packet:
    """Verify ``untrusted_data``, once a run. Raises ``Refused``."""
    digest = identifier(untrusted_data)
    packet = desk.shelf.packets.get(digest)
    if packet is None:
        packet = desk.shelf.packets[digest] = desk.packets.read(untrusted_data)
    return packet


def open_volume(desk: Desk, dossier: str) -> Volume:
    """Read and fold a dossier by its full id; what did not change since the last time is not read again."""
    revision = desk.store.revision(dossier)
    before = desk.shelf.volumes.get(dossier)
    if before is None:
        volume = _first_volume(desk, dossier)
    else:
        at, volume = before
        if at == revision:
            return volume
        volume = _brought_up_to_date(desk, dossier, volume, desk.store.written_since(dossier, at))
    desk.shelf.volumes[dossier] = (revision, volume)
    return volume


def _first_volume(desk: Desk, dossier: str) -> Volume:
    """After a start: from what was kept, where there is that, or from everything held."""
    found = recall_fold(desk, dossier)
    if found is None:
        return _volume(desk, dossier, _by_id(_all_held(desk, dossier)), _all_openings(desk, dossier))
    fold, written = found
    volume = _volume(desk, dossier, fold.held, fold.openings, fold.state)
    remember_kept(volume, 0)
    return _brought_up_to_date(desk, dossier, volume, written) if written else volume


def _brought_up_to_date(desk: Desk, dossier: str, volume: Volume, written: Iterable[tuple[str, str]]) -> Volume:
    statements = [key for kind, key in written if kind == "packet"]
    openings = volume.openings
    if any(kind == "opening" for kind, _key in written):
        openings = _all_openings(desk, dossier)
    elif not statements:
        return volume  # a draft or a file to send: no part of the volume
    held = dict(volume.held)
    new: list[Held] = []
    for key in statements:
        card = desk.store.card(key)
        if card is None:
            held.pop(key, None)
        elif key not in held or held[key].packet != card[:64].decode():
            held[key] = Held.from_card(key, card)
            new.append(held[key])
    if openings is volume.openings and len(held) == len(volume.held) + len(new) and len(new) <= FEW:
        more = _with_more(volume, new)
        if more is not None:
            state, pointed = more
            found = _volume(desk, dossier, _by_id(held), openings, state)
            found.once(POINTED, lambda: pointed)
            remember_kept(found, since_kept(volume) + len(new))
            return found
    found = _volume(desk, dossier, _by_id(held), openings)
    if POINTED in volume.derived:  # what was pointed at before may be more than what is now: then the fold is asked
        found.once(POINTED, lambda: _pointed(volume) | set(pointed_at(new)))
    return found


POINTED = "pointed at"


def _with_more(volume: Volume, new: Sequence[Held]) -> tuple[State, set[str]] | None:
    """The state with ``new`` statements, and all that is pointed at then; ``None`` where only the whole fold can tell."""
    state, held = volume.state, dict(volume.held)
    pointed = set(_pointed(volume))
    for one in new:
        more = with_one_more(state, held, volume.openings.values(), one, pointed)
        if more is None:
            return None
        state, held[one.id] = more, one
        pointed.update(pointed_at([one]))
    return state, pointed


def _pointed(volume: Volume) -> set[str]:
    return volume.once(POINTED, lambda: set(pointed_at(volume.held.values())))


def _all_held(desk: Desk, dossier: str) -> dict[str, Held]:
    """From the cards: every packet was verified and admitted before it was kept."""
    cards = desk.store.cards(dossier)
    held = {key: Held.from_card(key, card) for key, card in cards.items() if card}
    if len(cards) < desk.store.count_packets(dossier):
        # Kept by an earlier version, which wrote no cards.
        with desk.store.atomic():
            for key, data in desk.store.packets(dossier).items():
                if key not in held:
                    packet = read_packet(desk, data)
                    held[key] = admit(packet)
                    keep(desk, held[key], packet)
    return held


def _all_openings(desk: Desk, dossier: str) -> dict[str, Opening]:
    kept = desk.store.documents(dossier, "opening")
    return {entry: recall_opening(data, entry) for entry, data in kept.items()}


def _by_id(held: Mapping[str, Held]) -> Mapping[str, Held]:
    """In order, so that the next sorting has little to do."""
    return dict(sorted(held.items()))


def _volume(
    desk: Desk, dossier: str, held: Mapping[str, Held], openings: Mapping[str, Opening], state: State | None = None
) -> Volume:
    def read(statement_id: str) -> Packet | None:
        data = desk.store.packet(statement_id)
        return None if data is None else read_packet(desk, data)

    state = state or fold(dossier, held.values(), openings.values())
    return Volume(state, LazyPackets(held, read), held, openings)


def of_type(volume: Volume, *types: type[Statement]) -> Iterator[Held]:
    """Everything held of these types, one type after another, each by id."""

    def work() -> Mapping[type, Sequence[Held]]:
        groups: dict[type, list[Held]] = defaultdict(list)
        for one in volume.held.values():
            groups[type(one.statement)].append(one)
        return groups

    groups = volume.once("by type", work)
    return chain.from_iterable(groups.get(cls, ()) for cls in types)


def packet_bytes(desk: Desk, held: Held) -> bytes:
    """The packet of a statement that is held, as it was kept: nobody reads it here."""
    data = desk.store.packet(held.id)
    assert data is not None
    return data


def find_dossier(desk: Desk, beginning: str) -> str:
    """The one dossier, or the dossier of the one letter version, whose id begins so. Raises ``UsageError``."""
    text = beginning.strip().lower()
    found = {dossier for dossier in desk.store.dossiers() if dossier.startswith(text)}
    if not found:
        found = {one for one in desk.store.dossiers() if any(i.startswith(text) for i in open_volume(desk, one).held)}
    if len(found) == 1 and text:
        return found.pop()
    if found:
        raise UsageError(N_("More than one letter begins with {id}; give more of it."), id=beginning)
    raise UsageError(N_("There is no letter {id} here; open its file first."), id=beginning)


def is_secretariat(desk: Desk, state: State) -> bool:
    """Whether this workspace's key is one of the secretariat's keys in force, of a letter that it began itself or whose
    beginner's code was compared here: anybody can list a stranger's key."""
    own = own_identity(desk).fingerprint
    return own in state.secretariat and (state.began_by == own or state.began_by in desk.store.pins())


def require_secretariat(desk: Desk, state: State) -> None:
    """Raises ``DeskError`` for everybody else."""
    if not is_secretariat(desk, state):
        raise DeskError(N_("Only the secretariat of this letter can do this."))


def current_letter(state: State) -> Held:
    """Raises ``DeskError`` when there is none yet, or two contradict each other."""
    if state.current is not None:
        return state.current
    if state.letters:
        raise DeskError(N_("Two texts of this letter contradict each other; the secretariat takes one of them first."))
    raise DeskError(N_("The text of this letter has not been published yet."))


def letter_blocks(desk: Desk, volume: Volume, letter_id: str, language: str = "") -> tuple[Block, ...]:
    """The blocks of a letter version, in ``language`` or its first."""
    letter = volume.letter(letter_id)
    text = next((text for text in letter.texts if text.language == language), letter.texts[0])
    blocks = desk.shelf.blocks.get((letter_id, text.language))
    if blocks is None:
        body = volume.packet(letter_id).files[letter_file(text.language)].decode()
        blocks = desk.shelf.blocks[letter_id, text.language] = desk.letters.blocks(body, letter.blocks)
    return blocks


def paragraph_numbers(blocks: Iterable[Block]) -> Mapping[str, int]:
    """By block id: paragraphs, items and quotes count from 1, headings are 0."""
    numbers, count = {}, 0
    for block in blocks:
        count += block.kind != "heading"
        numbers[block.id] = 0 if block.kind == "heading" else count
    return numbers


def block_named(desk: Desk, volume: Volume, name: str) -> str:
    """The id of the block of the current text that is named by its id, or by its paragraph's number. Raises
    ``UsageError``."""
    numbers = paragraph_numbers(letter_blocks(desk, volume, current_letter(volume.state).id))
    found = [key for key, number in numbers.items() if name in (key, str(number or ""))]
    if not found:
        raise UsageError(N_("The text has no block {block}; “letter show” lists them."), block=name)
    return name if name in found else found[0]


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
    held, packet = admitted(desk, cls, dossier, files=files, signer=signer, time=time, seen=seen, **body)
    keep(desk, held, packet)
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
    return admitted(desk, cls, dossier, files=files, signer=signer, time=time, seen=seen, **body)[1]


def admitted(
    desk: Desk,
    cls: type[Statement],
    dossier: str,
    *,
    files: Mapping[str, bytes] | None = None,
    signer: Signer | None = None,
    time: str = "",
    seen: Sequence[str] = (),
    **body: Any,
) -> tuple[Held, Packet]:
    """Sign a new statement, and admit it as what arrives is admitted, without keeping it."""
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
    data = encode(statement)
    if body.get("reply") and len(data) > MOST_SEALED:
        raise Refused(TOO_LARGE)
    packet = read_packet(desk, desk.packets.build(data, files, statement.time, signer))
    return admit(packet, statement), packet


def keep(desk: Desk, held: Held, packet: Packet) -> None:
    """Put an admitted packet into the workspace."""
    kind = "newer" if isinstance(held.statement, Newer) else held.statement.type
    desk.store.put_packet(held.id, held.dossier, kind, packet.data, held.card(packet))


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
