"""An endorsement of an earlier text, carried over to the text that stands: a new signature over the new words."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass

from crsv_desk.domain.admission import Held, mark_file
from crsv_desk.domain.changes import BlockChange, FieldChange, summary
from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.marks import Drawing, Mark
from crsv_desk.domain.paper import Person
from crsv_desk.domain.statements import Answer, Comment, Endorsement
from crsv_desk.domain.versions import counts_for
from crsv_desk.i18n import N_
from crsv_desk.services.answering import Outgoing, latest_own_in
from crsv_desk.services.between import blocks_between, fields_between
from crsv_desk.services.book import Volume, current_letter, disclosures, open_volume
from crsv_desk.services.desk import Desk
from crsv_desk.services.endorse import Choice, Visible, endorse
from crsv_desk.services.identity import own_identity

READ = "read-version"
"""Kind of the document that says which text the person on this workspace read last."""


@dataclass(frozen=True, slots=True)
class SinceThen:
    """What changed since the text that this workspace answered, or else read."""

    old: int
    """The version answered or read."""
    new: int
    answered: bool
    """It answered the old one; otherwise it only read it."""
    endorsed: bool
    """That answer was an endorsement: it can be carried over."""
    still_counts: bool
    """The new text only corrects, and the endorsement allowed corrections."""
    objected: bool
    """It would, but for an objection that was made here."""
    correction: bool
    object_before: str
    """Until when one may object to a correction, or empty."""
    late: bool
    """That day has passed, by this computer's clock. An objection counts all the same until the letter is closed."""
    changes: tuple[BlockChange, ...]
    """Every block, also those that stayed."""
    fields: tuple[FieldChange, ...]
    """Those around the text that differ."""
    comparable: bool
    """The old text is held here."""

    @property
    def summary(self) -> str:
        """What changed, in one line."""
        return summary(self.changes, self.fields)


def mark_version_read(desk: Desk, dossier: str, letter: str) -> None:
    """Remember that the person has read this text."""
    desk.store.put_document(dossier, READ, "letter", letter.encode())


def since_then(desk: Desk, dossier: str) -> SinceThen | None:
    """``None`` when nothing newer stands than what was answered, or read."""
    volume = open_volume(desk, dossier)
    current = volume.state.current
    if current is None:
        return None
    own = latest_own_in(desk, volume)
    read = desk.store.documents(dossier, READ).get("letter", b"").decode()
    before = own.statement.letter if own is not None and isinstance(own.statement, Answer) else read
    if not before or before == current.id:
        return None
    letter = volume.letter(current.id)
    held = before in volume.held
    objected, until = own_objections(desk, volume), letter.correction.object_before
    return SinceThen(
        old=volume.letter(before).n if held else 0,
        new=letter.n,
        answered=own is not None,
        endorsed=own is not None and isinstance(own.statement, Endorsement),
        still_counts=_still_counts(volume, own, objected),
        objected=_still_counts(volume, own, frozenset()) and not _still_counts(volume, own, objected),
        correction=bool(letter.correction.blocks),
        object_before=letter.correction.object_before,
        late=bool(until) and desk.clock.now()[:10] > until[:10],
        changes=tuple(blocks_between(desk, volume, before, current.id)) if held else (),
        fields=fields_between(desk, volume, before, current.id) if held else (),
        comparable=held,
    )


def carry_over(desk: Desk, dossier: str) -> Outgoing:
    """Sign the text that stands with everything that the last endorsement said: people, mark, logo, mandate,
    reservation and who may see what. It replaces that one. Raises ``DeskError`` when there is none."""
    volume = open_volume(desk, dossier)
    current_letter(volume.state)
    own = latest_own_in(desk, volume)
    if own is None or not isinstance(own.statement, Endorsement):
        raise DeskError(N_("There is no signature to carry over: this computer has not signed this letter."))
    return endorse(desk, dossier, choice_of(desk, volume, own))


def choice_of(desk: Desk, volume: Volume, held: Held) -> Choice:
    """What was filled in for an own endorsement, so that it can be signed again."""
    statement, files = held.statement, volume.packet(held.id).files
    assert isinstance(statement, Endorsement)
    signing, kind, mark = statement.people, statement.mark, files.get(mark_file(statement.mark), b"")
    disclosure = disclosures(desk, volume.state.dossier).get(held.id)
    visible: Visible = "none" if statement.reply else "all"
    if disclosure is not None:
        signing, kind, mark = disclosure.people, disclosure.mark, b64decode(disclosure.mark_data)
        visible = "organisation" if statement.visibility.name != "shown" else "no-mark"
    people = tuple(Person(one.name, one.role) for one in signing)
    return Choice(
        visible=visible,
        people=people,
        logo=files.get(statement.logo, b""),
        mark=_mark(kind, mark, people),
        mandate=statement.mandate,
        reservation=statement.reservation.text,
        reservation_printed=statement.reservation.printed,
        members=statement.members,
        corrections=statement.corrections,
        acting=statement.acting,
    )


def _mark(kind: str, data: bytes, people: tuple[Person, ...]) -> Mark | None:
    match kind:
        case "strokes":
            return Mark("strokes", drawing=Drawing.from_bytes(data))
        case "image":
            return Mark("image", image=data)
        case "typed":
            return Mark("typed", text=people[0].name if people else "")
    return None


def own_objections(desk: Desk, volume: Volume) -> frozenset[str]:
    """Ids of the corrections to which this workspace objected."""
    own = own_identity(desk).fingerprint
    return frozenset(
        one.statement.letter
        for one in volume.held.values()
        if isinstance(one.statement, Comment) and one.statement.kind == "objection" and one.statement.signer == own
    )


def _still_counts(volume: Volume, own: Held | None, objected: frozenset[str]) -> bool:
    """By corrections alone, as far as can be seen here: a colleague may have objected too."""
    current = volume.state.current
    if own is None or current is None or not isinstance(own.statement, Endorsement):
        return False
    return counts_for(own.statement, current, {one.id: one for one in volume.state.letters}, objected)
