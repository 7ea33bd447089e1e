"""Take files in: any kind, any order, any number of times. One verdict for each; one bad file never stops the rest."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from crsv_desk.domain.admission import Held, admit
from crsv_desk.domain.colleague import is_card
from crsv_desk.domain.errors import Refused
from crsv_desk.domain.fold import ERASABLE, fold
from crsv_desk.domain.openings import Disclosure, Opening, decode_opening
from crsv_desk.domain.packet import Packet
from crsv_desk.domain.prepared import is_prepared
from crsv_desk.domain.progress import Report, Step, part, silent
from crsv_desk.domain.statements import Closing, Erasure, Genesis, Newer, Roster
from crsv_desk.i18n import N_, _, ngettext
from crsv_desk.services.book import Volume, keep, open_volume, read_packet
from crsv_desk.services.colleague import adopt_draft
from crsv_desk.services.content import check_content, newer_sentence
from crsv_desk.services.desk import Desk
from crsv_desk.services.erase import destroy_erased
from crsv_desk.services.identity import has_identity, own_identity
from crsv_desk.services.linking import admit_linked_keys, check_disclosure
from crsv_desk.services.prepared import keep_prepared

MOST_UNKNOWN = 1_000
"""Statements of signers outside the roster that one dossier holds."""

Inside = frozenset[Literal["text", "bundle", "sealed"]]
SEALED: Inside = frozenset({"sealed"})
TEXT: Inside = frozenset({"text"})
Outcome = Literal["new", "known", "refused", "held apart", "unread", "sealed to others"]
DECIDING = (Genesis, Roster, Closing, Erasure)


@dataclass(frozen=True, slots=True)
class Untrusted:
    """A file as it was given to us."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one file or of one packet in it."""

    name: str
    outcome: Outcome
    kind: str
    """The statement's type, "opening", "disclosure" or empty."""
    organisation: str
    """Whom the signer's certificate claims to be; empty when nothing was read."""
    sentence: str
    """Translated: what this is and what to do."""
    dossier: str = ""
    statement: str = ""
    own: bool = False
    """It is meant for whoever opened it alone, and its sentence says what it is."""


@dataclass(slots=True)
class _Batch:
    """Everything that was found in the files, taken apart but not yet kept."""

    packets: list[tuple[str, Packet, Held]] = field(default_factory=list)
    documents: list[tuple[str, Opening | Disclosure]] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)


def receive(desk: Desk, files: Iterable[Untrusted], report: Report = silent) -> Sequence[Verdict]:
    """Take in ``files``. Never raises for what is in them; nothing of a refused file is kept, and of a batch that is
    cancelled nothing at all."""
    files = list(files)
    count, batch = len(files), _Batch()
    secrets = own_secrets(desk)
    for index, file in enumerate(files):
        report(Step(index, 2 * count, _("Reading {name}").format(name=file.name)))
        try:
            one = _Batch()
            _take_apart(desk, file.name, file.data, secrets, one, frozenset())
        except Refused as refusal:
            batch.verdicts.append(Verdict(file.name, "refused", "", "", str(refusal)))
        else:
            batch.packets += one.packets
            batch.documents += one.documents
            batch.verdicts += one.verdicts
    report(Step(count, 2 * count, _("Saving")))
    with desk.store.atomic():
        batch.verdicts += _keep_packets(desk, batch.packets, part(report, count, 2 * count, 2 * count))
        # What a document has to fit are statements, so the dossiers stay as they are until all of them are kept.
        volumes = {one: open_volume(desk, one) for one in desk.store.dossiers()} if batch.documents else {}
        for name, document in batch.documents:
            batch.verdicts.append(_keep_document(desk, volumes, name, document))
        for dossier in sorted({verdict.dossier for verdict in batch.verdicts if verdict.outcome == "new"}):
            destroy_erased(desk, dossier)
            admit_linked_keys(desk, dossier)
            adopt_draft(desk, dossier)
        report(Step(2 * count, 2 * count))  # the last moment to cancel
    return _with_standing(desk, batch.verdicts)


def _keep_packets(desk: Desk, packets: Sequence[tuple[str, Packet, Held]], report: Report) -> Iterable[Verdict]:
    """What decides on others first (who speaks for whom, what is destroyed, which packet a closing names), then the
    rest by what that made of the dossier: so that the order of files never matters."""
    deciding = [entry for entry in packets if isinstance(entry[2].statement, DECIDING)]
    others = [entry for entry in packets if not isinstance(entry[2].statement, DECIDING)]
    kept = 0
    for group in (deciding, others):
        shelf = _Shelf(desk)
        for name, packet, held in sorted(group, key=lambda entry: _rank(entry[2])):
            report(Step(kept, len(packets)))
            kept += 1
            yield shelf.take(name, packet, held)


def _rank(held: Held) -> tuple[bool, str]:
    return (not isinstance(held.statement, Genesis), held.id)


def own_secrets(desk: Desk) -> Sequence[str]:
    """The age identities of this workspace: its own, and those made for replies."""
    replies = [data.decode() for one in desk.store.dossiers() for data in desk.store.documents(one, "reply").values()]
    return [own_identity(desk).age_secret, *replies] if has_identity(desk) else replies


def _take_apart(
    desk: Desk, name: str, untrusted_data: bytes, secrets: Sequence[str], batch: _Batch, inside: Inside
) -> None:
    """One file, or one member of one: a text holds anything but texts, a bundle no bundles, what is sealed no seals."""
    match desk.packets.kind(untrusted_data):
        case "packet":
            packet = read_packet(desk, untrusted_data)
            held = admit(packet)
            if not _is_held(desk, held):
                check_content(desk, packet, held)
            batch.packets.append((name, packet, held))
        case "bundle" if "bundle" not in inside:
            # What is open first, whatever the order inside: then a part sealed to others is known to be one of several.
            members = desk.packets.members(untrusted_data)
            for member in sorted(members, key=lambda one: desk.packets.kind(one) == "sealed"):
                _take_apart(desk, name, member, secrets, batch, inside | {"bundle"})
        case "text" if not inside:
            for member in desk.packets.from_text(untrusted_data):
                _take_apart(desk, name, member, secrets, batch, inside | {"text"})
        case "sealed" if "sealed" not in inside:
            content = desk.sealing.open(untrusted_data, secrets)
            if content is None and "bundle" in inside and (batch.packets or batch.documents):
                pass  # a letter's file holds answers for others too
            elif content is None:
                sentence = _("This file is sealed for somebody else; it was left as it is.")
                batch.verdicts.append(Verdict(name, "sealed to others", "", "", sentence))
            else:
                # What was sealed may be a bundle again, also where it lay in one; nothing is sealed twice.
                _take_apart(desk, name, content, secrets, batch, SEALED | (inside & TEXT))
        case "encrypted" if not inside:
            content = desk.sealing.decrypt(untrusted_data, secrets)
            if content is None:
                sentence = _("This file is encrypted for somebody else; it was left as it is.")
                batch.verdicts.append(Verdict(name, "sealed to others", "", "", sentence))
            else:
                _take_apart(desk, name, content, secrets, batch, frozenset({"sealed"}))
        case "opening" if is_prepared(untrusted_data):
            form = keep_prepared(desk, untrusted_data)
            sentence = _("A colleague prepared your signature; look at it, and sign it yourself.")
            batch.verdicts.append(Verdict(name, "new", "prepared", form.organisation, sentence, form.dossier, own=True))
        case "opening" if is_card(untrusted_data):
            raise Refused(
                N_("This is a colleague's laptop; add it in the letter, at “Secretariat”, after comparing its code.")
            )
        case "opening":
            batch.documents.append((name, decode_opening(untrusted_data)))
        case "pdf":
            raise Refused(N_("This is a PDF, not an answer; use “Check a file” to check it."))
        case _:
            raise Refused(N_("This is not a CRSV Desk file; ask the sender which file was meant."))


def _is_held(desk: Desk, held: Held) -> bool:
    """Whether this very packet was looked at and kept before."""
    card = desk.store.card(held.id)
    return card is not None and card.startswith(held.packet.encode())


class _Shelf:
    """Keeps packets, with each dossier opened once for the whole batch."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._volumes: dict[str, Volume] = {}
        self._packets: dict[str, ChainMap[str, Packet]] = {}
        self._known: dict[str, frozenset[str]] = {}
        self._strangers: dict[str, int] = {}

    def take(self, name: str, packet: Packet, held: Held) -> Verdict:
        """Keep one admitted packet, if there is room and reason."""
        kind = "newer" if isinstance(held.statement, Newer) else held.statement.type

        def verdict(outcome: Outcome, sentence: str) -> Verdict:
            return Verdict(name, outcome, kind, held.organisation, sentence, held.dossier, held.id)

        if not self._open(held):
            if isinstance(held.statement, Newer):
                return verdict("refused", newer_sentence(held.statement))
            sentence = _("This belongs to a letter that is not on this computer; open the letter's file first.")
            return verdict("refused", sentence)
        state, packets = self._volumes[held.dossier].state, self._packets[held.dossier]
        if held.id in state.erased and isinstance(held.statement, ERASABLE):
            return verdict("refused", _("The secretariat has destroyed this statement; it is not taken in again."))
        if held.id in packets:
            if _stands_before(packet, packets[held.id], [one.statement for one in state.closings]):
                keep(self._desk, held, packet)
            return verdict("known", _("You had this already; nothing changed."))
        if held.id != held.dossier and held.statement.signer not in self._known[held.dossier]:
            if self._strangers[held.dossier] >= MOST_UNKNOWN:
                sentence = _("Too many answers of unknown senders are waiting; confirm or remove some first.")
                return verdict("refused", sentence)
            self._strangers[held.dossier] += 1
        keep(self._desk, held, packet)
        packets[held.id] = packet
        if isinstance(held.statement, Newer):
            return verdict("unread", newer_sentence(held.statement))
        return verdict("new", _("Taken in."))

    def _open(self, held: Held) -> bool:
        """Whether the dossier is here, or this is its beginning."""
        dossier = held.dossier
        if dossier in self._volumes:
            return True
        if dossier in self._desk.store.dossiers():
            volume = open_volume(self._desk, dossier)
        elif isinstance(held.statement, Genesis):
            volume = Volume(fold(dossier, [held]), {}, {}, {})
        else:
            return False
        self._volumes[dossier] = volume
        self._packets[dossier] = ChainMap({}, volume.packets)  # type: ignore[arg-type]  # only read behind the first
        state = volume.state
        known = {*state.secretariat, own_identity(self._desk).fingerprint}
        known |= {key for member in state.members.values() for key in member.certificates}
        if isinstance(held.statement, Genesis):
            known |= fold(dossier, [held]).secretariat.keys()
        self._known[dossier] = frozenset(known)
        self._strangers[dossier] = sum(one.statement.signer not in known for one in volume.held.values())
        return True


def _stands_before(new: Packet, old: Packet, closings: Iterable[object]) -> bool:
    """The bytewise smaller of two packets for one statement, except where a closing names one of them."""
    named = {row.packet for one in closings if isinstance(one, Closing) for row in one.rows}
    if (new.digest in named) != (old.digest in named):
        return new.digest in named
    return new.data < old.data


def _keep_document(desk: Desk, volumes: Mapping[str, Volume], name: str, document: Opening | Disclosure) -> Verdict:
    """An opening is kept if a roster lists it, a disclosure if it fits its endorsement."""
    for dossier, volume in volumes.items():
        if isinstance(document, Opening):
            if document.entry in volume.once("roster entries", partial(_entries, volume)):
                desk.store.put_document(dossier, "opening", document.entry, document.encode())
                sentence = _own_allowance(desk, document)
                return Verdict(
                    name,
                    "new",
                    "opening",
                    document.organisation,
                    sentence or _("Taken in."),
                    dossier,
                    own=bool(sentence),
                )
        elif _fits(desk, volume, document):
            desk.store.put_document(dossier, "disclosure", document.endorsement, document.encode())
            organisation = volume.held[document.endorsement].organisation
            return Verdict(name, "new", "disclosure", organisation, _("Taken in."), dossier, document.endorsement)
    kind = "opening" if isinstance(document, Opening) else "disclosure"
    sentence = _("This part of the file does not fit anything here; ask the sender for the file again.")
    return Verdict(name, "refused", kind, "", sentence)


def _own_allowance(desk: Desk, opening: Opening) -> str:
    """For how many the secretariat says that this workspace may answer, in words; empty where it says nothing of it."""
    if not opening.voucher or not has_identity(desk) or own_identity(desk).fingerprint not in opening.certificates:
        return ""
    return ngettext(
        "The secretariat says that you may answer for {count} organisation that you do not name.",
        "The secretariat says that you may answer for up to {count} organisations that you do not name.",
        opening.voucher,
    ).format(count=opening.voucher)


def _entries(volume: Volume) -> frozenset[str]:
    """Everything that a roster lists."""
    rosters = [volume.held[key].statement for key in volume.state.rosters]
    return frozenset(entry for one in rosters if isinstance(one, Roster) for entry in one.add)


def _fits(desk: Desk, volume: Volume, untrusted_disclosure: Disclosure) -> bool:
    try:
        return check_disclosure(desk, volume, untrusted_disclosure)
    except Refused:  # it names a certificate that is none
        return False


def _with_standing(desk: Desk, verdicts: Sequence[Verdict]) -> Sequence[Verdict]:
    """What the fold makes of the statements just taken in, in words."""
    sentences: dict[str, tuple[Outcome | None, str]] = {}
    for dossier in sorted({verdict.dossier for verdict in verdicts if verdict.outcome in ("new", "known")}):
        state = open_volume(desk, dossier).state
        for one in state.unknown if own_identity(desk).fingerprint in state.secretariat else ():
            sentence = _("Says it is {organisation}; call and compare the code before it counts.")
            sentences[one.id] = ("held apart", sentence.format(organisation=one.organisation))
        for organisation in state.organisations:
            if organisation.standing == "endorsed an older version":
                for one in organisation.answers:
                    sentences[one.id] = (None, _("Signed for an older version of the text."))
        for entry in state.not_counted:
            reason = _(entry.reason).format(**entry.fields)
            sentences[entry.held.id] = (None, _("Taken in, but it does not count: {reason}").format(reason=reason))
    told = []
    for verdict in verdicts:
        outcome, sentence = sentences.get(verdict.statement, (None, ""))
        if sentence and verdict.outcome in ("new", "known") and verdict.kind != "disclosure":
            verdict = replace(verdict, outcome=outcome or verdict.outcome, sentence=sentence)
        told.append(verdict)
    return told
