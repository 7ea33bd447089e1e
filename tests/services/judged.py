"""A letter that was sent, and somebody to whom PDFs of it come: what the secretariat made, and what a dishonest one would."""

from __future__ import annotations

from dataclasses import dataclass

from crsv_desk.domain.paper import CombinedLetter, Edition
from crsv_desk.services.closing import close
from crsv_desk.services.combine import Material, combine
from crsv_desk.services.identity import own_identity
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verification import Verification
from crsv_desk.services.verify import verify
from tests.services.world import Coalition, Office


@dataclass
class Judged:
    """``judge`` knows nobody; it was given the secretariat's code."""

    here: Coalition
    judge: Office

    def verify(self, untrusted_pdf: bytes, code: str | None = None) -> Verification:
        given = self.here.secretariat.code if code is None else code
        return verify(self.judge.desk, Untrusted("brief.pdf", untrusted_pdf), given)

    def letter(self, edition: Edition = "public") -> CombinedLetter:
        """What the pages are set from."""
        office = self.here.secretariat
        closing = close(office.desk, office.dossier, edition)
        return combine(office.desk, Material(office.volume(), closing, {}))

    def seal(self, pages: bytes, timestamp: str = "") -> bytes:
        """As a secretariat seals whatever it likes."""
        desk = self.here.secretariat.desk
        return desk.paper.seal(pages, own_identity(desk).signer, desk.clock.now(), timestamp)
