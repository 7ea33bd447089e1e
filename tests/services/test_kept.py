"""What is kept of a large dossier for the next start: it is what everything held amounts to, or it is not believed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.machinery import ModuleSpec, SourcelessFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from py_compile import compile as compile_to
from random import Random
from shutil import copytree, ignore_patterns

import pytest
from hypothesis import HealthCheck, example, given, settings

import crsv_desk
from crsv_desk.app.compose import assemble
from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.kept import Fold, pack
from crsv_desk.services import book, kept
from crsv_desk.services.book import open_volume
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import load_draft, save_draft
from crsv_desk.services.erase import erase
from crsv_desk.services.keeping import keep_folds
from crsv_desk.services.kept import keep_fold, recall_fold, since_kept
from crsv_desk.services.publish import Partner, add_members, publish
from crsv_desk.services.receive import Untrusted, receive
from crsv_desk.services.remarks import comment, list_remarks
from crsv_desk.services.settling import settle
from crsv_desk.services.shelf import Shelf, Volume
from crsv_desk.storage import Workspace
from tests.services.histories import LAPTOPS, Move, history
from tests.services.test_histories_converge import (
    READERS,
    cut,
    erased_letter,
    everything_once,
    in_memory,
    moves,
    parcels,
    seeds,
    signed_twice,
    station,
)
from tests.services.world import Coalition, Office, coalition

ANANAS, BOSBES = "Stichting Ananas", "Vereniging Bosbes"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Coalition]:
    """A letter with answers and remarks, for which every size is large."""
    monkeypatch.setattr(kept, "LARGE", 1)
    with coalition(tmp_path, [ANANAS, BOSBES]) as found:
        found.signed([ANANAS])
        for text in ("Een vraag.", "Een Opmerking Die Weg Moet."):
            comment(found.secretariat.desk, found.secretariat.dossier, "comment", text)
        yield found


def started_anew(desk: Desk) -> Desk:
    """The same workspace after another start of the program."""
    return replace(desk, shelf=Shelf())


def read_whole(desk: Desk, dossier: str) -> Volume:
    """What everything held amounts to, whatever was kept."""
    return book._volume(desk, dossier, book._by_id(book._all_held(desk, dossier)), book._all_openings(desk, dossier))


def same(one: Volume, other: Volume) -> bool:
    return (one.state, one.held, one.openings) == (other.state, other.held, other.openings)


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The dossiers of which every card was read."""
    found: list[str] = []
    cards = Workspace.cards
    monkeypatch.setattr(Workspace, "cards", lambda store, dossier: found.append(dossier) or cards(store, dossier))  # type: ignore[func-returns-value]
    return found


def test_the_next_start_reads_no_cards(here: Coalition, whole: list[str]) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    keep_folds(desk)
    before = open_volume(desk, dossier)
    whole.clear()
    after = open_volume(started_anew(desk), dossier)
    assert same(after, before) and not whole
    assert list(after.held) == list(before.held), "in the same order"
    assert after.packet(dossier).statement == before.packet(dossier).statement


def test_only_a_large_dossier_is_kept(here: Coalition, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    monkeypatch.setattr(kept, "LARGE", len(open_volume(desk, dossier).held) + 1)
    keep_folds(desk)
    assert desk.store.kept(dossier) is None
    monkeypatch.setattr(kept, "LARGE", len(open_volume(desk, dossier).held))
    keep_folds(desk)
    assert desk.store.kept(dossier) is not None


def more_remarks(here: Coalition, office: Office) -> None:
    for number in range(kept.FEW + 3):
        comment(office.desk, office.dossier, "comment", f"Nog {number}.")


def settled(here: Coalition, office: Office) -> None:
    row = list_remarks(office.desk, office.dossier)[0]
    settle(office.desk, office.dossier, row.statement, "declined", "Nee.")


def endorsed(here: Coalition, office: Office) -> None:
    office.take(here.partners[BOSBES].endorse("all").data)


def confirmed(here: Coalition, office: Office) -> None:
    endorsed(here, office)
    here.confirmed(BOSBES)


def withheld(here: Coalition, office: Office) -> None:
    office.take(here.partners[BOSBES].endorse("organisation").data)
    here.confirmed(BOSBES)


def published(here: Coalition, office: Office) -> None:
    draft = load_draft(office.desk, office.dossier)
    assert draft is not None
    save_draft(office.desk, replace(draft, body=draft.body + "\nEn nog iets.\n"))
    publish(office.desk, office.dossier)


def asked(here: Coalition, office: Office) -> None:
    add_members(office.desk, office.volume(), [Partner("Fonds Citroen")], lead="")


def replaced(here: Coalition, office: Office) -> None:
    """Another packet in the place of one: what is held names it."""
    key, one = next((key, one) for key, one in office.volume().held.items() if one.organisation == ANANAS)
    packet = office.volume().packet(key)
    card = replace(one, packet="f" * 64).card(packet)
    office.desk.store.put_packet(key, office.dossier, "endorsement", packet.data, card)


def erased(here: Coalition, office: Office) -> None:
    erase(office.desk, office.dossier, [list_remarks(office.desk, office.dossier)[0].statement])


def opening_lost(here: Coalition, office: Office) -> None:
    office.desk.store.delete_document(office.dossier, "opening", next(iter(office.volume().openings)))


def undone(here: Coalition, office: Office) -> None:
    with pytest.raises(RuntimeError), office.desk.store.atomic():
        endorsed(here, office)
        keep_folds(office.desk)
        raise RuntimeError


WRITES: tuple[Callable[[Coalition, Office], None], ...] = (
    more_remarks, settled, endorsed, confirmed, withheld, published, asked, replaced, erased, opening_lost, undone,
)  # fmt: skip


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
def test_whatever_was_written_since_is_seen(here: Coalition, write: Callable[[Coalition, Office], None]) -> None:
    office = here.secretariat
    keep_folds(office.desk)
    before = open_volume(office.desk, office.dossier)
    write(here, office)
    everything = read_whole(office.desk, office.dossier)
    assert same(everything, before) == (write is undone)
    assert same(open_volume(started_anew(office.desk), office.dossier), everything)


def test_what_is_quickly_brought_up_to_date_is_not_kept_again(here: Coalition, whole: list[str]) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    keep_folds(desk)
    for number in range(3):
        comment(desk, dossier, "comment", f"Nog {number}.")
    settled(here, here.secretariat)
    keep_folds(desk)
    found = desk.store.kept(dossier)
    assert found is not None and len(found[2]) == 4
    whole.clear()
    anew = started_anew(desk)
    assert since_kept(open_volume(anew, dossier)) == 4 and not whole
    keep_folds(anew)
    assert desk.store.kept(dossier) == found
    more_remarks(here, here.secretariat)
    open_volume(desk, dossier)
    keep_folds(desk)
    assert desk.store.kept(dossier) != found
    assert recall_fold(desk, dossier) == (*recall_fold(desk, dossier)[:1], []), "nothing since"  # type: ignore[index]


def test_nothing_is_kept_of_what_somebody_has_written_to_meanwhile(here: Coalition) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    open_volume(desk, dossier)
    revision, volume = desk.shelf.volumes[dossier]
    comment(desk, dossier, "comment", "Nog een.")
    keep_fold(desk, dossier, revision, volume)
    assert desk.store.kept(dossier) is None
    keep_folds(desk)
    assert same(open_volume(started_anew(desk), dossier), read_whole(desk, dossier)) and said(desk, dossier)


def test_a_full_disk_is_nobodys_error(here: Coalition, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_what: object) -> bool:
        raise DeskError("There is no room left on the disk.")

    monkeypatch.setattr(Workspace, "keep", full)
    keep_folds(here.secretariat.desk)


def test_what_was_erased_is_nowhere_in_it(here: Coalition) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    [row] = [one for one in list_remarks(desk, dossier) if "Weg Moet" in one.text]
    keep_folds(desk)
    assert "Weg Moet" in said(desk, dossier)
    with pytest.raises(RuntimeError), desk.store.atomic():
        erase(desk, dossier, [row.statement])
        assert desk.store.kept(dossier) is None, "at once, in the same transaction"
        raise RuntimeError
    assert "Weg Moet" in said(desk, dossier), "nothing was erased"
    erase(desk, dossier, [row.statement])
    assert desk.store.kept(dossier) is None
    open_volume(desk, dossier)
    keep_folds(desk)
    assert "Weg Moet" not in said(desk, dossier) and "Een vraag." in said(desk, dossier)


def said(desk: Desk, dossier: str) -> str:
    found = recall_fold(desk, dossier)
    assert found is not None
    return repr(found)


@pytest.mark.parametrize("damage", ["cut off", "empty", "a bit", "added to", "of another", "mark"])
def test_a_damaged_one_is_thrown_away_and_made_anew(here: Coalition, whole: list[str], damage: str) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    keep_folds(desk)
    before, good = open_volume(desk, dossier), desk.store.kept(dossier)
    assert good is not None
    mark, data, _written = good
    other = pack(Fold(before.held, before.openings, replace(before.state, title="Een andere")))
    mark, data = {
        "cut off": (mark, data[:-9]), "empty": (mark, b""), "added to": (mark, data + b"\0"), "of another": (mark, other),
        "a bit": (mark, data[:40] + bytes([data[40] ^ 1]) + data[41:]), "mark": ("", data),
    }[damage]  # fmt: skip
    assert desk.store.keep(dossier, desk.store.revision(dossier), mark, data)
    whole.clear()
    anew = started_anew(desk)
    assert same(open_volume(anew, dossier), before) and whole == [dossier]
    keep_folds(anew)
    assert desk.store.kept(dossier) == good


def test_what_other_code_kept_is_not_believed(
    here: Coalition, whole: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    with monkeypatch.context() as earlier:
        earlier.setattr(kept, "_code", lambda: b"an earlier version")
        keep_folds(desk)
    whole.clear()
    anew = started_anew(desk)
    open_volume(anew, dossier)
    assert whole == [dossier]
    keep_folds(anew)
    whole.clear()
    open_volume(started_anew(desk), dossier)
    assert not whole


def test_any_changed_line_of_the_rules_makes_it_other_code(tmp_path: Path) -> None:
    source = Path(crsv_desk.__file__).parent
    copytree(source, tmp_path / "crsv_desk", ignore=ignore_patterns("ui", "pdf", "cli", "__pycache__"))
    rules = sorted((tmp_path / "crsv_desk" / "domain").glob("*.py"))
    assert len(rules) > 30

    def code() -> list[str]:
        """As each of the rules says something else, by turns."""
        script = (
            "import sys\nfrom pathlib import Path\nfrom crsv_desk.services import kept\n"
            "for path in ['', *sys.argv[1:], '']:\n"
            "    before = Path(path).read_bytes() if path else b''\n"
            "    path and Path(path).write_bytes(before.replace(b'import', b'Import', 1) + b' ')\n"
            "    kept._code.cache_clear()\n    print(kept._code().hex())\n"
            "    path and Path(path).write_bytes(before)\n"
        )
        changed = [path for path in rules if path.name != "__init__.py"]
        changed.append(tmp_path / "crsv_desk" / "services" / "kept.py")
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-c", script, *map(str, changed)],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
        )
        return done.stdout.split()

    first, *each, last = code()
    assert first == last == kept._code().hex(), "the same wherever it lies"
    assert len({first, *each}) == len(rules) + 1


class Frozen:
    """Holds code, and no file that it came from."""

    def __init__(self, source: str) -> None:
        self._source = source

    def get_data(self, path: str) -> bytes:
        raise FileNotFoundError(path)

    def get_code(self, name: str) -> object:
        return compile(self._source, name, "exec")


def test_a_program_without_sources_knows_its_code_too(tmp_path: Path) -> None:
    def bare(source: str) -> bytes:
        (tmp_path / "rule.py").write_text(source, encoding="utf-8")
        path = str(tmp_path / "rule.pyc")
        compile_to(str(tmp_path / "rule.py"), path, dfile="rule.py", doraise=True)
        return kept._code_of([spec_from_file_location("rule", path, loader=SourcelessFileLoader("rule", path))])

    def frozen(source: str) -> bytes:
        return kept._code_of([ModuleSpec("rule", Frozen(source), origin="rule.pyc")])  # type: ignore[arg-type]

    for code in (bare, frozen):
        assert code("x = 1") == code("x = 1") != code("x = 2")


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(moves, seeds)
@example(everything_once, 1)
@example(erased_letter, 2)
@example(signed_twice, 1)
def test_in_every_history_what_was_kept_and_what_came_since_is_all_of_it(steps: list[Move], seed: int) -> None:
    """Kept and started anew at any moment, whatever comes in."""
    made, random = history(steps), Random(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "LARGE", 1)
        patch.setattr(kept, "FEW", 3)
        patch.setattr(book, "FEW", 3)
        desk = station(random.choice((LAPTOPS[0], READERS[0])), in_memory(), made.dossier).desk
        for batch in cut(list(parcels(desk, [*made.pieces, *made.pieces], random)), random):
            receive(desk, [Untrusted(str(at), data) for at, data in enumerate(batch)])
            if made.dossier in desk.store.dossiers():
                if random.random() < 0.4:
                    keep_folds(desk)
                if random.random() < 0.4:
                    desk = started_anew(desk)
                assert same(open_volume(desk, made.dossier), read_whole(desk, made.dossier))


def test_a_workspace_that_is_closed_and_opened_has_it(here: Coalition, whole: list[str]) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    keep_folds(desk)
    comment(desk, dossier, "comment", "Nog een.")
    before = open_volume(desk, dossier)
    assert isinstance(desk.store, Workspace)
    desk.store.close()
    whole.clear()
    again = Workspace.open(desk.store._path.parent, desk.store._key)
    assert same(open_volume(assemble(again), dossier), before) and not whole
    again.close()
