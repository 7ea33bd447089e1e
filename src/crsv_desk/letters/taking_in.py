"""A file from outside as a letter's source, told apart by content: .docx, .odt, Markdown with front matter, plain text."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from crsv_desk.domain.errors import Refused
from crsv_desk.domain.source import Source
from crsv_desk.i18n import N_, _
from crsv_desk.letters import archive, front_matter, markdown
from crsv_desk.letters.as_typed import as_typed
from crsv_desk.letters.docx import read_docx
from crsv_desk.letters.gathering import Found, Gathering
from crsv_desk.letters.odt import READ, read_odt, refuse_protected
from crsv_desk.letters.plain import decoded
from crsv_desk.letters.plain_text import from_plain
from crsv_desk.letters.recognising import recognise
from crsv_desk.letters.writing import write

MOST_BYTES = 20_000_000
MOST_CHARACTERS = 1_000_000
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_CONTROL = re.compile(rb"[\0-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(rb"\s*(?:\{\\rtf|%PDF-|<\?xml|<!doctype|<html)", re.IGNORECASE)


def take_in(untrusted_data: bytes, name: str) -> Source:
    """The letter in a file; its remarks say what was not kept. Raises ``Refused``."""
    if len(untrusted_data) > MOST_BYTES:
        raise Refused(N_("This file is too large for a letter."))
    if archive.is_archive(untrusted_data):
        source = _document(untrusted_data, name)
    else:
        _refuse_others(untrusted_data)
        text, said = _read(untrusted_data)
        source = _text(text, name)
        source = replace(source, remarks=(*said, *source.remarks))
    if len(source.body) > MOST_CHARACTERS:
        raise Refused(N_("This text is too long for a letter."))
    if not markdown.parse(source.body):
        raise Refused(N_("This letter has no text."))
    return source


def _refuse_others(untrusted_data: bytes) -> None:
    if untrusted_data.startswith(_OLD_WORD):
        raise Refused(
            N_("This is an old .doc file or one with a password; open it in your word processor and save it as .docx.")
        )
    if _MARKUP.match(untrusted_data[:2_000].removeprefix(b"\xef\xbb\xbf")):
        raise Refused(N_("This kind of file cannot be taken in; choose a Markdown, text, .docx or .odt file."))


def _read(untrusted_data: bytes) -> tuple[str, Sequence[str]]:
    """The text of a file, and what must be said of how it was read."""
    try:
        return decoded(untrusted_data), ()
    except Refused:
        if _CONTROL.search(untrusted_data) or untrusted_data[:2] in (BOM_UTF16_LE, BOM_UTF16_BE):
            raise
        try:
            text = untrusted_data.decode("cp1252")
        except UnicodeDecodeError:
            text = ""
        if not text:
            raise
        return markdown.normalised(text), [
            _("This file is not in UTF-8 and was read as Western European; check accents.")
        ]


def _text(text: str, name: str) -> Source:
    front, body = front_matter.split(text)
    plain = not front and PurePath(name).suffix.lower() == ".txt"
    body = (from_plain(body) if plain else body).strip("\n") + "\n"
    kept = () if plain else as_typed(body)
    if front.get("subject"):
        return Source(front, body, kept)
    if not front and text.lstrip().startswith("---"):
        raise Refused(N_("The fields at the top of the letter have no end; put a line of three dashes behind them."))
    blocks = [Found(one.kind, one.spans, one.level, one.marker) for one in markdown.parse(body)]
    left, fields, said = recognise(blocks, {key: str(value) for key, value in front.items() if isinstance(value, str)})
    made = _named(left, fields, said, "", name)
    return replace(made, front={**front, **made.front}, remarks=(*made.remarks, *kept))


def _document(untrusted_data: bytes, name: str) -> Source:
    parts = archive.parts(untrusted_data, lambda one: one.endswith((".xml", ".rels")) and _of_office(one))
    if "word/document.xml" in parts or "[Content_Types].xml" in parts:
        gathering, title = read_docx(parts)
    elif "content.xml" in parts:
        manifest = archive.parts(untrusted_data, lambda one: one == "META-INF/manifest.xml")
        refuse_protected(manifest.get("META-INF/manifest.xml", b""))
        gathering, title = read_odt(archive.parts(untrusted_data, lambda one: one in READ))
    else:
        raise Refused(N_("This kind of file cannot be taken in; choose a Markdown, text, .docx or .odt file."))
    return _from_document(gathering, title, name)


def _of_office(name: str) -> bool:
    """Parts of an .odt are looked at on their own: some of the others may be empty or old."""
    return name == "[Content_Types].xml" or name.startswith(("word/", "_rels/", "docProps/", "customXml/"))


def _from_document(gathering: Gathering, title: str, name: str) -> Source:
    blocks, fields, said = recognise(gathering.blocks, gathering.fields)
    made = _named(blocks, fields, said, title, name)
    address = {"recipient": fields["recipient"].split("\n")} if "recipient" in fields else {}
    return replace(made, front={**made.front, **address}, remarks=(*made.remarks, *gathering.remarks()))


def _named(blocks: list[Found], fields: dict[str, str], said: list[str], title: str, name: str) -> Source:
    """With the subject that a first heading says; or with what may stand for one."""
    title, instead = " ".join(title.split()), PurePath(name).stem
    if fields.get("subject"):
        return Source(fields, write(blocks), said)
    if title:
        sentence = _("The title in the document's properties, “{words}”, was taken as the subject.")
        return Source(fields, write(blocks), said, title, sentence.format(words=title))
    if len(blocks) > 1 and blocks[0].kind == "heading":
        subject = " ".join(blocks.pop(0).text.split())
        said.append(_("The first heading, “{words}”, was taken as the subject.").format(words=subject))
        return Source({**fields, "subject": subject}, write(blocks), said)
    sentence = _("The document names no subject; “{words}”, the name of its file, stands for it.")
    return Source(fields, write(blocks), said, instead, sentence.format(words=instead))
