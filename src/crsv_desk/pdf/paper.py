"""The paper as the services see it.

Its rooms are entered when they are first needed: typesetting and sealing take longer to load than a window to open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from crsv_desk.domain.draft_paper import DraftLetter
from crsv_desk.domain.packet import Certificate
from crsv_desk.domain.paper import CombinedLetter, Erratum
from crsv_desk.domain.progress import Report, silent
from crsv_desk.domain.seal import KeyFile, OwnKey, SealBy, SealReport, Token

if TYPE_CHECKING:
    from crsv_desk.pdf.sealing_keys import SealingKey


class Signer(Protocol):
    """What sealing needs of a key."""

    @property
    def certificate(self) -> Certificate: ...

    def sign(self, data: bytes) -> bytes: ...


class PdfPaper:
    """Satisfies the services' ``Paper``."""

    def __init__(self) -> None:
        self._last: tuple[CombinedLetter, bytes] | None = None
        """A letter and the pages that are a function of it and of nothing else: the check that follows on compiling asks
        for those of the letter that it takes out of the PDF, and gets these only where it is the very same."""

    def typeset(self, letter: CombinedLetter, report: Report) -> bytes:
        """The PDF before its seal, with an empty seal field; deterministic. Raises ``DeskError``."""
        from crsv_desk.pdf import typeset

        if self._last is None or self._last[0] != letter:
            self._last = letter, typeset.typeset(letter, report)
        return self._last[1]

    def typeset_draft(self, draft: DraftLetter, report: Report) -> bytes:
        """A draft for reading and answering on paper, marked as one on every page. Raises ``DeskError``."""
        from crsv_desk.pdf import draft as drafts

        return drafts.typeset_draft(draft, report)

    def typeset_erratum(self, erratum: Erratum, report: Report) -> bytes:
        """The erratum before its seal; deterministic. Raises ``DeskError``."""
        from crsv_desk.pdf import erratum as errata

        return errata.typeset_erratum(erratum, report)

    @contextmanager
    def sealing_key(self, by: SealBy, own: Signer, now: str) -> Iterator[SealingKey]:
        """The key that was chosen, while it is open. Raises ``DeskError``: it cannot be opened, or may not seal."""
        from crsv_desk.pdf import sealing_keys, tokens

        match by:
            case OwnKey():
                yield sealing_keys.own_key(own.certificate.der, own.sign)
            case KeyFile():
                with sealing_keys.key_from_file(by, now) as key:
                    yield key
            case Token():
                with tokens.key_on_token(by, now) as key:
                    yield key

    def seal(
        self, pdf: bytes, key: Signer | SealingKey, time: str, timestamp: str = "", report: Report = silent
    ) -> bytes:
        """PAdES, certified with DocMDP level 1, covering the entire file: B-B; with a timestamp authority's address
        B-LT in one revision, or B-T. Raises ``DeskError``."""
        from crsv_desk.pdf import seal, sealing_keys

        if not isinstance(key, sealing_keys.SealingKey):
            key = sealing_keys.own_key(key.certificate.der, key.sign)
        return seal.seal(pdf, key, time, timestamp, report)

    def extend(self, pdf: bytes, timestamp: str) -> bytes:
        """PAdES B-LTA: validation data and a timestamp over the whole file, as one further revision. ``pdf`` was
        checked. Raises ``DeskError``."""
        from crsv_desk.pdf import check, seal

        return seal.extend(pdf, timestamp, *check.certificates(pdf))

    def check(self, untrusted_pdf: bytes, report: Report = silent) -> SealReport:
        """What is true of the seal. Raises ``Refused``."""
        from crsv_desk.pdf import check

        return check.check(untrusted_pdf, report)

    def differences(self, untrusted_pdf: bytes, expected_pdf: bytes, report: Report = silent) -> Sequence[str]:
        """Where a sealed PDF says something else than a typeset one. Raises ``Refused``."""
        from crsv_desk.pdf import compare

        return compare.differences(untrusted_pdf, expected_pdf, report)

    def same_words(self, untrusted_pdf: bytes, letter: CombinedLetter | Erratum) -> bool:
        """Whether its pages say the words of ``letter``, wherever they end. Raises ``Refused``."""
        from crsv_desk.pdf import likeness

        return likeness.same_words(untrusted_pdf, letter)

    def same_unseen(self, untrusted_pdf: bytes, letter: CombinedLetter | Erratum) -> bool:
        """Whether it says what ``letter`` does to those who do not see its pages. Raises ``Refused``."""
        from crsv_desk.pdf import unseen

        made = self.typeset_erratum(letter, silent) if isinstance(letter, Erratum) else self.typeset(letter, silent)
        return unseen.same_unseen(untrusted_pdf, made)

    def holds_strangers(self, untrusted_pdf: bytes) -> bool:
        """Whether it holds what no combined PDF does, whichever version made it. Raises ``Refused``."""
        from crsv_desk.pdf import unseen

        return not unseen.unseen(untrusted_pdf).belongs

    def leaks(
        self,
        pdf: bytes,
        names: Iterable[str],
        public: Iterable[str] = (),
        quoted: Iterable[str] = (),
        quoting: Iterable[bytes] = (),
        beside: Iterable[bytes] = (),
        report: Report = silent,
    ) -> Sequence[str]:
        """Where one of ``names`` stands in any byte of our own ``pdf``, or of the files ``beside`` it, but as a part of a
        ``public`` name; and where one of ``quoted``, which the signed text says, stands in other such files than those
        ``quoting`` it."""
        from crsv_desk.pdf import leaks

        return leaks.leaks(pdf, names, public, quoted, quoting, beside, report)

    def says(self, text: str, name: str) -> bool:
        """Whether ``text`` says ``name``, in whatever spelling ``leaks`` would find."""
        from crsv_desk.pdf import leaks

        return leaks.says(text, name)

    def fonts_digest(self) -> str:
        """SHA-256 of the font list and of the patterns by which words are divided: with others, other lines."""
        from crsv_desk.pdf import fonts, hyphenation

        return sha256((fonts.fonts_digest() + hyphenation.patterns_digest()).encode()).hexdigest()
