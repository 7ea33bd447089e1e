"""What a check found, gathered sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from crsv_desk.domain.seal import SealReport
from crsv_desk.i18n import _
from crsv_desk.services.verification import Finding, Topic


@dataclass(slots=True)
class Findings:
    """What was found so far."""

    all: list[Finding] = field(default_factory=list)

    def add(self, holds: bool | None, sentence: str, topic: Topic = "whole") -> bool:
        """Add it, a ground to doubt the file only once; whether it is none."""
        one = Finding(holds, sentence, topic)
        if holds is not False or one not in self.all:
            self.all.append(one)
        return holds is not False

    def add_seal(self, seal: SealReport) -> None:
        """Whether it holds, and what is wrong with it."""
        if seal.whole:
            self.add(True, _("The seal holds and covers the whole file: nothing was changed since it was sealed."))
        for problem in seal.problems:
            self.add(False, problem)
        if not seal.whole and not seal.problems:
            self.add(False, _("The seal does not hold."))

    @property
    def good(self) -> bool:
        return all(one.holds is not False for one in self.all)

    @property
    def bad(self) -> int:
        return sum(one.holds is False for one in self.all)
