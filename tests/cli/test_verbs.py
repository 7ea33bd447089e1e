"""Every verb and flag of the command line, and what it leaves."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

from crsv_desk.app.compose import create_desk
from crsv_desk.cli.main import _wants_window
from tests.cli.conftest import New
from tests.cli.runner import LEAD, LETTER, PARTNER, Cli, run


def picture(path: Path, colour: str = "red") -> Path:
    output = io.BytesIO()
    Image.new("RGB", (200, 80), colour).save(output, "PNG")
    path.write_bytes(output.getvalue())
    return path


def test_init_and_identity(sec: Cli, new: New) -> None:
    own = sec.json("identity")
    assert (own["organisation"], own["person"], own["role"]) == (LEAD, "A. Appel", "directeur")
    assert len(own["code"].replace(" ", "")) == 30 and len(own["code"].split()) == 6
    assert len(own["fingerprint"]) == 64 and own["recipient"].startswith("age1")
    assert own["code"] in sec("identity").out and own["fingerprint"] in sec("identity").out
    again = sec.fails(2, "init", "--organisation", "X", "--person", "Y", "--role", "Z")
    assert "already" in again
    # A name that cannot be used leaves nothing behind that would stand in the way of a better one.
    assert "U+202E" in new("bidi").fails(1, "init", "--organisation", "X\u202eY", "--person", "Y", "--role", "Z")
    assert not new("bidi").workspace.exists()
    assert "organisation" in new("empty").fails(1, "init", "--organisation", " ", "--person", "Y", "--role", "Z")


def test_a_start_that_got_no_further_than_the_workspace_can_be_finished(new: New) -> None:
    cli = new("halfway")
    create_desk(cli.workspace, cli.secret.read_text(encoding="utf-8").strip()).store.close()
    assert "who you are" in cli.fails(3, "identity")
    assert cli.json("init", "--organisation", "X", "--person", "Y", "--role", "Z")["organisation"] == "X"


def test_letters_are_taken_in_listed_shown_and_published(sec: Cli, tmp_path: Path) -> None:
    (tmp_path / "letter.md").write_text(LETTER, encoding="utf-8")
    done = sec("letter", "new", "letter.md")
    letter = done.out.strip()
    assert done.code == 0 and len(letter) == 64
    assert sec.json("letter", "list")[0]["dossier"] == letter
    assert sec.json("letter", "list")[0]["versions"] == 0
    shown = sec.json("letter", "show", letter[:8])
    assert [one["kind"] for one in shown["blocks"]] == ["paragraph", "item", "item"]
    assert "no letter ffff" in sec.fails(2, "letter", "show", "ffff")
    assert "not text" in sec.fails(1, "letter", "new", picture(tmp_path / "x.md"))
    published = sec.json(
        "letter", "publish", letter, "--out", "letter.crsv", "--auditor", sec.json("identity")["recipient"]
    )
    assert published["versions"] == 1 and (tmp_path / "letter.crsv").exists()
    assert "age1" in sec.fails(2, "letter", "publish", letter, "--out", "other.crsv", "--auditor", "age1nonsense")
    assert not (tmp_path / "other.crsv").exists()
    assert published["letter_code"] in sec("letter", "file", letter, "--out", "again.crsv").out
    changed = LETTER.replace("eerste alinea", "allereerste alinea")
    (tmp_path / "changed.md").write_text(changed, encoding="utf-8")
    assert sec.json("letter", "revise", letter, "changed.md")["summary"] == "1 paragraph changed"
    assert sec.json("letter", "publish", letter, "--out", "letter.crsv")["versions"] == 2
    diff = sec.json("letter", "diff", letter, "--from", "1", "--to", "2")
    assert diff["summary"] == "1 paragraph changed" and len(diff["changes"]) == 1
    assert "{+" in sec("letter", "diff", letter).out
    assert "no version 7" in sec.fails(2, "letter", "diff", letter, "--to", "7")


def test_the_main_job_and_its_answers(sec: Cli, partner: Cli, published: str, new: New, tmp_path: Path) -> None:
    picture(tmp_path / "logo.png"), picture(tmp_path / "mark.png", "blue")
    out = partner.json("endorse", published, "--logo", "logo.png", "--mark", "mark.png", "--out", "ananas.crsv")
    assert out["kind"] == "endorsement" and not out["sealed"]
    [verdict] = sec.json("receive", "ananas.crsv")
    assert verdict["outcome"] == "held apart" and PARTNER in verdict["sentence"]
    told = sec("receive", "ananas.crsv").out
    assert partner.json("identity")["code"] in told  # what to compare by telephone
    wrong = sec.fails(1, "confirm", PARTNER, "--code", "1" * 30)
    assert "nothing was confirmed" in wrong
    assert "Nobody called" in sec.fails(2, "confirm", "Iemand", "--code", "1" * 30)
    code = partner.json("identity")["code"].replace(" ", "-")
    assert sec.json("confirm", PARTNER, "--code", code, "--basis", "video")[0]["organisation"] == PARTNER
    assert LEAD in sec.fails(1, "compile", published, "--out", "combined.pdf")  # the lead has not signed
    assert not (tmp_path / "combined.pdf").exists()
    sec.json("endorse", published, "--visible", "all", "--out", "own.crsv")
    rows = {row["organisation"]: row for row in sec.json("status", published)}
    assert rows[PARTNER]["standing"] == "endorsed" and rows[PARTNER]["version"] == 1 and not rows[PARTNER]["withheld"]
    assert "Stichting Spook" in sec.fails(
        2, "compile", published, "--out", "combined.pdf", "--order", "Stichting Spook"
    )
    decided = ("--date", "2026-06-01", "--place", "Utrecht", "--order", PARTNER, "--sign-off", PARTNER)
    found = sec.json("compile", published, "--out", "combined.pdf", *decided)
    assert found["holds"] and found["whole"] and found["whose"] and len(found["endorsements"]) == 2
    # Anybody can check it, also without a workspace; whose it is takes the code.
    nobody = new("nowhere")
    done = nobody("--json", "verify", "combined.pdf")
    assert (done.code, done.json["whole"], done.json["whose"]) == (1, True, False)
    assert done.json["conclusion"] == "whose unknown" and found["conclusion"] == "genuine"
    secretariats = sec.json("identity")["code"]
    done = nobody("--json", "verify", "combined.pdf", "--code", secretariats)
    assert (done.code, done.json["holds"]) == (0, True)
    assert not nobody.workspace.exists()
    changed = bytearray((tmp_path / "combined.pdf").read_bytes())
    changed[len(changed) // 2] ^= 1
    (tmp_path / "changed.pdf").write_bytes(changed)
    assert nobody("verify", "changed.pdf", "--code", secretariats).code == 1
    both = nobody("--json", "verify", "combined.pdf", "ananas.crsv", "--code", secretariats)
    assert both.code == 1 and [one["whose"] for one in both.json] == [True, False]
    # Withdrawn, declined, declared.
    partner.json("withdraw", published, "--reason", "Bestuur.", "--out", "back.crsv")
    sec.json("receive", "back.crsv")
    assert {row["organisation"]: row for row in sec.json("status", published)}[PARTNER]["standing"] == "withdrawn"
    partner.json("decline", published, "--reason", "Nee.", "--out", "no.crsv")
    declared = ("attest", published, "Fonds Citroen", "--answer", "endorse", "--how", "phone", "--date", "2026-05-20")
    assert len(sec.json(*declared)["statement"]) == 64
    assert "Declared" in sec(*declared).out
    assert "2026-05-26" in sec.fails(2, *declared[:-1], "vandaag")
    # The partner is told that its answer arrived.
    assert not partner.json("letter", "list")[0]["own_received"]
    sec.json("receive", "no.crsv")
    sec.json("letter", "file", published, "--out", "again.crsv")
    partner.json("receive", "again.crsv")
    assert partner.json("letter", "list")[0]["own_received"]


def test_a_large_file_is_told_with_what_to_do_about_it(
    sec: Cli, published: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if mailboxes refused anything."""
    sec.json("endorse", published, "--visible", "all", "--out", "own.crsv")
    told = {}
    for limit in (7_000_000, 10_000):
        monkeypatch.setattr("crsv_desk.services.compile.LARGE", limit)
        for edition in ("public", "slim", "full"):
            done = sec("compile", published, "--edition", edition, "--out", f"{edition}-{limit}.pdf")
            assert done.code == 0, done.err
            told[edition, limit] = done.out + done.err
    assert "7 MB" not in told["public", 7_000_000] + told["slim", 7_000_000] + told["full", 7_000_000]
    assert "some mailboxes refuse it. The slim edition is smaller." in told["public", 10_000]
    for edition in ("slim", "full"):
        assert "some mailboxes refuse it" in told[edition, 10_000] and "slim edition" not in told[edition, 10_000]


def test_what_everybody_may_see_is_said_when_signing(partner: Cli, published: str, new: New) -> None:
    told = {
        visible: partner("endorse", published, *(["--visible", visible] if visible else []), "--out", "x.crsv")
        for visible in ("", "all", "no-mark", "organisation", "none")
    }
    assert all(done.code == 0 for done in told.values())
    assert "Everybody may see the organisation, the people" in told[""].out and told[""].out.count("Saved") == 1
    assert "not the mark" in told["no-mark"].out
    assert "not who signed" in told["organisation"].out
    assert "straight to the secretariat" in told["none"].out
    stranger = new("untrusting")
    stranger.json("init", "--organisation", "Fonds Citroen", "--person", "C. Cent", "--role", "lid")
    stranger.json("receive", "letter.crsv")
    assert "First compare the code" in stranger.fails(1, "endorse", published, "--visible", "none", "--out", "y.crsv")
    people = [word for n in range(7) for word in ("--person", f"Persoon {n}, lid")]
    assert "six people" in partner.fails(2, "endorse", published, *people, "--out", "x.crsv")
    assert "Name, role" in partner.fails(2, "endorse", published, "--person", "Zonder rol", "--out", "x.crsv")
    assert "person's name" in partner.fails(1, "endorse", published, "--person", "P\u200bQ, lid", "--out", "x.crsv")


def test_remarks_and_what_became_of_them(sec: Cli, partner: Cli, published: str, tmp_path: Path) -> None:
    block = sec.json("letter", "show", published)["blocks"][1]["id"]
    partner.json("comment", published, "--block", block, "--proposal", "Meer geld.", "--out", "remark.crsv")
    partner.json("comment", published, "--question", "Waarom?", "--out", "question.crsv")
    partner.json("comment", published, "--text", "Mooi.", "--out", "comment.crsv")
    sec("receive", "remark.crsv", "question.crsv", "comment.crsv")
    sec.json("confirm", PARTNER, "--code", partner.json("identity")["code"])
    rows = sec.json("remarks", published)
    assert sorted(row["kind"] for row in rows) == ["comment", "proposal", "question"]
    assert {"statement", "block", "version", "organisation", "kind", "state"} <= set(rows[0])
    proposal = next(row["statement"] for row in rows if row["kind"] == "proposal")
    assert sec.json("settle", published, proposal[:12], "--taken")["state"] == "taken"
    question = next(row["statement"] for row in rows if row["kind"] == "question")
    assert sec.json("settle", published, question, "--declined", "--answer", "Daarom.")["state"] == "declined"
    assert "no block" in partner.fails(2, "comment", published, "--block", "nowhere", "--text", "x", "--out", "x.crsv")
    assert sec("remarks", published).out.count("\n") == 3
    gone = next(row["statement"] for row in rows if row["kind"] == "comment")
    assert sec.json("erase", published, gone[:16]) == [gone]
    assert gone not in {row["statement"] for row in sec.json("remarks", published)}
    assert "destroyed" in sec("receive", "comment.crsv").out
    assert "No single answer" in sec.fails(2, "erase", published, gone)
    assert "Only the secretariat" in partner.fails(1, "erase", published, proposal)


def test_folders_repeats_conflicts_and_bad_files(sec: Cli, partner: Cli, published: str, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    (inbox / "deep" / ".stversions").mkdir(parents=True)
    partner.json("endorse", published, "--out", "ananas.crsv")
    for name in (
        "a.crsv",
        "a (conflicted copy 2026-05-20).crsv",
        "deep/a.sync-conflict-1.bin",
        "deep/.stversions/old.crsv",
    ):
        shutil.copy("ananas.crsv", inbox / name)
    (inbox / "notes.txt").write_text("Hallo", encoding="utf-8")
    (inbox / "empty.crsv").touch()
    (inbox / ".hidden.crsv").write_text("x", encoding="utf-8")
    os.mkfifo(inbox / "pipe.crsv")
    done = sec("--json", "receive", "inbox", "letter.crsv")
    assert done.code == 1
    told = {one["name"]: one["outcome"] for one in done.json}
    assert {told[name] for name in ("notes.txt", "empty.crsv", "pipe.crsv")} == {"refused"}
    assert (
        told["a.crsv"] == told["a (conflicted copy 2026-05-20).crsv"] == told["a.sync-conflict-1.bin"] == "held apart"
    )
    assert not {"old.crsv", ".hidden.crsv"} & set(told)
    assert [row["standing"] for row in sec.json("status", published) if row["organisation"] == PARTNER][
        -1
    ] == "unconfirmed"
    assert sec("receive", "ananas.crsv").code == 0
    assert "no file or folder" in sec.fails(2, "receive", "inbox", "missing.crsv")


def test_saved_is_said_only_of_what_was_saved(partner: Cli, published: str, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    for place in ("taken", "missing/ananas.crsv"):
        done = partner("endorse", published, "--out", place)
        assert done.code == 1 and "Saved" not in done.out + done.err
    old = tmp_path / "old.crsv"
    old.write_bytes(b"as it was")
    assert partner("endorse", published, "--logo", "nothing.png", "--out", "old.crsv").code == 1
    assert old.read_bytes() == b"as it was"
    assert sorted(path.name for path in tmp_path.glob("*.tmp")) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["status"], ["nonsense"], ["status", "x", "--colour"], ["confirm", "x"], ["verify"], ["letter"],
        ["letter", "sing"], ["compile", "x"], ["attest", "x", "y", "--answer", "maybe"], ["endorse", "x", "--visible", "half"],
        ["settle", "x", "y"], ["comment", "x", "--text", "a", "--question", "b", "--out", "c"], ["--json"],
    ],
)  # fmt: skip
def test_wrong_usage_is_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    done = run(capsys, *arguments)
    assert done.code == 2 and done.out == "" and "usage:" in done.err


def test_the_window_opens_without_a_verb(tmp_path: Path) -> None:
    file = tmp_path / "letter.crsv"
    file.touch()
    opens: list[list[str]] = [
        [], [str(file)], ["--workspace", "x"], ["--workspace=x"], ["--workspace", "x", str(file)], ["--workspace=x", str(file)],
    ]  # fmt: skip
    assert all(_wants_window(one) for one in opens)
    verbs = [["status", "x"], ["--json", "status", "x"], ["--workspace", "x", "status"], ["--help"], ["missing.crsv"]]
    assert not any(_wants_window(one) for one in verbs)
