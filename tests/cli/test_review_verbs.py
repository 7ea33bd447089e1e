"""What is said about a letter on the command line: that it is being read, in which language, for how many, what changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.runner import LEAD, LETTER, PARTNER, Cli

FRENCH = """---
language: fr
subject: Sur la paix
salutation: Mesdames, Messieurs,
closing: Cordialement,
---

Ceci est le premier alinéa de cette lettre.

- De l'argent pour la paix.
- Un envoyé auprès de l'Union.
"""


def test_who_says_that_it_is_reading_is_opened(sec: Cli, partner: Cli, published: str) -> None:
    assert partner.json("later", published, "--text", "Wij lezen.", "--out", "lezen.crsv")["kind"] == "comment"
    sec.json("receive", "lezen.crsv")
    sec.json("confirm", PARTNER, "--code", partner.json("identity")["code"])

    def row() -> dict[str, object]:
        [found] = [one for one in sec.json("status", published) if one["organisation"] == PARTNER]
        assert isinstance(found, dict)
        return found

    assert (row()["standing"], row()["later"], row()["remarks"]) == ("opened", "", 0)
    assert "opened" in sec("status", published).out
    partner.json("later", published, "--date", "2026-06-12", "--out", "later.crsv")
    sec.json("receive", "later.crsv")
    assert (row()["standing"], row()["later"]) == ("opened", "2026-06-12")
    assert "opened  version 1" in (told := sec("status", published).out) and "no answer before 2026-06-12" in told
    assert "nothing to settle" in sec("remarks", published).out
    partner.json("endorse", published, "--out", "ja.crsv")
    sec.json("receive", "ja.crsv")
    assert row()["standing"] == "endorsed"
    assert "2026-05-26" in partner.fails(2, "later", published, "--date", "morgen", "--out", "x.crsv")


def test_a_voucher_gets_a_file_that_says_for_how_many(sec: Cli, partner: Cli, published: str, tmp_path: Path) -> None:
    partner.json("endorse", published, "--out", "ja.crsv")
    sec.json("receive", "ja.crsv")
    sec.json("confirm", PARTNER, "--code", partner.json("identity")["code"])
    sec.json("letter", "voucher", published, PARTNER, "--count", "3", "--out", "mag.crsv")
    partner.json("receive", "mag.crsv")
    said = ("attest", published, "--answer", "endorse", "--how", "message", "--date", "2026-05-21")
    partner.json(*said, "--count", "2", "--out", "twee.crsv")
    assert "3 organisations" in partner.fails(2, *said, "--count", "2", "--out", "nog-twee.crsv")
    assert not (tmp_path / "nog-twee.crsv").exists()
    sec.json("receive", "twee.crsv")
    assert [one["vouched"] for one in sec.json("status", published) if one["standing"] == "vouched"] == [2]
    sec.json("letter", "voucher", published, PARTNER, "--count", "0")
    assert "may not answer for others" in sec.fails(
        2, "letter", "voucher", published, PARTNER, "--count", "0", "--out", "mag-niet.crsv"
    )


def test_fields_and_languages_in_what_changed_and_in_remarks(
    sec: Cli, partner: Cli, published: str, tmp_path: Path
) -> None:
    changed = LETTER.replace("Over vrede", "Over duurzame vrede").replace("Geachte leden,", "Geachte voorzitter,")
    (tmp_path / "changed.md").write_text(changed, encoding="utf-8")
    (tmp_path / "fr.md").write_text(FRENCH, encoding="utf-8")
    done = sec.json("letter", "revise", published, "changed.md", "--also", "fr.md")
    assert done["summary"] == "another subject, another salutation"
    sec.json("letter", "publish", published, "--out", "twee.crsv")
    diff = sec.json("letter", "diff", published)
    assert [(one["field"], one["language"]) for one in diff["fields"]] == [("subject", ""), ("salutation", "")]
    assert "[Subject] Over {+duurzame" in sec("letter", "diff", published).out
    partner.json("receive", "twee.crsv")
    partner.json(
        "comment", published, "--block", "3", "--language", "fr", "--proposal", "Une envoyée auprès de l'Union.", "--out",
        "voorstel.crsv",
    )  # fmt: skip
    assert "nl, fr" in partner.fails(2, "comment", published, "--language", "de", "--text", "Hm.", "--out", "x.crsv")
    sec.json("receive", "voorstel.crsv")
    [row] = sec.json("remarks", published)
    assert (row["language"], row["quote"]) == ("fr", "Un envoyé auprès de l'Union.")
    assert " fr  " in sec("remarks", published).out
    sec.json("settle", published, row["statement"], "--taken")
    sec.json("letter", "publish", published, "--out", "drie.crsv")
    assert "Une envoyée auprès de l'Union." in sec("letter", "show", published, "--language", "fr").out
    assert sec.json("letter", "diff", published)["summary"] == "1 paragraph changed"


def test_an_objection_is_in_the_language_that_was_read(sec: Cli, partner: Cli, published: str, tmp_path: Path) -> None:
    (tmp_path / "letter.md").write_text(LETTER, encoding="utf-8")
    (tmp_path / "fr.md").write_text(FRENCH, encoding="utf-8")
    sec.json("letter", "revise", published, "letter.md", "--also", "fr.md")
    sec.json("letter", "publish", published, "--out", "twee.crsv")
    (tmp_path / "fr.md").write_text(FRENCH.replace("de l'Union", "de l'UE"), encoding="utf-8")
    sec.json("letter", "revise", published, "letter.md", "--also", "fr.md")
    sec.json("letter", "publish", published, "--correction", "--object-before", "2099-05-30", "--out", "drie.crsv")
    partner.json("receive", "twee.crsv", "drie.crsv")
    said = ("comment", published, "--objection", "Non.", "--out", "non.crsv")
    partner.json(*said, "--language", "fr")
    sec.json("receive", "non.crsv")
    [row] = sec.json("remarks", published)
    assert (row["kind"], row["language"]) == ("objection", "fr")


def test_a_name_that_may_imitate_another_is_said_when_its_file_comes_in(
    new: Callable[[str], Cli], sec: Cli, published: str
) -> None:
    stranger = new("stranger")
    stranger.json("init", "--organisation", PARTNER.replace("a", "\u0430"), "--person", "C. Citroen", "--role", "lid")
    stranger.json("receive", "letter.crsv")
    stranger.json("confirm", LEAD, "--code", sec.json("identity")["code"])
    stranger.json("endorse", published, "--out", "ja.crsv")
    assert "mixes letters of several alphabets" in sec("receive", "ja.crsv").out


def test_what_changed_is_since_the_version_that_was_answered_or_read(
    sec: Cli, partner: Cli, published: str, tmp_path: Path
) -> None:
    assert sec("letter", "list").out.endswith("version 1  0 of 2 endorsed  Over vrede\n")
    assert partner("letter", "list").out == f"{published[:12]}  version 1  Over vrede\n"
    partner.json("letter", "show", published)
    for number, words in ((2, "Over vrede nu"), (3, "Over duurzame vrede nu")):
        (tmp_path / "letter.md").write_text(LETTER.replace("Over vrede", words), encoding="utf-8")
        sec.json("letter", "revise", published, "letter.md")
        sec.json("letter", "publish", published, "--out", f"{number}.crsv")
    partner.json("receive", "2.crsv", "3.crsv")  # it skipped the second
    assert "From version 1 to version 3: another subject" in partner("letter", "diff", published).out
    assert "From version 2 to version 3: another subject" in sec("letter", "diff", published).out
    partner.json("letter", "show", published)
    partner.json("endorse", published, "--corrections", "--out", "ja.crsv")
    said = ("letter", "publish", published, "--correction", "--object-before")
    (tmp_path / "letter.md").write_text(
        (tmp_path / "letter.md").read_text().replace("de Europese", "de EU, de Europese")
    )
    sec.json("letter", "revise", published, "letter.md")
    assert "has passed already" in sec.fails(2, *said, "2026-05-30", "--out", "x.crsv")
    sec.json(*said, "2099-05-30", "--out", "4.crsv")
    partner.json("receive", "4.crsv")
    told = partner("letter", "diff", published).out
    assert "From version 3 to version 4: 1 paragraph changed" in told and "One may object until 2099-05-30." in told
    assert partner.json("letter", "diff", published, "--from", "1", "--to", "2")["object_before"] == ""


def test_parts_of_a_file_of_which_the_same_is_said_are_one_line(sec: Cli, partner: Cli, published: str) -> None:
    lines = partner("receive", "letter.crsv").out.splitlines()
    assert lines[0].startswith("letter.crsv: You had this already; nothing changed. (") and len(lines) <= 2
    assert all(one["name"] == "letter.crsv" for one in partner.json("receive", "letter.crsv"))


def test_a_day_alone_is_claimed_where_the_person_is_not_named(sec: Cli, partner: Cli, published: str) -> None:
    partner.json("endorse", published, "--visible", "organisation", "--out", "ja.crsv")
    sec.json("receive", "ja.crsv")
    sec.json("confirm", PARTNER, "--code", partner.json("identity")["code"])
    [line] = [one for one in sec("status", published).out.splitlines() if one.startswith(PARTNER)]
    assert "T00" not in line and "(claimed)" in line


def test_what_was_declared_for_an_older_text_is_said_to_be_left_out(sec: Cli, published: str, tmp_path: Path) -> None:
    sec.json("attest", published, PARTNER, "--answer", "endorse", "--how", "paper", "--date", "2026-05-20")
    assert "declared by the secretariat" in sec("status", published).out
    (tmp_path / "letter.md").write_text(LETTER.replace("Over vrede", "Over vrede nu"), encoding="utf-8")
    sec.json("letter", "revise", published, "letter.md")
    told = sec("letter", "publish", published, "--out", "twee.crsv").out
    assert f"You declared that {PARTNER} signs version 1; declare it anew once it agrees to this one." in told
    assert "declared for an older version" in sec("status", published).out
    [row] = [one for one in sec.json("status", published) if one["organisation"] == PARTNER]
    assert (row["standing"], row["older"]) == ("attested", True)


def test_an_erratum_says_that_one_without_a_name_left(sec: Cli, partner: Cli, published: str) -> None:
    sec.json("endorse", published, "--out", "x.crsv")
    partner.json("endorse", published, "--visible", "none", "--out", "ja.crsv")
    sec.json("receive", "ja.crsv")
    sec.json("confirm", PARTNER, "--code", partner.json("identity")["code"])
    sec.json("compile", published, "--out", "brief.pdf")
    partner.json("withdraw", published, "--out", "nee.crsv")
    sec.json("receive", "nee.crsv")
    told = sec("letter", "erratum", published, "--out", "erratum.pdf").out
    assert "1 organisation without a name left." in told and PARTNER not in told
