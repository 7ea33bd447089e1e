"""Taking in many files costs what they are worth: a dossier is not worked out again for each of them, and nothing is
looked at twice."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from PIL import Image

from crsv_desk.domain.errors import Cancelled, Refused
from crsv_desk.domain.fold import fold
from crsv_desk.domain.progress import Step
from crsv_desk.letters.pictures import SafePictures
from crsv_desk.services import book
from crsv_desk.services.receive import Untrusted, receive
from tests.services.world import Coalition, coalition

PARTNERS = tuple(f"Organisatie {number}" for number in range(8))


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coalition]:
    with coalition(tmp_path_factory.mktemp("many"), PARTNERS) as made:
        yield made


@dataclass
class Counting(SafePictures):
    """Pictures, and how often one was looked at."""

    looked: int = 0

    def check(self, untrusted_data: bytes) -> None:
        self.looked += 1
        super().check(untrusted_data)

    def normalise(self, untrusted_data: bytes, largest: tuple[int, int], most_bytes: int) -> bytes:
        raise AssertionError("wrote a picture anew that only had to be looked at")


def logo(number: int) -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (60, 20), (number, 0, 0)).save(output, "PNG")
    return output.getvalue()


@pytest.fixture
def folds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Dossiers, each time that one is worked out."""
    done: list[str] = []

    def counted(dossier: str, *arguments: object) -> object:
        done.append(dossier)
        return fold(dossier, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(book, "fold", counted)
    return done


def test_answers_are_looked_at_once_and_the_dossier_worked_out_a_few_times(here: Coalition, folds: list[str]) -> None:
    answers = [
        Untrusted(name, here.partners[name].endorse("all", logo=logo(number)).data)
        for number, name in enumerate(PARTNERS)
    ]
    pictures = Counting()
    desk = replace(here.secretariat.desk, pictures=pictures)
    folds.clear()
    assert [one.outcome for one in receive(desk, answers)] == ["held apart"] * len(PARTNERS)
    assert pictures.looked == len(PARTNERS)
    assert len(folds) <= 3
    assert [one.outcome for one in receive(desk, [*answers, *answers])] == ["held apart"] * 2 * len(PARTNERS)
    assert pictures.looked == len(PARTNERS)


def test_openings_are_taken_in_together(here: Coalition, folds: list[str]) -> None:
    volume = here.secretariat.volume()
    openings = [one.encode() for one in volume.openings.values()]
    assert len(openings) >= len(PARTNERS)
    partner = here.partners[PARTNERS[0]]
    folds.clear()
    outcomes = [one.outcome for one in partner.take(partner.desk.packets.bundle(openings))]
    assert outcomes == ["new"] * len(openings)
    assert len(folds) <= 2
    assert set(partner.volume().openings) == set(volume.openings)


@pytest.mark.parametrize("untrusted", [b"", b"GIF89a", logo(1)[:60], logo(1)[:40], b"\xff\xd8\xff\xe0"], ids=range(5))
def test_a_picture_that_is_none_is_refused_without_writing_it_anew(untrusted: bytes) -> None:
    SafePictures().check(logo(1))
    for verb in (SafePictures().check, lambda data: SafePictures().normalise(data, (100, 100), 10_000)):
        with pytest.raises(Refused):
            verb(untrusted)


def test_a_batch_can_be_cancelled_at_every_step_and_then_nothing_of_it_is_kept(here: Coalition) -> None:
    office = here.secretariat
    files = [Untrusted(f"{name}.crsv", one.endorse("all").data) for name, one in here.partners.items()]
    before = office.volume().held
    at, last = 0, False
    while not last:
        steps: list[Step] = []

        def report(step: Step, steps: list[Step] = steps, latest: int = at) -> None:
            steps.append(step)
            if len(steps) > latest:
                raise Cancelled

        with pytest.raises(Cancelled):
            receive(office.desk, files, report)
        assert office.volume().held == before
        at, last = at + 1, steps[-1].done == steps[-1].total
    told = [(one.done, one.total) for one in steps]
    assert told == sorted(told) and len(steps) == 2 * len(files) + 2
    assert [one.outcome for one in receive(office.desk, files)] == ["held apart"] * len(files)
