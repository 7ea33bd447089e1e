"""Take a letter in as a draft: its genesis makes the dossier, its text waits in the workspace until it is published."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crsv_desk.domain.blocks import Block
from crsv_desk.domain.names import check_name
from crsv_desk.domain.statements import Genesis, SecretariatKey, statement_id
from crsv_desk.i18n import _
from crsv_desk.services.book import issue
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import own_identity


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter's text and fields as the secretariat holds them, before and after publishing.

    ``front`` has text for subject, salutation, closing, place, date, language, lead, deadline, accent and notice,
    and lists of text for recipient and partners.
    """

    dossier: str
    front: Mapping[str, object]
    body: str
    remarks: Sequence[str] = ()
    """What could not be taken in, as translated sentences."""

    def text(self, key: str, default: str = "") -> str:
        """One field as text."""
        return str(self.front.get(key) or default)

    def lines(self, key: str) -> tuple[str, ...]:
        """One field as a list of text."""
        value = self.front.get(key) or ()
        return (value,) if isinstance(value, str) else tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def new_letter(desk: Desk, untrusted_data: bytes, name: str) -> Draft:
    """Take in a file and begin a dossier for it. Raises ``Refused``."""
    source = desk.letters.read(untrusted_data, name)
    own = own_identity(desk)
    title = check_name(str(source.front["subject"]), _("the subject"))
    key = SecretariatKey(b64encode(own.certificate.der).decode(), desk.sealing.recipient(own.age_secret))
    with desk.store.atomic():
        packet = issue(desk, Genesis, "", title=title, secretariat=(key,))
        draft = Draft(statement_id(packet.statement), source.front, source.body, source.remarks)
        save_draft(desk, draft)
    return draft


def save_draft(desk: Desk, draft: Draft) -> None:
    """Keep a draft; the text of a published version is not touched by it."""
    front = {key: list(value) if isinstance(value, tuple) else value for key, value in draft.front.items()}
    data = json.dumps({"front": front, "body": draft.body}, ensure_ascii=False)
    desk.store.put_document(draft.dossier, "draft", "letter", data.encode())


def load_draft(desk: Desk, dossier: str) -> Draft | None:
    """The draft of a dossier; ``None`` on a workspace that did not write it."""
    data = desk.store.documents(dossier, "draft").get("letter")
    if data is None:
        return None
    value = json.loads(data)
    return Draft(dossier, value["front"], value["body"])


def draft_blocks(desk: Desk, draft: Draft) -> tuple[Block, ...]:
    return desk.letters.blocks(draft.body)
