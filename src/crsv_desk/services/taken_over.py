"""Words that a remark is said to be taken over with, and that the text to be published does not say.

What one laptop of a secretariat takes over stands in its own draft; the settlement travels, and with it the sentence that
every organisation reads. Whoever publishes from another draft must not overlook that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crsv_desk.domain.admission import Held
from crsv_desk.domain.changes import Edit, Run, edits, merged, says, takes_back
from crsv_desk.domain.dossier import Remark
from crsv_desk.domain.errors import DeskError, Refused
from crsv_desk.domain.remarks import comment_of
from crsv_desk.domain.versions import numbered
from crsv_desk.i18n import N_, _
from crsv_desk.services.book import Volume, letter_blocks, open_volume, paragraph_numbers, require_secretariat
from crsv_desk.services.desk import Desk
from crsv_desk.services.draft_against import draft_blocks
from crsv_desk.services.drafting import Draft, draft_base, load_draft, save_draft

TAKEN = "taken over"
"""Kind of the documents that name the settlements whose words this workspace put into its draft."""
LONG = 4
"""Words that are found wherever they stand in the text: fewer could stand elsewhere by chance."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """One remark that is said to be taken over, and whose words a draft does not say."""

    remark: str
    """Its id."""
    organisation: str
    block: str
    number: int
    """Of the paragraph in the text that stands; 0 for a heading, or where it is not in that."""
    language: str
    partly: bool
    """Said to be taken over in part."""
    proposed: str
    """What the paragraph is said to read: as it was settled, or as it was proposed."""
    now: str
    """What it reads in the draft; empty where it is gone."""
    words: str
    """What it would read with the words taken in; empty where they do not fit any more, and a person must write."""
    runs: tuple[Run, ...]
    """From what it reads to what it would; to what it is said to read where the words do not fit."""


def lacking(desk: Desk, volume: Volume, draft: Draft) -> Sequence[Lacking]:
    """The remarks said to be taken over, whole or in part, whose words ``draft`` does not say, in the order of the text.

    *The words* are the changes that the proposal wanted, as far as the settlement says that the paragraph got them
    (``Settled.words``); of a settlement that names none, all of the proposal, or, taken in part, any of it. *Does not
    say* (``domain.changes.says``): the words that a change puts in do not stand in the paragraph, or those that it takes
    out still do; four words or more may stand anywhere in the text. Of a remark with two settlements that stand, the
    words of one are enough.

    That words were edited after they were taken over is nobody's oversight, so nothing is lacking either

    - on the laptop that took them over or in, unless the paragraph reads as before, or has old words and not the new;
    - where the version on which the draft goes on has them, whatever the draft made of it: the person had them in front
      of them. A version has them if it says them; if the paragraph is as in an earlier version that has them, or was
      changed from such; or if whoever settled the remark published it later and changed the paragraph. A version that
      repeats a paragraph of one that lacks them, as when one of two texts under one number is taken, lacks them.
    """
    if not volume.state.letters:
        return ()
    current = volume.state.current or volume.state.letters[-1]
    base = draft_base(desk, draft.dossier)

    def paragraphs(language: str) -> Mapping[str, str]:
        blocks = draft_blocks(desk, volume, current.id, draft, language)
        return {key: block.text for key, block in blocks.items()}

    marked = desk.store.documents(draft.dossier, TAKEN).keys()
    return _lacking(desk, volume, paragraphs, current.id, base if base in _letters(volume) else current.id, marked)


def lacking_in_version(desk: Desk, dossier: str, letter_id: str) -> Sequence[Lacking]:
    """The same of a published version, before it is taken as the one that stands."""
    volume = open_volume(desk, dossier)

    def paragraphs(language: str) -> Mapping[str, str]:
        return _paragraphs(desk, volume, letter_id, language)

    return _lacking(desk, volume, paragraphs, letter_id, letter_id, ())


def take_in(desk: Desk, dossier: str, remarks: Collection[str] = ()) -> Draft:
    """Put the words of remarks (by id; of all without any) into this workspace's draft, as taking them over would, without
    settling anything again. Those that do not fit any more are left. Raises ``DeskError`` without a draft."""
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    draft = load_draft(desk, dossier)
    if draft is None:
        raise DeskError(N_("The draft of this letter is on another computer; change it there."))
    with desk.store.atomic():
        for wanted in [one.remark for one in lacking(desk, volume, draft) if not remarks or one.remark in remarks]:
            # Each as the draft is now: two may be about one paragraph.
            one = next((one for one in lacking(desk, volume, draft) if one.remark == wanted), None)
            if one is not None and one.words:
                draft = _with_words(desk, volume, draft, one)
                note_taken(desk, dossier, [key.id for key in _by_id(volume)[wanted].settlements])
        save_draft(desk, draft)
    return draft


def note_taken(desk: Desk, dossier: str, settlements: Collection[str]) -> None:
    """Remember that the draft here got the words of these settlements."""
    for key in settlements:
        desk.store.put_document(dossier, TAKEN, key, b"")


def forget_taken(desk: Desk, dossier: str) -> None:
    """The draft was replaced by a published text: what was put into it before says nothing of it."""
    for key in tuple(desk.store.documents(dossier, TAKEN)):
        desk.store.delete_document(dossier, TAKEN, key)


def require_taken_in(desk: Desk, volume: Volume, draft: Draft, left_out: Collection[str]) -> None:
    """Raises ``Refused`` where ``draft`` lacks words of remarks other than ``left_out`` (ids, of those that a person saw and
    leaves out)."""
    found = [one for one in lacking(desk, volume, draft) if one.remark not in left_out]
    if found:
        sentence = N_(
            "The organisations read that this was taken over, and it is not in the text: {what}. Take it in, or say that"
            " it stays out."
        )
        raise Refused(sentence, what="; ".join(told(one) for one in found))


def told(one: Lacking) -> str:
    """Who proposed what, in one line."""
    return _("{organisation}: “{words}”").format(organisation=one.organisation, words=one.proposed)


# --- what is claimed


@dataclass(frozen=True, slots=True)
class _Claim:
    """What one settlement that stands says of a paragraph."""

    settlement: Held
    reads: str
    """The words of the whole paragraph."""
    old: str
    """What it said when the remark was made."""
    before: frozenset[str]
    """That, and what it said when the remark was settled."""
    changes: tuple[Edit, ...]
    whole: bool
    """All of the changes; else any."""

    def holds(self, text: str) -> bool:
        return text == self.reads or says(text, self.old, self.changes, self.whole)

    def undone(self, text: str) -> bool:
        """Where the paragraph got the words once: it reads as before, or has old words and not the new."""
        return text in self.before or (self.whole and takes_back(text, self.old, self.changes))


def _claims(desk: Desk, volume: Volume, remark: Remark) -> Sequence[_Claim]:
    known = _known(desk, volume, "claims")
    key = (remark.held.id, tuple(one.id for one in remark.settlements))
    if key not in known:
        known[key] = tuple(_claim(desk, volume, remark, one) for one in remark.settlements)
    return [one for one in known[key] if one.changes]


def _claim(desk: Desk, volume: Volume, remark: Remark, settlement: Held) -> _Claim:
    asked, said = comment_of(remark.held), comment_of(settlement)
    old = _paragraphs(desk, volume, asked.letter, asked.language).get(asked.block, "")
    proposal = asked.proposal if asked.kind == "proposal" else ""
    wanted = edits(tuple(desk.letters.word_runs(old, proposal))) if proposal else ()
    seen = [_paragraphs(desk, volume, one, asked.language).get(asked.block, "") for one in said.seen]
    before = frozenset((old, *filter(None, seen)))
    if not said.proposal:
        return _Claim(settlement, proposal, old, before, wanted, said.state == "taken")
    got = edits(tuple(desk.letters.word_runs(old, said.proposal)))
    of_it = tuple(one for one in got if any(_touch(one, other) for other in wanted))
    return _Claim(settlement, said.proposal, old, before, of_it or got, True)


def _touch(one: Edit, other: Edit) -> bool:
    return one.start <= other.end and other.start <= one.end


def _claimed(volume: Volume) -> Sequence[Remark]:
    return volume.once("said to be taken over", lambda: [one for one in _remarks(volume) if _is_claimed(one)])


def _is_claimed(one: Remark) -> bool:
    if one.state not in ("taken", "partly") or not comment_of(one.held).block:
        return False
    proposes = comment_of(one.held).kind == "proposal"
    return any(proposes or comment_of(settlement).proposal for settlement in one.settlements)


def _remarks(volume: Volume) -> Iterator[Remark]:
    yield from volume.state.remarks
    yield from volume.state.unknown_remarks


def _by_id(volume: Volume) -> Mapping[str, Remark]:
    return volume.once("claimed by id", lambda: {one.held.id: one for one in _claimed(volume)})


# --- what versions have


def _had(desk: Desk, volume: Volume, remark: Remark, letter_id: str) -> bool:
    """Whether a published version has the words of a remark."""
    known = _known(desk, volume, "had")
    key = (remark.held.id, tuple(one.id for one in remark.settlements), letter_id)
    if key not in known:
        asked = comment_of(remark.held)
        # Whether it says exactly what a settlement says is quickly told, and nearly always so.
        exactly = {comment_of(one).proposal or asked.proposal: one for one in remark.settlements}
        words = _paragraphs(desk, volume, letter_id, asked.language).get(asked.block)
        known[key] = (
            words in exactly
            or any(
                _carried(desk, volume, letter_id, one, asked.block, asked.language, {words}.__contains__)
                for words, one in exactly.items()
            )
            or any(
                _carried(desk, volume, letter_id, one.settlement, asked.block, asked.language, one.holds)
                for one in _claims(desk, volume, remark)
            )
        )
    return bool(known[key])


def _carried(
    desk: Desk,
    volume: Volume,
    letter_id: str,
    settlement: Held,
    block: str,
    language: str,
    holds: Callable[[str], bool],
) -> bool:
    """Whether a version has what was settled; ``holds`` looks at a paragraph. Back to the version that whoever settled
    it had."""
    letters = _letters(volume)
    seen = set(comment_of(settlement).seen) & letters.keys()
    answers: dict[str, bool] = {}

    def paragraph(key: str) -> str | None:
        return _paragraphs(desk, volume, key, language).get(block)

    def had(key: str) -> bool:
        if key not in answers:
            answers[key] = False  # an id cannot name itself; this is for a version that is not held
            answers[key] = look(key) if key in letters else False
        return answers[key]

    def look(key: str) -> bool:
        words, before = paragraph(key), volume.letter(key).prev
        if words is not None and holds(words):
            return True
        if key in seen or not before:
            return False
        same = [one for one in before if one in letters and paragraph(one) == words]
        if same:
            return any(map(had, same))
        settler = letters[key].statement.signer == settlement.statement.signer
        return bool(seen and settler) or all(map(had, before))

    # The oldest first, so that nothing goes deep.
    for one in volume.state.letters:
        if numbered(one).n <= numbered(letters[letter_id]).n:
            had(one.id)
    return had(letter_id)


def _letters(volume: Volume) -> Mapping[str, Held]:
    return volume.once("letters by id", lambda: {one.id: one for one in volume.state.letters})


def _paragraphs(desk: Desk, volume: Volume, letter_id: str, language: str) -> Mapping[str, str]:
    """The words of each block of a version in a language; empty where it is not held, or not in that language."""
    known = _known(desk, volume, "paragraphs")
    if (letter_id, language) not in known:
        letter = volume.letter(letter_id) if letter_id in _letters(volume) else None
        there = letter is not None and language in {one.language for one in letter.texts}
        blocks = letter_blocks(desk, volume, letter_id, language) if there else ()
        known[letter_id, language] = {one.id: one.text for one in blocks}
    found: Mapping[str, str] = known[letter_id, language]
    return found


def _known(desk: Desk, volume: Volume, what: str) -> dict[Any, Any]:
    """What was worked out while these versions are the ones held."""
    key = ("taken over", volume.state.dossier)
    known = desk.shelf.derived.get(key, {})
    if known.get("letters") != volume.state.letters:
        known = desk.shelf.derived[key] = {"letters": volume.state.letters, "claims": {}, "had": {}, "paragraphs": {}}
    found: dict[Any, Any] = known[what]
    return found


# --- what the draft has


def _lacking(
    desk: Desk,
    volume: Volume,
    paragraphs: Callable[[str], Mapping[str, str]],
    against: str,
    base: str,
    marked: Collection[str],
) -> Sequence[Lacking]:
    """``paragraphs`` gives the words of each block in a language; ``against`` numbers them."""
    found: list[Lacking] = []
    numbers = paragraph_numbers(letter_blocks(desk, volume, against))
    for remark in volume.once(f"lacking in {base}", lambda: _not_had(desk, volume, base)):
        asked = comment_of(remark.held)
        text, claims = paragraphs(asked.language), _claims(desk, volume, remark)
        if claims and not any(_has(one, text, asked.block, one.settlement.id in marked) for one in claims):
            found.append(_row(desk, remark, claims[0], text.get(asked.block, ""), numbers.get(asked.block, 0)))
    order = {key: at for at, key in enumerate(numbers)}
    return sorted(found, key=lambda one: (order.get(one.block, -1), one.organisation, one.remark))


def _not_had(desk: Desk, volume: Volume, letter_id: str) -> Sequence[Remark]:
    return [one for one in _claimed(volume) if not _had(desk, volume, one, letter_id)]


def _has(claim: _Claim, text: Mapping[str, str], block: str, marked: bool) -> bool:
    now = text.get(block)
    if now is not None and claim.holds(now):
        return True
    if marked and (now is None or not claim.undone(now)):
        return True
    long = all(len(one.added.split()) >= LONG for one in claim.changes)
    return long and says("\n".join(text.values()), "", [Edit(0, 0, "", one.added) for one in claim.changes])


def _row(desk: Desk, remark: Remark, claim: _Claim, now: str, number: int) -> Lacking:
    asked = comment_of(remark.held)
    words = None
    if now and claim.whole:
        words = merged(claim.old, claim.changes, edits(tuple(desk.letters.word_runs(claim.old, now))))
    return Lacking(
        remark=remark.held.id,
        organisation=remark.organisation,
        block=asked.block,
        number=number,
        language=asked.language,
        partly=remark.state == "partly",
        proposed=claim.reads,
        now=now,
        words=words or "",
        runs=tuple(desk.letters.word_runs(now, words or claim.reads)),
    )


def _with_words(desk: Desk, volume: Volume, draft: Draft, one: Lacking) -> Draft:
    current = volume.state.current or volume.state.letters[-1]
    block = draft_blocks(desk, volume, current.id, draft, one.language)[one.block]
    body = next(text.body for text in draft.texts if text.language == one.language)
    return draft.with_body(one.language, desk.letters.replace_block(body, block, one.words))
