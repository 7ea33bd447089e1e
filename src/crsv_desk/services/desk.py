"""An open workspace with everything that the services need: what the window and the command line hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from crsv_desk.domain.packet import Packet
from crsv_desk.services.ports import (
    Clock,
    Files,
    Keys,
    Letters,
    Packets,
    Paper,
    Pictures,
    Randomness,
    Sealing,
    Store,
)


@dataclass(frozen=True, slots=True)
class Desk:
    """The ports, plugged in; and what was read so far, so that each packet is verified once a run."""

    store: Store
    packets: Packets
    keys: Keys
    sealing: Sealing
    letters: Letters
    pictures: Pictures
    paper: Paper
    files: Files
    clock: Clock
    randomness: Randomness
    verified: dict[bytes, Packet] = field(default_factory=dict, repr=False)
    volumes: dict[str, tuple[object, object]] = field(default_factory=dict, repr=False)
    """What ``book.open_volume`` made of a dossier, and of which revision of it."""
