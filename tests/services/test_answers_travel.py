"""What is signed: people, pictures and names within bounds, or nothing at all; and what must travel sealed afterwards."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from crsv_desk.domain.errors import DeskError, Refused, UsageError
from crsv_desk.domain.marks import Drawing, Mark
from crsv_desk.domain.paper import Person
from crsv_desk.domain.statements import Endorsement
from crsv_desk.services.answering import decline, latest_own, own_answers, withdraw
from crsv_desk.services.content import LOGO_BYTES, MARK_BYTES
from crsv_desk.services.identity import own_identity
from crsv_desk.services.remarks import comment
from tests.services.hands import holdings
from tests.services.world import DRAWN, Coalition, Office, coalition

ZIGZAG = Mark("strokes", drawing=Drawing((tuple((n * 10, n % 2 * 50_000) for n in range(9_000)),)))
ANANAS, BOSBES = NAMES = ("Stichting Ananas", "Vereniging Bosbes")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coalition]:
    """Each test has a partner of its own."""
    with coalition(tmp_path_factory.mktemp("answers"), NAMES) as found:
        yield found


@pytest.fixture
def partner(here: Coalition) -> Office:
    return here.world.partner(f"Organisatie {len(here.world.offices)}", here.letter, here.secretariat)


def picture(kind: str = "PNG", size: tuple[int, int] = (1_500, 1_500), **options: Any) -> bytes:
    output = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(output, kind, **options)
    return output.getvalue()


def signed(office: Office, statement: str) -> Endorsement:
    found = office.statement(statement)
    assert isinstance(found, Endorsement)
    return found


def test_six_people_sign_and_no_more(partner: Office) -> None:
    people = tuple(Person(f"Persoon {number}", "lid") for number in range(6))
    out = partner.endorse("all", people=people, acting="order", mandate="Besluit van 3 mei.")
    found = signed(partner, out.statement)
    assert [one.name for one in found.people] == [one.name for one in people]
    assert (found.acting, found.mandate) == ("order", "Besluit van 3 mei.")
    before = holdings(partner.desk)
    with pytest.raises(UsageError, match="six"):
        partner.endorse("all", people=(*people, Person("Nog een", "lid")))
    assert holdings(partner.desk) == before


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ({"people": (Person("A\u202eB", "lid"),)}, r"U\+202E.*the person's name"),
        ({"people": (Person("A\u200bB", "lid"),)}, r"U\+200B.*the person's name"),
        ({"people": (Person("A", "l\u2066id"),)}, r"U\+2066.*the role"),
        ({"people": (Person(" ", "lid"),)}, "Fill in the person's name"),
        ({"people": (Person("A" * 201, "lid"),)}, "Shorten the person's name"),
        ({"members": ("X\u00ad",)}, "the member's name"),
        ({"mandate": "a\u202eb"}, "the mandate"), ({"reservation": "x" * 20_001}, "Shorten the reservation"),
        ({"logo": b"<svg/>"}, "PNG or JPEG"), ({"mark": Mark("image", image=b"GIF89a")}, "PNG or JPEG"),
        ({"mark": ZIGZAG}, "draw a simpler one"),
    ],
)  # fmt: skip
def test_what_cannot_be_signed_is_named_and_nothing_is_signed(
    partner: Office, choice: dict[str, Any], says: str
) -> None:
    before = holdings(partner.desk)
    with pytest.raises(Refused, match=says):
        partner.endorse("all", **choice)
    assert holdings(partner.desk) == before


def test_a_name_in_any_script_is_fine(partner: Office) -> None:
    for name in ("Małgorzata Ó Súilleabháin", "نرگس محمدی", "می\u200cخواهم", "አበበ", "ေအာင်ဆန်း", "Jean-François d’Été"):
        out = partner.endorse("all", people=(Person(f"  {name} ", "lid"),))
        assert signed(partner, out.statement).people[0].name.split() == name.split()


def test_pictures_are_written_anew_within_their_bounds(partner: Office) -> None:
    exif = Image.Exif()
    exif[0x010E] = "thuis bij de directeur"
    out = partner.endorse("all", logo=picture("JPEG", exif=exif), mark=Mark("image", image=picture(size=(1_500, 500))))
    files = partner.volume().packets[out.statement].files
    assert set(files) == {"logo.png", "mark.png"}
    assert len(files["logo.png"]) <= LOGO_BYTES and len(files["mark.png"]) <= MARK_BYTES
    for data in files.values():
        assert data.startswith(b"\x89PNG") and b"thuis" not in data


def test_what_does_not_fit_a_sealed_file_is_refused_before_anything_is_kept(partner: Office) -> None:
    before = holdings(partner.desk)
    with pytest.raises(Refused, match="too large to seal"):
        partner.endorse("none", mandate="x" * 19_999, reservation="y" * 19_999, members=("z" * 200,) * 200)
    assert holdings(partner.desk)[partner.dossier] == before[partner.dossier]
    assert not partner.desk.store.documents(partner.dossier, "outbox")


def test_whatever_a_withheld_organisation_says_later_travels_sealed(partner: Office) -> None:
    partner.endorse("none")
    said = [
        comment(partner.desk, partner.dossier, "comment", "Een opmerking."),
        decline(partner.desk, partner.dossier, "Toch niet."),
    ]
    partner.endorse("none")
    said.append(withdraw(partner.desk, partner.dossier))
    # Even after an answer in the open: the sealed ones still stand beside it, for the open one may not name them.
    partner.endorse("all")
    said.append(comment(partner.desk, partner.dossier, "question", "En nu?"))
    assert all(out.sealed and partner.desk.packets.kind(out.data) == "sealed" for out in said)
    assert partner.organisation.lower().split()[0] not in " ".join(out.name for out in said)


def test_an_open_answer_never_names_a_sealed_one(partner: Office) -> None:
    hidden = partner.endorse("none")
    shown = partner.endorse("all")
    assert hidden.statement not in signed(partner, shown.statement).replaces
    assert hidden.statement.encode() not in shown.data
    # The sealed one may name the open one.
    again = partner.endorse("none")
    assert {hidden.statement, shown.statement} == set(signed(partner, again.statement).replaces)
    assert own_answers(partner.desk, partner.volume(), sealed=False) == ()


def test_taking_back_what_hides_its_person_ties_no_key_to_it(partner: Office) -> None:
    """A withdrawal is signed by the identity and names the endorsement by the key made for it alone."""
    out = partner.endorse("organisation", mark=DRAWN)
    one_time = signed(partner, out.statement).signer
    assert one_time != own_identity(partner.desk).fingerprint
    for back in (withdraw(partner.desk, partner.dossier), decline(partner.desk, partner.dossier, "Nee.")):
        assert back.sealed and out.statement.encode() not in back.data
        assert partner.desk.packets.kind(back.data) == "sealed"


def test_two_endorsements_of_the_organisation_only_share_no_key(partner: Office) -> None:
    keys = {signed(partner, partner.endorse("organisation").statement).signer for _ in range(2)}
    assert len(keys) == 2


def test_the_answer_that_stands_is_the_one_made_last(partner: Office) -> None:
    for _ in range(4):  # ids are random, so their order is not that of making
        partner.endorse("none")
        shown = partner.endorse("all")
        last = latest_own(partner.desk, partner.dossier)
        assert last is not None and last.id == shown.statement


def test_there_is_nothing_to_withdraw_before_an_answer(partner: Office) -> None:
    with pytest.raises(DeskError, match="nothing to withdraw"):
        withdraw(partner.desk, partner.dossier)
