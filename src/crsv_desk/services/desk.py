"""An open workspace with everything that the services need: what the window and the command line hold."""

from __future__ import annotations

from dataclasses import dataclass, field

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
from crsv_desk.services.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Desk:
    """The ports, plugged in; and what was worked out of the workspace so far."""

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
    shelf: Shelf = field(default_factory=Shelf, repr=False)
