"""What a large dossier amounts to, kept beside it, so that the next start has it at once.

It is made again whenever it may be another: it is believed only where this very code kept it, and together with what
was written since. Whatever it holds stands elsewhere in the workspace too, and it is gone when anything of the dossier is
destroyed. Losing it costs time alone.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from importlib.machinery import ModuleSpec
from importlib.util import MAGIC_NUMBER, find_spec
from pkgutil import iter_modules
from typing import Any

from crsv_desk import domain
from crsv_desk.domain.kept import Fold, pack, unpack
from crsv_desk.services.desk import Desk
from crsv_desk.services.shelf import Volume

LARGE = 1_000
"""Statements from which it is worth it: up to there a dossier opens in less than a third of what a person notices."""
FEW = 50
"""New statements that are looked at one by one; of more the whole fold is quicker."""
MANY = 1_000
"""Statements written since, of which fetching each costs more than reading everything."""
_SINCE = "written since it was kept"


def recall_fold(desk: Desk, dossier: str) -> tuple[Fold, Sequence[tuple[str, str]]] | None:
    """What was kept of a dossier, and what was written since, in that order: ("packet", statement id) or ("opening",
    entry). ``None`` where there is nothing, where other code kept it, or where too much was written.

    Nobody else writes in the encrypted workspace, whose pages are authenticated: so this is our own, and not
    ``untrusted_``."""
    found = desk.store.kept(dossier)
    if found is None:
        return None
    mark, data, written = found
    if len(written) > MANY or mark != _mark(data):
        return None
    return unpack(data), written


def keep_fold(desk: Desk, dossier: str, revision: int, volume: Volume) -> None:
    """Keep a large dossier, as it was at ``revision``, where the next start would have to read it whole."""
    if len(volume.held) >= LARGE and since_kept(volume) > FEW:
        data = pack(Fold(volume.held, volume.openings, volume.state))
        if desk.store.keep(dossier, revision, _mark(data), data):
            remember_kept(volume, 0)


def since_kept(volume: Volume) -> int:
    """How many statements the next start has to look at, each on its own, because they came after what was kept; where it
    would be all of them, too many."""
    return volume.once(_SINCE, lambda: MANY)


def remember_kept(volume: Volume, since: int) -> None:
    """The next start has it at once but for ``since`` statements."""
    volume.derived[_SINCE] = since


def _mark(data: bytes) -> str:
    """What tells this record, whole, from one that is damaged and from one that other code made."""
    return sha256(_code() + data).hexdigest()


@cache
def _code() -> bytes:
    """SHA-256 of all code on which a fold and its bytes rest, as it was when first asked for."""
    specs = [find_spec(f"{domain.__name__}.{module.name}") for module in iter_modules(domain.__path__)]
    return _code_of([*specs, find_spec(__name__)])


def _code_of(specs: Iterable[ModuleSpec | None]) -> bytes:
    found = sha256(MAGIC_NUMBER + sys.byteorder.encode())
    for spec in specs:
        assert spec is not None
        loader: Any = spec.loader
        try:
            data = loader.get_data(spec.origin)
        except OSError:  # a frozen program, which holds no source
            data = marshal.dumps(loader.get_code(spec.name))
        found.update(sha256(spec.name.encode()).digest() + sha256(data).digest())
    return found.digest()
