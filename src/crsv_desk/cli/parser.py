"""The words and flags of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from crsv_desk.i18n import _

VERBS = (
    "demo", "init", "identity", "letter", "receive", "confirm", "attest", "comment", "remarks", "settle",
    "endorse", "decline", "withdraw", "later", "status", "revoke", "erase", "compile", "seal", "verify",
    "decrypt",
)  # fmt: skip

Add = Callable[[str, str, str], argparse.ArgumentParser]
"""A verb, the function that runs it as ``module.function`` of this package (loaded when it is run: every verb starts with
what it needs alone, and help with nothing), and what it says of itself."""


def parser() -> argparse.ArgumentParser:
    """The whole command line. Wrong usage exits with 2."""
    common = _common(top=False)
    top = argparse.ArgumentParser(
        prog="crsv-desk",
        description=_("Review a letter, endorse it, and compile one signed PDF; without a verb, the window opens."),
        parents=[_common(top=True)],
    )
    verbs = top.add_subparsers(dest="verb", metavar=_("VERB"), required=True)

    def add(name: str, run: str, help_text: str, to: argparse._SubParsersAction = verbs) -> argparse.ArgumentParser:  # type: ignore[type-arg]
        one: argparse.ArgumentParser = to.add_parser(name, help=help_text, description=help_text, parents=[common])
        one.set_defaults(run=run)
        return one

    _basics(add)
    letter = verbs.add_parser("letter", help=_("take in, publish, revise, list and show letters"), parents=[common])
    letter_verbs = letter.add_subparsers(dest="letter_verb", metavar=_("VERB"), required=True)
    _letters(lambda name, run, text: add(name, run, text, letter_verbs))
    _secretariat(add)
    seal = verbs.add_parser("seal", help=_("what can be done to a seal later"), parents=[common])
    seal_verbs = seal.add_subparsers(dest="seal_verb", metavar=_("VERB"), required=True)
    _seal(lambda name, run, text: add(name, run, text, seal_verbs))
    _answers(add)
    _review(add)
    _checks(add)
    return top


def _common(top: bool) -> argparse.ArgumentParser:
    """The flags that every verb takes, before or after its name."""
    common = argparse.ArgumentParser(add_help=False, argument_default=None if top else argparse.SUPPRESS)
    default = {} if top else {"default": argparse.SUPPRESS}
    common.add_argument("--workspace", type=Path, metavar="DIR", help=_("the workspace's folder"))
    common.add_argument("--json", action="store_true", help=_("print one JSON document"), **default)  # type: ignore[arg-type]
    common.add_argument(
        "--passphrase-file", type=Path, metavar="F", help=_("a file whose first line is the passphrase")
    )
    return common


def _basics(add: Add) -> None:
    demo = add("demo", "demo.demo", _("the main job on the bundled letter, between five workspaces"))
    demo.add_argument("--out", type=Path, required=True, metavar="DIR")
    demo.add_argument("--withhold", default="", metavar=_("ORGANISATION"))
    init = add("init", "basics.init", _("make a workspace and your identity"))
    for name in ("organisation", "person", "role"):
        init.add_argument(f"--{name}", required=True)
    add("identity", "basics.identity", _("organisation, person, role, code and fingerprint")).add_argument(
        "--card", type=Path, metavar="FILE", help=_("also save this laptop's card, for a colleague")
    )


def _letters(add: Add) -> None:
    new = add("new", "letters.new", _("take a letter in: Markdown, .docx, .odt or plain text"))
    new.add_argument("file", type=Path)
    _also(new)
    new.add_argument("--logo", type=Path, metavar="F", help=_("the lead's logo"))
    publish = _id(add("publish", "letters.publish_letter", _("publish the draft as the next version")))
    publish.add_argument("--out", type=Path, required=True)
    publish.add_argument("--partners", type=Path, metavar="FILE.csv")
    publish.add_argument("--auditor", default="", metavar="AGEKEY")
    publish.add_argument(
        "--voucher",
        action="append",
        default=[],
        metavar="NAME=AGEKEY",
        help=_("to whom an organisation may seal its answer instead; may be given again"),
    )
    publish.add_argument("--correction", action="store_true", help=_("a factual correction of the changed paragraphs"))
    publish.add_argument(
        "--object-before", default="", metavar="D", help=_("until when one may object to a correction")
    )
    publish.add_argument(
        "--without-taken-over",
        action="store_true",
        help=_("also where words that a remark is said to be taken over with are not in the text"),
    )
    publish.add_argument(
        "--overtaken", action="store_true", help=_("also where a colleague published while this draft was in work")
    )
    hand_over = _id(add("file", "letters.hand_over", _("the partners' file again: with receipts and settled remarks")))
    hand_over.add_argument("--out", type=Path, required=True)
    add("list", "letters.list_all", _("the letters of this workspace"))
    show = _id(add("show", "letters.show", _("a letter's text, block by block")))
    show.add_argument("--language", default="", metavar="LANG")
    revise = _id(add("revise", "letters.revise_letter", _("put a changed text into the draft")))
    revise.add_argument("file", type=Path, nargs="?")
    revise.add_argument(
        "--catch-up", action="store_true", help=_("also put in what a colleague published while this draft was in work")
    )
    revise.add_argument(
        "--taken-over", action="store_true", help=_("also put in what a colleague took over on another laptop")
    )
    _also(revise)
    export = _id(
        add("export", "letters.export_letter", _("write the text into a file: .docx, .md, or .pdf marked as a draft"))
    )
    export.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help=_("a file; or a folder, for a PDF in it")
    )
    export.add_argument("--published", action="store_true", help=_("the version that stands, not the draft"))
    export.add_argument("--language", default="", metavar="LANG")
    choose = _id(add("choose", "letters.choose", _("of two texts or calls under one number, take one")))
    choose.add_argument("statement", metavar=_("TEXT"))
    choose.add_argument("--out", type=Path, required=True)
    erratum = _id(
        add("erratum", "letters.erratum", _("after sending: who withdrew, as a sealed page beside the letter"))
    )
    erratum.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    voucher = _id(add("voucher", "letters.voucher", _("let an organisation vouch for others that it does not name")))
    voucher.add_argument("organisation")
    voucher.add_argument("--count", type=int, required=True, metavar="K")
    voucher.add_argument("--out", type=Path, metavar="FILE", help=_("what it opens to know that, for it alone"))
    ask = _id(add("ask", "secretariat.ask", _("ask more organisations, change deadline or contact")))
    ask.add_argument("organisation", nargs="*")
    ask.add_argument("--partners", type=Path, metavar="FILE.csv")
    ask.add_argument("--deadline", metavar="D", help=_("2026-05-22, 2026-05-22T12:00 or empty"))
    ask.add_argument("--contact", metavar="T", help=_("an address or number that partners see"))
    colleague = _id(add("colleague", "secretariat.colleague", _("add a colleague's laptop to the secretariat")))
    colleague.add_argument("--card", type=Path, metavar="F", help=_("the laptop's card, from “identity --card”"))
    colleague.add_argument("--code", default="", metavar=_("DIGITS"))
    colleague.add_argument("--out", type=Path, metavar="FILE", help=_("everything held, for the other laptops alone"))
    diff = _id(add("diff", "letters.diff", _("what changed between two versions")))
    diff.add_argument("--from", dest="old", type=int, default=0, metavar="N")
    diff.add_argument("--to", dest="new", type=int, default=0, metavar="N")


def _secretariat(add: Add) -> None:
    add("receive", "secretariat.receive_files", _("take files or folders in")).add_argument(
        "paths", type=Path, nargs="+", metavar="PATH"
    )
    confirm = add(
        "confirm", "secretariat.confirm_name", _("pin a signer, or the secretariat, after comparing the code")
    )
    confirm.add_argument("name")
    confirm.add_argument("--code", required=True, metavar=_("DIGITS"))
    confirm.add_argument("--basis", choices=("voice", "video", "in-person", "address", "vouched"), default="voice")
    confirm.add_argument(
        "--voucher", type=int, default=0, metavar="K", help=_("it may answer for at most K others, unnamed")
    )
    attest = _id(add("attest", "secretariat.attest_answer", _("declare an answer that came by other means")))
    attest.add_argument("organisation", nargs="?", default="", help=_("none where a voucher declares how many"))
    attest.add_argument("--count", type=int, default=1, metavar="K", help=_("how many a voucher answers for"))
    attest.add_argument("--out", type=Path, metavar="FILE", help=_("a voucher's file for the secretariat"))
    attest.add_argument("--answer", choices=("endorse", "decline"), required=True)
    attest.add_argument("--how", choices=("mail", "paper", "phone", "meeting", "message"), required=True)
    attest.add_argument("--date", required=True, metavar="D")
    attest.add_argument("--evidence", type=Path, metavar="F")
    revoke = _id(add("revoke", "secretariat.revoke_key", _("take the word of a key back")))
    revoke.add_argument("code", metavar=_("DIGITS"))
    kept = revoke.add_mutually_exclusive_group()
    kept.add_argument("--keep", action="append", default=[], metavar="ID", help=_("a statement still vouched for"))
    kept.add_argument("--keep-all", action="store_true", help=_("all that it signed and that is held now"))
    kept.add_argument(
        "--let-stand",
        action="store_true",
        help=_("revoke nothing: a key that another laptop confirmed meanwhile stands"),
    )
    _id(add("status", "secretariat.show_status", _("who has answered what")))
    erase = _id(add("erase", "secretariat.erase_statements", _("destroy what answers or remarks said, for good")))
    erase.add_argument("statements", nargs="+", metavar=_("STATEMENT"), help=_("the beginning of its id"))
    compile_ = _id(add("compile", "compile.compile_pdf", _("make the signed combined PDF")))
    compile_.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    compile_.add_argument(
        "--edition",
        choices=("public", "slim", "full"),
        default="public",
        help=_("slim: public, with its signed statements in a file beside it; full: with every name"),
    )
    compile_.add_argument("--to", default="", metavar="AGEKEY", help=_("encrypt the full edition to its reader"))
    compile_.add_argument("--date", default="", metavar="D")
    compile_.add_argument("--place", default="")
    compile_.add_argument(
        "--order", action="append", default=[], metavar=_("ORGANISATION"), help=_("printed next; the rest by alphabet")
    )
    compile_.add_argument(
        "--sign-off", action="append", metavar=_("ORGANISATION"), help=_("named below the letter; without it, all are")
    )
    compile_.add_argument("--seal-key", type=Path, metavar="FILE.p12", help=_("seal with a key file"))
    compile_.add_argument("--seal-passphrase-file", type=Path, metavar="F", help=_("a file with its passphrase"))
    compile_.add_argument("--token", type=Path, metavar="LIBRARY", help=_("seal with a token: its PKCS#11 library"))
    compile_.add_argument("--token-label", default="", metavar="L", help=_("which token"))
    compile_.add_argument("--token-certificate", default="", metavar="L", help=_("which certificate on it"))
    compile_.add_argument("--pin-file", type=Path, metavar="F", help=_("a file with the token's PIN"))
    compile_.add_argument("--timestamp", default="", metavar="URL", help=_("ask this timestamp server for the time"))


def _seal(add: Add) -> None:
    extend = add("extend", "seals.extend", _("add a timestamp over the whole file, for archives"))
    extend.add_argument("file", type=Path, metavar="FILE.pdf")
    extend.add_argument("--timestamp", required=True, metavar="URL")
    extend.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")


def _answers(add: Add) -> None:
    endorse = _id(add("endorse", "answers.endorse_letter", _("endorse the letter for your organisation")))
    endorse.add_argument("--logo", type=Path, metavar="F")
    endorse.add_argument(
        "--mark", type=Path, metavar="F", help=_("a picture, or strokes as mark.json; else the typed name")
    )
    endorse.add_argument("--visible", choices=("all", "no-mark", "organisation", "none"))
    endorse.add_argument(
        "--reader",
        action="append",
        choices=("secretariat", "auditor", "voucher"),
        default=[],
        help=_("of --visible none: who alone may open it, of those that the letter names"),
    )
    endorse.add_argument(
        "--prepare", action="store_true", help=_("sign nothing: a form that a colleague opens and signs")
    )
    endorse.add_argument("--prepared", action="store_true", help=_("sign what a colleague prepared"))
    endorse.add_argument(
        "--again", action="store_true", help=_("carry the last endorsement over to the text that stands")
    )
    endorse.add_argument("--person", action="append", default=[], metavar="NAME, ROLE", help=_("up to six times"))
    endorse.add_argument("--mandate", default="")
    endorse.add_argument("--reservation", default="")
    endorse.add_argument("--print-reservation", action="store_true")
    endorse.add_argument("--corrections", action="store_true", help=_("also counts for factual corrections"))
    endorse.add_argument("--on-behalf", action="store_true", help=_("signed on the order of the first person named"))
    decline = _id(add("decline", "answers.decline_letter", _("answer that your organisation does not sign")))
    decline.add_argument("--reason", required=True, metavar="T")
    decline.add_argument("--sealed", action="store_true", help=_("readable for the secretariat only"))
    withdraw = _id(add("withdraw", "answers.withdraw_letter", _("take your organisation's endorsement back")))
    withdraw.add_argument("--reason", default="", metavar="T")
    later = _id(
        add(
            "later",
            "answers.later",
            _("say that the letter arrived and is being read; or that no answer comes before a day"),
        )
    )
    later.add_argument("--date", default="", metavar="D", help=_("no answer comes before this day"))
    later.add_argument("--text", default="", metavar="T")
    later.add_argument("--sealed", action="store_true", help=_("readable for the secretariat only"))
    for one in (endorse, decline, withdraw, later):
        one.add_argument("--out", type=Path, required=True, metavar="FILE")


def _review(add: Add) -> None:
    comment = _id(add("comment", "review.comment_letter", _("send a remark on the text")))
    comment.add_argument("--block", default="", metavar="N", help=_("a paragraph's number, or a block's id"))
    comment.add_argument("--language", default="", metavar="LANG", help=_("in which of the letter's texts you read it"))
    comment.add_argument("--words", default="", metavar="T", help=_("the words in that paragraph that you mean"))
    what = comment.add_mutually_exclusive_group(required=True)
    for name in ("text", "proposal", "question", "objection"):
        what.add_argument(f"--{name}", metavar="T")
    comment.add_argument("--why", default="", metavar="T", help=_("why you propose this wording"))
    comment.add_argument("--refers", default="", metavar=_("REMARK"))
    comment.add_argument("--sealed", action="store_true", help=_("readable for the secretariat only"))
    comment.add_argument(
        "--out", type=Path, metavar="FILE", help=_("one file with this and every remark that waits; without, it waits")
    )
    _id(add("remarks", "review.remarks", _("every remark and what became of it")))
    settle = _id(add("settle", "review.settle_remark", _("say what became of a remark")))
    settle.add_argument("remark", metavar=_("REMARK"))
    verdict = settle.add_mutually_exclusive_group(required=True)
    for name in ("taken", "partly", "declined"):
        verdict.add_argument(f"--{name}", dest="state", action="store_const", const=name)
    settle.add_argument(
        "--answer", default="", metavar="T", help=_("what the organisation reads; a reason unless taken")
    )
    settle.add_argument("--words", metavar="T", help=_("what the paragraph shall say now, instead of what is proposed"))


def _checks(add: Add) -> None:
    verify = add("verify", "checks.verify_files", _("check a packet or a PDF: what is proved and what is not"))
    verify.add_argument("files", type=Path, nargs="+", metavar="FILE")
    verify.add_argument("--code", default="", metavar=_("DIGITS"))
    decrypt = add("decrypt", "checks.decrypt_file", _("open a full edition that was encrypted to this workspace"))
    decrypt.add_argument("file", type=Path, metavar="FILE.age")
    decrypt.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")


def _also(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--also",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help=_("the same letter in another language, block for block; may be repeated"),
    )


def _id(one: argparse.ArgumentParser) -> argparse.ArgumentParser:
    one.add_argument("id", metavar="ID", help=_("the beginning of the letter's id"))
    return one
