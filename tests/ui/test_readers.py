"""Who withholds a name says in the window who may read it, and is told in words who will be able to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crsv_desk.domain.statements import Decline
from crsv_desk.services.answering import chosen_readers, latest_own, outgoing
from crsv_desk.services.attest import allow_voucher
from crsv_desk.services.drafting import load_draft, save_draft
from crsv_desk.services.identity import own_identity
from crsv_desk.services.publish import publish
from crsv_desk.ui.letter.comment import CommentPage
from crsv_desk.ui.letter.decline import DeclineDialog
from crsv_desk.ui.letter.endorse import EndorsePage
from tests.services.world import LEAD, Coalition, Office, coalition
from tests.ui.bench import Bench, grab

Sit = Callable[..., Bench]
VOUCHER, HIDDEN, OTHER = NAMES = ("Netwerk Borg & Co", "Overlevenden Oost", "Stichting Ananas")


@pytest.fixture
def vouched(tmp_path: Path) -> Iterator[Coalition]:
    """A letter that names a voucher beside the secretariat as one who may open withheld answers."""
    with coalition(tmp_path / "world", NAMES) as found:
        sec, voucher = found.secretariat, found.partners[VOUCHER]
        found.signed([VOUCHER])
        allow_voucher(sec.desk, sec.dossier, VOUCHER, 2)
        recipient = voucher.desk.sealing.recipient(own_identity(voucher.desk).age_secret)
        file = publish(sec.desk, sec.dossier, vouchers=[(VOUCHER, recipient)])
        for office in found.partners.values():
            office.take(file)
        yield found


def _choose(bench: Bench, office: Office, choice: str) -> EndorsePage:
    page = bench.go("endorse", office.dossier)
    assert isinstance(page, EndorsePage)
    bench.tab_to("Name, role and organisation")
    bench.press(*["Down"] * ("Name", "The or", "Nothing").index(choice))
    bench.press("Space")
    return page


def _sign(bench: Bench) -> None:
    bench.tab_to("I may sign on behalf of")
    bench.press("Space")
    bench.press("Ctrl+Return")
    bench.settle()


def test_everybody_whom_the_letter_names_may_read_unless_chosen_otherwise(vouched: Coalition, sit: Sit) -> None:
    hidden = vouched.partners[HIDDEN]
    bench = sit(hidden.desk)
    _choose(bench, hidden, "Nothing")
    assert f"Only {LEAD}, {VOUCHER} can open your answer and know that it is yours." in bench.words()
    grab(bench.window, "readers")
    _sign(bench)
    out = latest_own(hidden.desk, hidden.dossier)
    assert out is not None
    data = outgoing(hidden.desk, hidden.dossier, out.id)
    assert data is not None
    assert [one.outcome for one in vouched.secretariat.take(data.data)] == ["held apart"]
    assert [one.outcome for one in vouched.partners[VOUCHER].take(data.data)] == ["new"]


def test_the_voucher_alone_can_be_chosen_and_the_file_goes_there(vouched: Coalition, sit: Sit) -> None:
    hidden = vouched.partners[HIDDEN]
    bench = sit(hidden.desk)
    _choose(bench, hidden, "Nothing")
    bench.tab_to(LEAD)
    bench.press("Space")
    assert f"Only {VOUCHER} can open your answer and know that it is yours." in bench.words()
    _sign(bench)
    assert chosen_readers(hidden.desk, hidden.dossier) == ["voucher"]
    assert f"Send this file straight to {VOUCHER}." in bench.words()
    out = latest_own(hidden.desk, hidden.dossier)
    assert out is not None
    data = outgoing(hidden.desk, hidden.dossier, out.id)
    assert data is not None
    assert [one.outcome for one in vouched.secretariat.take(data.data)] == ["sealed to others"]
    # What is said later goes to the same, and the page says so and leaves no other choice.
    page = bench.go("comment", hidden.dossier)
    assert isinstance(page, CommentPage)
    assert page.sealed.isChecked() and not page.sealed.isEnabled()
    assert page.sealed.accessibleName() == f"Only {VOUCHER} may know that this is from us"


def test_somebody_must_be_able_to_open_it(vouched: Coalition, sit: Sit) -> None:
    hidden = vouched.partners[HIDDEN]
    bench = sit(hidden.desk)
    page = _choose(bench, hidden, "Nothing")
    for name in (LEAD, VOUCHER):
        bench.tab_to(name)
        bench.press("Space")
    assert "Nobody could open your answer; tick at least one." in bench.words()
    _sign(bench)
    assert latest_own(hidden.desk, hidden.dossier) is None
    assert bench.focus is page.visibility.readers.ticks["secretariat"]


def test_of_the_organisation_alone_only_the_secretariat_reads_who_signed(vouched: Coalition, sit: Sit) -> None:
    hidden = vouched.partners[HIDDEN]
    bench = sit(hidden.desk)
    page = _choose(bench, hidden, "The or")
    assert f"Only {LEAD} can read your name and role." in bench.words()
    assert not any(tick.isVisible() for tick in page.visibility.readers.ticks.values())
    page.visibility.choices[0].click()
    assert not page.visibility.readers.isVisible()


def test_what_was_chosen_before_is_what_is_ticked(vouched: Coalition, sit: Sit) -> None:
    hidden = vouched.partners[HIDDEN]
    hidden.endorse("none", readers=("voucher",))
    page = _choose(sit(hidden.desk), hidden, "Nothing")
    assert page.visibility.roles == ("voucher",)


def test_signing_again_says_who_can_open_it(vouched: Coalition, sit: Sit) -> None:
    hidden, sec = vouched.partners[HIDDEN], vouched.secretariat
    hidden.endorse("none", readers=("voucher",))
    draft = load_draft(sec.desk, sec.dossier)
    assert draft is not None
    save_draft(sec.desk, draft.with_body(draft.language, draft.body.replace("drie dingen", "vier dingen")))
    hidden.take(publish(sec.desk, sec.dossier))
    bench = sit(hidden.desk)
    bench.go("changes", hidden.dossier)
    assert f"Only {VOUCHER} can open your answer and know that it is yours." in bench.words()


def test_a_decline_can_be_sealed(vouched: Coalition, sit: Sit) -> None:
    other = vouched.partners[OTHER]
    bench = sit(other.desk)
    bench.go("endorse", other.dossier)
    bench.push("No, or not yet…")
    dialog = bench.top
    assert isinstance(dialog, DeclineDialog)
    bench.tab_to(f"Only {LEAD}, {VOUCHER} may know that this is from us")
    bench.press("Space")
    bench.push("Answer “we do not sign”")
    out = latest_own(other.desk, other.dossier)
    assert out is not None
    assert isinstance(out.statement, Decline)
    assert out.statement.reply
