"""Two laptops of one secretariat on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import New
from tests.cli.runner import LEAD, LETTER, PARTNER, Cli

PROPOSED = "Geld voor alle vredesorganisaties."


@pytest.fixture
def second(new: New, sec: Cli, published: str) -> Cli:
    """A colleague's laptop that holds everything, codes compared."""
    cli = new("second")
    cli.json("init", "--organisation", LEAD, "--person", "C. Citroen", "--role", "medewerker")
    cli.json("identity", "--card", "card.json")
    code = cli.json("identity")["code"]
    sec.json("letter", "colleague", published, "--card", "card.json", "--code", code, "--out", "colleagues.age")
    cli.json("receive", "colleagues.age")
    cli.json("confirm", LEAD, "--code", sec.json("identity")["code"])
    return cli


def give(one: Cli, other: Cli, letter: str) -> None:
    one.json("letter", "colleague", letter, "--out", "colleagues.age")
    other.json("receive", "colleagues.age")


def test_words_taken_over_on_one_laptop_are_not_forgotten_on_the_other(
    sec: Cli, second: Cli, partner: Cli, published: str, tmp_path: Path
) -> None:
    partner.json("comment", published, "--block", "2", "--proposal", PROPOSED, "--out", "voorstel.crsv")
    sec.json("receive", "voorstel.crsv")
    sec.json("confirm", PARTNER, "--code", partner.json("identity")["code"])
    [row] = sec.json("remarks", published)
    sec.json("settle", published, row["statement"][:12], "--taken")
    give(sec, second, published)
    (tmp_path / "changed.md").write_text(LETTER.replace("Een gezant", "Een vaste gezant"), encoding="utf-8")
    assert f"not in the text: {PARTNER}: “{PROPOSED}”" in second("letter", "revise", published, "changed.md").out
    said = second.fails(1, "letter", "publish", published, "--out", "twee.crsv")
    assert f"{PARTNER}: “{PROPOSED}”" in said and not (tmp_path / "twee.crsv").exists()
    assert "--taken-over" in second.fails(2, "letter", "revise", published)
    done = second.json("letter", "revise", published, "--taken-over")
    assert (done["lacking"], done["summary"]) == ([], "2 paragraphs changed")
    second.json("letter", "publish", published, "--out", "twee.crsv")
    partner.json("receive", "twee.crsv")
    shown = partner("letter", "show", published).out
    assert PROPOSED in shown and "Een vaste gezant" in shown


def test_whoever_saw_it_publishes_without(sec: Cli, second: Cli, partner: Cli, published: str, tmp_path: Path) -> None:
    partner.json("comment", published, "--block", "2", "--proposal", PROPOSED, "--out", "voorstel.crsv")
    sec.json("receive", "voorstel.crsv")
    sec.json("confirm", PARTNER, "--code", partner.json("identity")["code"])
    [row] = sec.json("remarks", published)
    sec.json("settle", published, row["statement"], "--taken")
    give(sec, second, published)
    (tmp_path / "changed.md").write_text(LETTER.replace("Een gezant", "Een vaste gezant"), encoding="utf-8")
    second.json("letter", "revise", published, "changed.md")
    second.json("letter", "publish", published, "--out", "twee.crsv", "--without-taken-over")
    assert PROPOSED not in second("letter", "show", published).out
    # The first publishes its own draft, and of the two texts that now clash the one without the words is taken.
    sec.json("letter", "publish", published, "--out", "ook-twee.crsv")
    give(sec, second, published)
    clash = second("status", published).out
    assert "Two different texts carry number 2" in clash
    theirs = next(one for one in ids(clash) if PROPOSED not in text(second, published, one, tmp_path))
    told = second("letter", "choose", published, theirs, "--out", "drie.crsv")
    assert told.code == 0 and f"not in the text: {PARTNER}: “{PROPOSED}”" in told.out


def test_a_draft_that_a_colleague_overtook_is_published_knowingly_or_after_catching_up(
    sec: Cli, second: Cli, partner: Cli, published: str, tmp_path: Path
) -> None:
    mine = LETTER.replace("Een gezant", "Een vaste gezant").replace("eerste alinea", "kortste alinea")
    theirs = LETTER.replace("vredesorganisaties", "vrouwen").replace("eerste alinea", "laatste alinea")
    (tmp_path / "mine.md").write_text(mine, encoding="utf-8")
    (tmp_path / "theirs.md").write_text(theirs, encoding="utf-8")
    second.json("letter", "revise", published, "mine.md")
    sec.json("letter", "revise", published, "theirs.md")
    sec.json("letter", "publish", published, "--out", "twee.crsv")
    second.json("receive", "twee.crsv")
    said = second.fails(1, "letter", "publish", published, "--out", "drie.crsv")
    assert "published version 2 while this draft was in work" in said and "--catch-up" in said
    assert not (tmp_path / "drie.crsv").exists()
    done = second("letter", "revise", published, "--catch-up")
    assert done.code == 0 and "“Dit is de laatste alinea van deze brief.”" in done.out
    second.json("letter", "publish", published, "--out", "drie.crsv")
    shown = second("letter", "show", published).out
    assert all(words in shown for words in ("Geld voor vrouwen", "Een vaste gezant", "kortste alinea"))
    # Publishing the draft as it is stays possible for whoever says so.
    (tmp_path / "theirs.md").write_text(theirs.replace("Geld", "Veel geld"), encoding="utf-8")
    sec.json("letter", "revise", published, "theirs.md")
    sec.json("receive", "drie.crsv")
    sec.fails(1, "letter", "publish", published, "--out", "vier.crsv")
    sec.json("letter", "publish", published, "--out", "vier.crsv", "--overtaken")
    assert "laatste alinea" in sec("letter", "show", published).out


def test_a_key_that_one_took_back_and_the_other_confirmed(sec: Cli, second: Cli, partner: Cli, published: str) -> None:
    partner.json("endorse", published, "--out", "ja.crsv")
    code = partner.json("identity")["code"]
    for cli in (sec, second):
        cli.json("receive", "ja.crsv")
        cli.json("confirm", PARTNER, "--code", code)
    sec.json("revoke", published, code)
    assert "No laptop took" in second.fails(2, "revoke", published, code, "--let-stand")
    give(sec, second, published)
    told = second("status", published)
    assert told.code == 0 and "and confirmed on this laptop: it speaks for" in told.out
    assert f"Its code is {code}" in told.out and "--let-stand" in told.out
    assert second.json("revoke", published, code, "--let-stand")["stands"]
    assert "speaks for" not in second("status", published).out
    give(second, sec, published)
    assert "speaks for" not in sec("status", published).out
    [row] = [one for one in sec.json("status", published) if one["organisation"] == PARTNER]
    assert row["standing"] == "endorsed"


def ids(line: str) -> list[str]:
    return line.split("(")[1].split(")")[0].split(", ")


def text(cli: Cli, letter: str, statement: str, folder: Path) -> str:
    """The words of a version that cannot be shown, because two contradict each other: what taking it would publish."""
    from crsv_desk.app.compose import open_desk
    from crsv_desk.services.book import open_volume

    desk = open_desk(cli.workspace, lambda: cli.secret.read_text(encoding="utf-8").strip())
    try:
        volume = open_volume(desk, letter)
        key = next(one for one in volume.held if one.startswith(statement))
        return volume.packet(key).files["letter-nl.md"].decode()
    finally:
        desk.store.close()
