"""Under a passphrase where there is no keyring: Argon2id, and nothing of the passphrase anywhere."""

from __future__ import annotations

import unicodedata
from base64 import b64decode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given, settings
from hypothesis import strategies as st

from crsv_desk.domain.canonical import dump
from crsv_desk.domain.errors import WorkspaceError
from crsv_desk.identity import passphrase as module
from crsv_desk.identity.passphrase import unwrap, wrap
from crsv_desk.identity.vault import Vault, passphrase_from_file

PASSPHRASE, SECRET = "paarse olifant 74 fietst", bytes(range(32))
WRONG = "does not open the workspace"
CHEAP = {"iterations": 1, "lanes": 1, "memory": 8 * 1024}


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_COST", CHEAP)


def test_as_it_is_specified() -> None:
    """The record read by hand: RFC 9106's second recommended cost, ChaCha20-Poly1305, parameters authenticated."""
    record = wrap(SECRET, PASSPHRASE)
    salt, nonce, wrapped = (b64decode(str(record[name])) for name in ("salt", "nonce", "wrapped"))
    assert (record["kdf"], record["memory"], record["iterations"], record["lanes"]) == ("argon2id", 65_536, 3, 4)
    key = Argon2id(salt=salt, length=32, iterations=3, lanes=4, memory_cost=65_536).derive(PASSPHRASE.encode())
    header = {name: value for name, value in record.items() if name not in ("nonce", "wrapped")}
    assert ChaCha20Poly1305(key).decrypt(nonce, wrapped, dump(header)) == SECRET
    assert unwrap(record, PASSPHRASE) == SECRET


@pytest.mark.usefixtures("cheap")
def test_a_wrong_passphrase_says_so(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    secret = vault.create_with_passphrase(PASSPHRASE)
    for wrong in ("", " ", PASSPHRASE + " ", PASSPHRASE.upper(), PASSPHRASE[:-1]):
        with pytest.raises(WorkspaceError, match=WRONG) as refusal:
            vault.open(lambda wrong=wrong: wrong)  # type: ignore[misc]
        assert refusal.value.__cause__ is None and PASSPHRASE not in str(refusal.value)
    with pytest.raises(WorkspaceError, match="protected by a passphrase"):
        vault.open(lambda: None)
    assert vault.open(lambda: PASSPHRASE) == secret


@pytest.mark.usefixtures("cheap")
def test_the_same_secret_and_passphrase_are_never_kept_as_the_same_bytes() -> None:
    one, other = wrap(SECRET, PASSPHRASE), wrap(SECRET, PASSPHRASE)
    assert all(one[name] != other[name] for name in ("salt", "nonce", "wrapped"))


def test_an_empty_one_is_not_taken(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="is empty"):
        Vault(tmp_path).create_with_passphrase("")
    assert not Vault(tmp_path).exists()


@given(st.text(min_size=1, max_size=30))
@settings(max_examples=10, deadline=None)
def test_any_text_in_any_form(passphrase: str) -> None:
    """Another keyboard or system may write the same letters as other code points."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_COST", CHEAP)
        record = wrap(SECRET, passphrase)
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert unwrap(record, unicodedata.normalize(form, passphrase)) == SECRET  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "value"), [
    ("memory", 1_000_000), ("memory", 8), ("iterations", 1_000), ("iterations", 0), ("lanes", 1_000), ("lanes", "4"),
    ("lanes", True), ("kdf", "pbkdf2"), ("salt", "AAAA"), ("nonce", 7), ("wrapped", "?"), ("wrapped", None),
])  # fmt: skip
def test_what_would_cost_too_much_or_too_little_is_not_tried(
    name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = {
        "v": 1,
        "kind": "passphrase",
        "kdf": "argon2id",
        "salt": "A" * 22 + "==",
        **CHEAP,
        "nonce": "A" * 16,
        "wrapped": "A" * 64,
    }

    def never(**_: object) -> None:
        raise AssertionError("derived a key from what was not checked")

    monkeypatch.setattr(module, "Argon2id", never)
    with pytest.raises(ValueError):
        unwrap({**record, name: value}, PASSPHRASE)  # type: ignore[dict-item]


@pytest.mark.parametrize(("content", "passphrase"), [
    (b"een lange zin", "een lange zin"), (b"een lange zin\n", "een lange zin"), (b"een lange zin\r\nrest", "een lange zin"),
    (b"\xef\xbb\xbfz\xc3\xa9ro\n", "z\u00e9ro"), (b" with spaces \n", " with spaces "),
])  # fmt: skip
def test_from_a_file(tmp_path: Path, content: bytes, passphrase: str) -> None:
    (tmp_path / "secret.txt").write_bytes(content)
    assert passphrase_from_file(tmp_path / "secret.txt") == passphrase


@pytest.mark.parametrize(("content", "sentence"), [
    (b"", "no passphrase on its first line"), (b"\nsecret", "no passphrase on its first line"),
    (b"\xff\xfe\n", "cannot be read"), (None, "cannot be read"),
])  # fmt: skip
def test_a_file_without_one(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    if content is not None:
        (tmp_path / "secret.txt").write_bytes(content)
    with pytest.raises(WorkspaceError, match=sentence):
        passphrase_from_file(tmp_path / "secret.txt")
