"""What was worked out of the workspace so far and is true until something is written: read again only where it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from crsv_desk.domain.admission import Held
from crsv_desk.domain.blocks import Block
from crsv_desk.domain.dossier import State
from crsv_desk.domain.openings import Opening
from crsv_desk.domain.packet import Packet
from crsv_desk.domain.statements import Letter

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Volume:
    """One dossier as held: its packets and openings, and the state that they amount to. While nothing is written it
    is the same object."""

    state: State
    packets: Mapping[str, Packet]
    """By statement id."""
    held: Mapping[str, Held]
    openings: Mapping[str, Opening]
    """By roster entry."""
    derived: dict[str, object] = field(default_factory=dict, repr=False)
    """What was worked out of this volume, by what it is."""

    def packet(self, statement_id: str) -> Packet:
        return self.packets[statement_id]

    def letter(self, letter_id: str) -> Letter:
        """A letter version held. Raises ``KeyError``."""
        statement = self.held[letter_id].statement
        assert isinstance(statement, Letter)
        return statement

    def once(self, what: str, work: Callable[[], T]) -> T:
        """The result of ``work``, done once for this volume. It must rest on the volume alone."""
        if what not in self.derived:
            self.derived[what] = work()
        return cast(T, self.derived[what])


class LazyPackets(Mapping[str, Packet]):
    """The packets of what is held, each read from the workspace when it is asked for."""

    def __init__(self, held: Mapping[str, Held], read: Callable[[str], Packet | None]) -> None:
        self._held, self._read = held, read

    def __getitem__(self, statement_id: str) -> Packet:
        packet = self._read(statement_id) if statement_id in self._held else None
        if packet is None:
            raise KeyError(statement_id)
        return packet

    def __contains__(self, statement_id: object) -> bool:
        return statement_id in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


@dataclass(slots=True)
class Shelf:
    """Shared by the threads of one program. Losing any of it costs time alone."""

    volumes: dict[str, tuple[int, Volume]] = field(default_factory=dict)
    """By dossier, with the workspace's revision at which it was read."""
    packets: dict[str, Packet] = field(default_factory=dict)
    """Verified in this run, by SHA-256 of the whole file."""
    blocks: dict[tuple[str, str], tuple[Block, ...]] = field(default_factory=dict)
    """Of letter versions, by id and language."""
    derived: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    """Parts of what was worked out of a dossier, by what they are and the dossier, each with what it rests on."""
    identities: dict[bytes, object] = field(default_factory=dict)
    """The workspace's own, ready to sign, by its certificate."""
