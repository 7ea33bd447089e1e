"""Canonical JSON, the exact keys of every type, and every bound: what is not exactly a statement is none."""

from __future__ import annotations

import contextlib
import json
import re
from base64 import b64decode
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from crsv_desk.domain import canonical
from crsv_desk.domain.canonical import dump, load
from crsv_desk.domain.errors import Refused
from crsv_desk.domain.openings import Disclosure, Opening, decode_opening
from crsv_desk.domain.schema import SchemaError
from crsv_desk.domain.statements import (
    FORMAT,
    TYPES,
    Newer,
    Signing,
    Statement,
    base64_of,
    decode,
    encode,
    keys,
    statement_id,
)
from tests.domain.world import World, key

COMMON = {"v", "type", "dossier", "signer", "time", "nonce", "seen", "files"}
KEYS = {
    "genesis": {"title", "secretariat"},
    "letter": {"n", "prev", "lead", "recipient", "texts", "blocks", "seal_to", "correction", "logo"},
    "call": {"n", "prev", "deadline", "embargo", "contact", "list_shown_to", "asked"},
    "roster": {"prev", "add", "revoke", "secretariat"},
    "comment": {"letter", "language", "block", "kind", "text", "proposal", "refers", "state", "reply"},
    "endorsement": {
        "letter", "organisation", "people", "acting", "mandate", "reservation", "members", "corrections", "mark",
        "logo", "visibility", "replaces", "reply",
    },
    "decline": {"letter", "reason", "replaces", "reply"},
    "withdrawal": {"letter", "reason", "replaces", "reply"},
    "attestation": {"letter", "organisation", "count", "answer", "how", "day", "evidence"},
    "receipt": {"ids"},
    "closing": {
        "n", "prev", "letter", "place", "date", "rosters", "rows", "withheld", "attested", "openings", "sign_off",
        "certificate", "edition", "layout",
    },
    "erasure": {"ids"},
}  # fmt: skip
"""As the format has them, so that a key that came or went is seen here."""

plain = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | plain,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.from_regex(r"\A[a-z_]{0,8}\Z"), inner, max_size=4),
    max_leaves=20,
)


def one_of_each() -> dict[str, Statement]:
    """A statement of every type."""
    world = World()
    world.member("A")
    letter = world.letter()
    world.call()
    answer = world.endorse(letter, "A")
    world.decline(letter, "A")
    world.withdraw(letter, "A")
    world.attest(letter, "B")
    world.comment(letter, "A")
    world.receipt(answer)
    world.close(letter, answer)
    world.erase(answer)
    found = {}
    for held in world.held.values():
        assert isinstance(held.statement, Statement)
        found[held.statement.type] = held.statement
    return found


EACH = one_of_each()


def changed(kind: str, /, **entries: Any) -> bytes:
    """The canonical bytes of a statement with other entries, whatever they are."""
    value = json.loads(encode(EACH[kind]))
    return json.dumps({**value, **entries}, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@given(values)
def test_canonical_json_is_that_of_rfc_8785(value: Any) -> None:
    try:
        mine = dump(value)
    except ValueError:
        return  # text that is not in form C
    assert mine == rfc8785.dumps(value)
    assert load(mine) == value


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1.0}', b'{"a":1e3}', b'{"a":NaN}', b'{"a": 1}', b'{"a":1}\n', b'{"b":1,"a":2}', b'{"a":1,"a":1}',
        '{"é":1}'.encode(), '{"a":"e\u0301"}'.encode(), b'{"a":"\\u0041"}', b'{"a":"\\/"}', b'{"a":9007199254740992}',
        b'{"a":"\\ud800"}', b"\xff", b"", b"{", b"[" * 100_000, b'{"a":-0}', b"\xef\xbb\xbf{}", b'{"a":"\x01"}',
        b'{"a":' + b"9" * 5_000 + b"}",
    ],
)  # fmt: skip
def test_other_spellings_of_json_are_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        load(data)


@given(st.binary(max_size=300))
def test_no_bytes_make_the_readers_raise_anything_but_refused(data: bytes) -> None:
    for read in (load, decode, decode_opening):
        with contextlib.suppress(Refused):
            read(data)


def test_a_value_nested_too_deep_is_no_statement() -> None:
    value: Any = 0
    for _ in range(canonical._DEEPEST + 1):
        value = [value]
    with pytest.raises(ValueError, match="deep"):
        dump(value)


def test_the_types_are_those_of_the_format() -> None:
    assert set(TYPES) == set(KEYS) == set(EACH)


@pytest.mark.parametrize("kind", KEYS)
def test_every_type_has_exactly_its_keys(kind: str) -> None:
    value = json.loads(encode(EACH[kind]))
    assert set(value) == COMMON | KEYS[kind] == keys(TYPES[kind])
    assert value["v"] == FORMAT == 1 and value["type"] == kind
    assert decode(encode(EACH[kind])) == EACH[kind]
    for name in value:
        rest = {other: entry for other, entry in value.items() if other != name}
        with pytest.raises(Refused):
            decode(dump(rest))
    with pytest.raises(Refused):
        decode(changed(kind, alg="none"))


def test_the_id_is_the_digest_of_the_bytes_and_the_nonce_makes_it_unguessable() -> None:
    world = World()
    one, two = world.letter(), world.letter()
    assert one.id != two.id  # the same words, another nonce
    data = encode(EACH["letter"])
    assert re.fullmatch("[0-9a-f]{64}", statement_id(data)) and statement_id(data) != statement_id(data + b" ")


D, E = "d" * 64, "e" * 64
PEOPLE = [{"name": "P", "role": "R"}]


@pytest.mark.parametrize(
    ("kind", "entries"),
    [
        ("letter", {"v": 0}), ("letter", {"v": True}), ("letter", {"v": "1"}), ("letter", {"type": "brief"}),
        ("letter", {"dossier": ""}), ("letter", {"dossier": "x"}), ("genesis", {"dossier": D}),
        ("letter", {"signer": D.upper()}), ("letter", {"time": "2026-02-30T00:00:00Z"}),
        ("letter", {"time": "2026-05-20T10:00:00+00:00"}), ("letter", {"time": "2026-05-20"}),
        ("letter", {"nonce": "00"}), ("letter", {"seen": [E, D]}), ("letter", {"seen": [D, D]}),
        ("letter", {"seen": [f"{n:064x}" for n in range(17)]}), ("letter", {"files": {"../x.md": D}}),
        ("letter", {"files": {"statement.exe": D}}), ("letter", {"files": {f"{n}.md": D for n in range(17)}}),
        ("genesis", {"title": ""}), ("genesis", {"title": "x" * 201}), ("genesis", {"title": "a\nb"}),
        ("genesis", {"title": "a\u0007b"}), ("genesis", {"title": "e\u0301"}), ("genesis", {"secretariat": []}),
        ("genesis", {"secretariat": [{"certificate": "A", "recipient": "age1" + "q" * 58}]}),
        ("genesis", {"secretariat": [{"certificate": "AAAA", "recipient": "age1" + "b" * 58}]}),
        ("letter", {"n": 0}), ("letter", {"n": 1.5}), ("letter", {"n": "1"}), ("letter", {"prev": [E, D]}),
        ("letter", {"texts": []}), ("letter", {"blocks": []}), ("letter", {"blocks": ["B1"]}),
        ("letter", {"recipient": ["x"] * 11}), ("letter", {"logo": "logo.svg"}),
        ("letter", {"seal_to": [{"role": "friend", "name": "X", "recipient": "age1" + "q" * 58}]}),
        ("letter", {"correction": {"blocks": [], "object_before": "tomorrow"}}),
        ("call", {"list_shown_to": "friends"}), ("call", {"deadline": "26 mei 2026"}),
        ("roster", {"add": [E, D]}), ("roster", {"add": ["x"]}), ("roster", {"revoke": [{"target": D}]}),
        ("comment", {"kind": "like"}), ("comment", {"text": "x" * 20_001}), ("comment", {"refers": "x"}),
        ("comment", {"block": "B 1"}), ("comment", {"state": "maybe"}), ("comment", {"language": "Dutch"}),
        ("endorsement", {"people": PEOPLE * 7}), ("endorsement", {"acting": "secretly"}),
        ("endorsement", {"mark": "stamp"}), ("endorsement", {"corrections": 0}), ("endorsement", {"corrections": None}),
        ("endorsement", {"visibility": {"name": "hidden", "role": "shown", "mark": "shown", "logo": "shown"}}),
        ("endorsement", {"reply": "age1x"}), ("endorsement", {"members": [""]}),
        ("endorsement", {"reservation": {"text": "", "printed": 1}}),
        ("attestation", {"count": 0}), ("attestation", {"count": 1_001}), ("attestation", {"how": "rumour"}),
        ("attestation", {"answer": "maybe"}), ("attestation", {"evidence": "lost"}), ("attestation", {"day": "today"}),
        ("receipt", {"ids": [E, D]}), ("erasure", {"ids": ["all"]}),
        ("closing", {"edition": "secret"}), ("closing", {"certificate": ""}), ("closing", {"withheld": [E, D]}),
        ("closing", {"layout": {"rules": 1, "fonts": D, "accent": "green", "notice": ""}}),
        ("closing", {"attested": [{"how": "phone", "count": 0}]}), ("closing", {"date": ""}),
        ("closing", {"rows": [{"id": D, "packet": E, "printed": "", "latin": "", "sort": ""}]}),
    ],
)  # fmt: skip
def test_every_bound_is_looked_at(kind: str, entries: dict[str, Any]) -> None:
    assert decode(changed(kind)) == EACH[kind]
    with pytest.raises(Refused):
        decode(changed(kind, **entries))


def test_what_breaks_its_own_rules_is_not_written() -> None:
    world = World()
    with pytest.raises(SchemaError):
        world.letter(n=0)


@pytest.mark.parametrize("number", [2, 3, 1_000])
def test_a_later_format_is_recognised_whatever_else_it_says(number: int) -> None:
    later = decode(dump({"v": number, "type": "song", "dossier": D, "signer": E, "notes": [1, {"x": None}]}))
    assert later == Newer(number, D, E)
    assert decode(dump({"v": number, "dossier": "", "signer": E})) == Newer(number, "", E)


@pytest.mark.parametrize("entries", [{"dossier": "x", "signer": E}, {"dossier": D, "signer": ""}, {"signer": E}])
def test_a_later_format_says_at_least_whose_it_is(entries: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        decode(dump({"v": 2, **entries}))


@given(st.from_regex(rf"\A{base64_of(0, 5)}\Z"))
def test_what_the_pattern_of_base64_takes_can_be_decoded(text: str) -> None:
    b64decode(text, validate=True)


OPENING = Opening("A", "NL", (D, E), 0, "voice", "2026-05-20", D)
DISCLOSURE = Disclosure(D, (Signing("P", "R"),), "none", "", ("", "", "", ""), "", "")


def test_openings_and_disclosures_are_told_apart_by_their_keys() -> None:
    assert decode_opening(OPENING.encode()) == OPENING
    assert decode_opening(DISCLOSURE.encode()) == DISCLOSURE
    assert set(json.loads(OPENING.encode())) == {
        "organisation", "country", "certificates", "voucher", "basis", "date", "salt",
    }  # fmt: skip
    assert set(json.loads(DISCLOSURE.encode())) == {
        "endorsement", "people", "mark", "mark_data", "salts", "certificate", "link",
    }  # fmt: skip


@pytest.mark.parametrize(
    "entries",
    [{"voucher": -1}, {"voucher": 1_001}, {"basis": "rumour"}, {"certificates": [E, D]}, {"salt": ""}, {"country": "x" * 61}],
)  # fmt: skip
def test_an_opening_has_bounds_too(entries: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        decode_opening(dump({**json.loads(OPENING.encode()), **entries}))


@pytest.mark.parametrize("entries", [{"mark_data": "A"}, {"salts": ["", "", ""]}, {"link": "=="}, {"mark": "song"}])
def test_a_disclosure_has_bounds_too(entries: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        decode_opening(dump({**json.loads(DISCLOSURE.encode()), **entries}))


def test_an_entry_of_the_roster_hides_what_it_opens_to() -> None:
    """The salt is 32 random bytes: the same organisation and keys give another entry each time."""
    again = Opening("A", "NL", (D, E), 0, "voice", "2026-05-20", key("other salt"))
    assert OPENING.entry != again.entry
