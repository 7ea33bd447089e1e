"""A form that one fills in and another signs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.paper import Person
from crsv_desk.domain.prepared import decode_prepared
from crsv_desk.domain.statements import Endorsement
from crsv_desk.services.endorse import Choice, endorse
from crsv_desk.services.identity import own_identity
from crsv_desk.services.prepared import (
    own_form_aside,
    prepare_for_colleague,
    prepared_choice,
    take_own_back,
    take_prepared,
    waiting_form,
)
from tests.services.world import coalition

ANANAS, BOSBES = "Stichting Ananas", "Vereniging Bosbes"


def test_the_director_signs_what_the_drafter_prepared(tmp_path: Path) -> None:
    with coalition(tmp_path, (ANANAS, BOSBES)) as here:
        drafter = here.partners[ANANAS]
        director = here.world.partner(ANANAS, here.letter, here.secretariat)
        dossier = here.secretariat.dossier
        people = (Person("A. Directeur", "directeur"), Person("B. Voorzitter", "voorzitter"))
        form = prepare_for_colleague(
            drafter.desk, dossier,
            Choice("all", people, mandate="Besluit van 12 mei", reservation="Mits.", corrections=True),
        )  # fmt: skip
        assert not any(isinstance(one.statement, Endorsement) for one in drafter.volume().held.values())
        with pytest.raises(UsageError):
            prepared_choice(director.desk, dossier, "all")
        [verdict] = director.take(form)
        assert (verdict.outcome, verdict.kind) == ("new", "prepared")
        choice = prepared_choice(director.desk, dossier, "all")
        assert not choice.corrections and choice.mark is None  # never chosen for somebody else
        here.secretariat.take(endorse(director.desk, dossier, choice).data)
        [held] = [one for one in here.secretariat.volume().held.values() if isinstance(one.statement, Endorsement)]
        assert isinstance(held.statement, Endorsement) and held.statement.signer == director.fingerprint
        assert [one.name for one in held.statement.people] == ["A. Directeur", "B. Voorzitter"]
        assert held.statement.mandate == "Besluit van 12 mei"
        assert [one.outcome for one in here.partners[BOSBES].take(form)] == ["refused"]
        assert [one.outcome for one in here.world.office(ANANAS).take(form)] == ["refused"]
        assert [one.outcome for one in director.take(form.replace(b"Mits.", b"Mits!"))] == ["new"]  # nobody signed it
        assert [one.outcome for one in director.take(form.replace(b"acting", b"actinq"))] == ["refused"]
        assert decode_prepared(form).people[0].name == "A. Directeur"


def test_a_prepared_form_takes_the_place_of_no_other_unasked(tmp_path: Path) -> None:
    with coalition(tmp_path, (ANANAS, BOSBES)) as here:
        drafter = here.partners[ANANAS]
        director = here.world.partner(ANANAS, here.letter, here.secretariat)
        desk, dossier = director.desk, here.secretariat.dossier

        def form() -> dict[str, object]:
            found = json.loads(desk.store.documents(dossier, "draft")["endorsement"])
            assert isinstance(found, dict)
            return found

        own = own_identity(desk)
        usual = {"name": own.person, "role": own.role, "note": ""}
        desk.store.put_document(dossier, "draft", "endorsement", json.dumps(usual).encode())
        people = (Person("A. Directeur", "directeur"),)
        director.take(prepare_for_colleague(drafter.desk, dossier, Choice("all", people, mandate="Eerste")))
        assert form()["note"] == "Eerste", "nothing was begun: it is filled in"
        assert waiting_form(desk, dossier) is None and not own_form_aside(desk, dossier)

        desk.store.put_document(dossier, "draft", "endorsement", json.dumps({**usual, "note": "Van mij"}).encode())
        director.take(prepare_for_colleague(drafter.desk, dossier, Choice("all", people, mandate="Tweede")))
        assert form()["note"] == "Van mij"
        waits = waiting_form(desk, dossier)
        assert waits is not None and waits.mandate == "Tweede"
        take_prepared(desk, dossier)
        assert form()["note"] == "Tweede" and own_form_aside(desk, dossier) and waiting_form(desk, dossier) is None
        take_own_back(desk, dossier)
        assert form()["note"] == "Van mij" and not own_form_aside(desk, dossier)
        assert prepared_choice(desk, dossier, "all").mandate == "Tweede", "for the command line it stays at hand"
