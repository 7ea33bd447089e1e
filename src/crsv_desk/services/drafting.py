"""Take a letter in as a draft: its genesis makes the dossier, its text waits in the workspace until it is published."""

from __future__ import annotations

import json
import unicodedata
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.names import check_name
from crsv_desk.domain.source import Source
from crsv_desk.domain.statements import Genesis, SecretariatKey, statement_id
from crsv_desk.i18n import N_, _
from crsv_desk.services.book import issue
from crsv_desk.services.content import LOGO_BYTES, LOGO_PIXELS
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import own_identity

UNNAMED = ""
"""The dossier of a letter that has no subject yet, and so no genesis."""
DEFAULT_LANGUAGE = "nl"


@dataclass(frozen=True, slots=True)
class Translation:
    """What people sign of a letter, in one language."""

    language: str
    subject: str
    salutation: str
    closing: str
    body: str
    authentic: bool = False
    """Whether this text binds as the first does, and is printed; otherwise it helps to read."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter's text and fields as the secretariat holds them, before and after publishing.

    ``front`` has text for subject, salutation, closing, place, date, language, lead, deadline, accent and notice,
    lists of text for recipient and partners, and for countries the country of partners by their name.
    """

    dossier: str
    front: Mapping[str, object]
    body: str
    remarks: Sequence[str] = ()
    """What could not be taken in, as translated sentences."""
    also: tuple[Translation, ...] = ()
    """The same letter in other languages, block for block."""
    logo: bytes = b""
    """The lead's, a normalised PNG, or empty."""

    def text(self, key: str, default: str = "") -> str:
        """One field as text."""
        return str(self.front.get(key) or default)

    def lines(self, key: str) -> tuple[str, ...]:
        """One field as a list of text."""
        value = self.front.get(key) or ()
        return (value,) if isinstance(value, str) else tuple(map(str, value)) if isinstance(value, list | tuple) else ()

    def country(self, partner: str) -> str:
        """Of an organisation that is asked, or empty."""
        known = self.front.get("countries")
        return str(known.get(partner, "")) if isinstance(known, Mapping) else ""

    @property
    def language(self) -> str:
        """The language of the first text."""
        return self.text("language", DEFAULT_LANGUAGE)

    @property
    def texts(self) -> tuple[Translation, ...]:
        """Every language, the first one first; it is always authentic."""
        fields = (self.text("subject"), self.text("salutation"), self.text("closing"))
        return (Translation(self.language, *fields, self.body, True), *self.also)

    def with_body(self, language: str, body: str) -> Draft:
        """The same with another body in one language."""
        if language == self.language:
            return replace(self, body=body)
        return replace(
            self, also=tuple(replace(one, body=body) if one.language == language else one for one in self.also)
        )


def new_letter(
    desk: Desk,
    untrusted_data: bytes,
    name: str,
    also: Sequence[tuple[bytes, str]] = (),
    untrusted_logo: bytes = b"",
) -> Draft:
    """Take in a file, and its translations, and begin a dossier for them. Raises ``Refused``."""
    source = desk.letters.read(untrusted_data, name).with_subject()
    logo = lead_logo(desk, untrusted_logo)
    return begin(
        desk, Draft(UNNAMED, source.front, source.body, source.remarks, translations_from(desk, also, source), logo)
    )


def begin(desk: Desk, draft: Draft) -> Draft:
    """Make a dossier for a draft that has a subject now. Raises ``Refused``."""
    own = own_identity(desk)
    title = check_name(draft.text("subject"), _("the subject"))
    key = SecretariatKey(b64encode(own.certificate.der).decode(), desk.sealing.recipient(own.age_secret))
    with desk.store.atomic():
        packet = issue(desk, Genesis, "", title=title, secretariat=(key,))
        begun = replace(draft, dossier=statement_id(packet.statement))
        save_draft(desk, begun)
        if draft.dossier == UNNAMED:
            forget_draft(desk, UNNAMED)
    return begun


def lead_logo(desk: Desk, untrusted_data: bytes) -> bytes:
    """A picture of the lead's logo made harmless; empty stays empty. Raises ``Refused``."""
    return desk.pictures.normalise(untrusted_data, LOGO_PIXELS, LOGO_BYTES) if untrusted_data else b""


def translations_from(desk: Desk, files: Sequence[tuple[bytes, str]], first: Source) -> tuple[Translation, ...]:
    """The texts in other languages. Raises ``Refused``: a language is missing, or named twice."""
    found: list[Translation] = []
    taken = {str(first.front.get("language") or DEFAULT_LANGUAGE)}
    for untrusted_data, name in files:
        one = translation_of(desk.letters.read(untrusted_data, name), name)
        if one.language in taken:
            raise UsageError(
                N_("The language {language} is there twice; give each text its own."), language=one.language
            )
        taken.add(one.language)
        found.append(one)
    return tuple(found)


def translation_of(source: Source, name: str, language: str = "") -> Translation:
    """A file as one language of a letter. Raises ``UsageError``: it does not say which language it is in."""
    front = {key: str(value) for key, value in source.front.items() if isinstance(value, str)}
    language = language or front.get("language", "")
    if not language:
        raise UsageError(N_("{name} does not say its language; add a line “language: fr” at its top."), name=name)
    return Translation(
        language=language,
        subject=front.get("subject", ""),
        salutation=front.get("salutation", ""),
        closing=front.get("closing", ""),
        body=source.body,
        authentic=front.get("authentic", "").casefold() in ("yes", "true", "ja", "oui"),
    )


def save_draft(desk: Desk, draft: Draft) -> None:
    """Keep a draft; the text of a published version is not touched by it."""
    front = {key: list(value) if isinstance(value, tuple) else value for key, value in draft.front.items()}
    also = [asdict(replace(one, body=_one_form(one.body))) for one in draft.also]
    data = json.dumps({"front": front, "body": _one_form(draft.body), "also": also}, ensure_ascii=False)
    with desk.store.atomic():
        desk.store.put_document(draft.dossier, "draft", "letter", data.encode())
        if draft.logo != desk.store.documents(draft.dossier, "draft").get("logo", b""):
            desk.store.put_document(draft.dossier, "draft", "logo", draft.logo)


def _one_form(body: str) -> str:
    """The form in which texts are signed: NFC, and ``\n`` at the ends of lines."""
    return unicodedata.normalize("NFC", body.replace("\r\n", "\n").replace("\r", "\n"))


def load_draft(desk: Desk, dossier: str) -> Draft | None:
    """The draft of a dossier; ``None`` on a workspace that did not write it."""
    documents = desk.store.documents(dossier, "draft")
    data = documents.get("letter")
    if data is None:
        return None
    value = json.loads(data)
    also = tuple(Translation(**one) for one in value.get("also", ()))
    return Draft(dossier, value["front"], value["body"], (), also, documents.get("logo", b""))


def set_draft_base(desk: Desk, dossier: str, letter: str) -> None:
    """Remember on which published version the draft goes on."""
    desk.store.put_document(dossier, "draft", "base", letter.encode())


def draft_base(desk: Desk, dossier: str) -> str:
    """The id of that version; empty where none was published, or nothing is known of it."""
    return desk.store.documents(dossier, "draft").get("base", b"").decode()


def forget_draft(desk: Desk, dossier: str) -> None:
    """Let a draft go."""
    for key in ("letter", "logo", "base"):
        desk.store.delete_document(dossier, "draft", key)


def blank(desk: Desk) -> Draft:
    """An empty letter of this organisation, without a dossier yet."""
    return Draft(UNNAMED, {"lead": own_identity(desk).organisation, "language": DEFAULT_LANGUAGE}, "")
