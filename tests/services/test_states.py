"""Every state of an organisation in the overview, from real files between workspaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from crsv_desk.domain.errors import UsageError
from crsv_desk.services.answering import decline, withdraw
from crsv_desk.services.attest import allow_voucher, attest
from crsv_desk.services.drafting import load_draft, save_draft
from crsv_desk.services.later import answer_later
from crsv_desk.services.overview import STANDINGS, status, summary
from crsv_desk.services.publish import publish
from crsv_desk.services.readiness import readiness
from crsv_desk.services.remarks import comment, list_remarks
from tests.services.world import LEAD, Coalition, Office, coalition

NAMES = tuple(f"Stichting {letter}" for letter in "ABCDEFGHIJKL")
(
    ASKED, READING, WAITING, REMARKING, BOTH, SIGNED, RESERVED, OLDER, DECLINED, WITHDRAWN, DECLARED, WITHHELD
) = NAMES  # fmt: skip
LATER = "2026-06-12"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coalition]:
    """One letter in its second version, and an organisation in each state."""
    with coalition(tmp_path_factory.mktemp("states"), NAMES) as found:
        sec = found.secretariat
        found.answered(OLDER, found.partners[OLDER].endorse("all"))
        draft = load_draft(sec.desk, sec.dossier)
        assert draft is not None
        save_draft(sec.desk, replace(draft, front={**draft.front, "subject": "Over iets anders"}))
        file = publish(sec.desk, sec.dossier)
        for office in found.partners.values():
            office.take(file)
        sec.endorse("all")
        one = found.partners
        found.answered(READING, answer_later(one[READING].desk, sec.dossier, text="Wij lezen."))
        found.answered(WAITING, answer_later(one[WAITING].desk, sec.dossier, LATER, sealed=True))
        found.answered(REMARKING, comment(one[REMARKING].desk, sec.dossier, "comment", "Graag een bron."))
        found.answered(BOTH, answer_later(one[BOTH].desk, sec.dossier, LATER))
        sec.take(comment(one[BOTH].desk, sec.dossier, "question", "Waarom?").data)
        found.answered(SIGNED, answer_later(one[SIGNED].desk, sec.dossier, LATER))
        found.answered(SIGNED, one[SIGNED].endorse("all"))
        found.answered(RESERVED, one[RESERVED].endorse("all", reservation="Mits."))
        found.answered(DECLINED, decline(one[DECLINED].desk, sec.dossier, "Geen mandaat."))
        found.answered(WITHDRAWN, one[WITHDRAWN].endorse("all"))
        sec.take(withdraw(one[WITHDRAWN].desk, sec.dossier, "Toch niet.").data)
        attest(sec.desk, sec.dossier, DECLARED, "endorse", "phone", "2026-05-21")
        found.answered(WITHHELD, one[WITHHELD].endorse("none"))
        stranger = found.world.office("Vreemden")
        stranger.dossier = sec.dossier
        stranger.take(file)
        sec.take(stranger.endorse("all").data)
        allow_voucher(sec.desk, sec.dossier, SIGNED, 2)
        packet = attest(one[SIGNED].desk, sec.dossier, "", "endorse", "message", "2026-05-21", b"", 2)
        sec.take(packet.data)
        yield found


@pytest.mark.parametrize(
    ("name", "standing"),
    [
        (ASKED, "invited"), (READING, "opened"), (WAITING, "opened"), (REMARKING, "remarks"), (BOTH, "remarks"),
        (RESERVED, "conditional"), (OLDER, "endorsed an older version"), (DECLINED, "declined"),
        (WITHDRAWN, "withdrawn"), (DECLARED, "attested"), (WITHHELD, "endorsed"), (LEAD, "endorsed"),
        ("Vreemden", "unconfirmed"),
    ],
)  # fmt: skip
def test_its_state(here: Coalition, name: str, standing: str) -> None:
    assert here.secretariat.status()[name].standing == standing


def test_every_state_stands_here(here: Coalition) -> None:
    rows = status(here.secretariat.desk, here.secretariat.dossier)
    assert {one.standing for one in rows} == set(STANDINGS)
    signed = {one.standing for one in rows if one.organisation == SIGNED}
    assert signed == {"endorsed", "vouched"}


def test_withheld_is_a_state_beside_it(here: Coalition) -> None:
    rows = here.secretariat.status()
    assert (rows[WITHHELD].withheld, rows[WITHHELD].visible) == (True, "none")
    assert [one.organisation for one in rows.values() if one.withheld and not one.vouched] == [WITHHELD]


def test_who_opened_it_says_when_an_answer_comes_and_is_no_remark(here: Coalition) -> None:
    rows = here.secretariat.status()
    assert (rows[READING].later, rows[READING].remarks, rows[READING].version) == ("", 0, 2)
    assert (rows[WAITING].later, rows[WAITING].remarks, rows[WAITING].withheld) == (LATER, 0, False)
    assert (rows[BOTH].later, rows[BOTH].remarks) == (LATER, 1)
    assert (rows[SIGNED].later, rows[SIGNED].remarks) == ("", 0)
    assert rows[ASKED].version == 0 and not rows[ASKED].time
    assert rows[REMARKING].version == 2 and rows[REMARKING].time, "when it was heard last"


def test_a_notice_asks_nothing_of_the_secretariat(here: Coalition) -> None:
    sec = here.secretariat
    states = {one.organisation: one.state for one in list_remarks(sec.desk, sec.dossier) if one.kind == "comment"}
    assert states == {READING: "notice", WAITING: "notice", BOTH: "notice", SIGNED: "notice", REMARKING: "open"}
    assert summary(sec.desk, sec.dossier).open_remarks == 2
    missing = {one.kind: one for one in readiness(sec.desk, sec.dossier).missing}
    assert missing["remarks"].title.startswith("2 ")
    assert missing["silent"].title.startswith("5 "), "whoever opened it has not answered yet"


def test_a_day_must_be_one(here: Coalition) -> None:
    office: Office = here.partners[ASKED]
    with pytest.raises(UsageError):
        answer_later(office.desk, office.dossier, "volgende week")
