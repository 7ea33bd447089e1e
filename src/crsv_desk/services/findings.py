"""What a check found, gathered sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

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

    @property
    def good(self) -> bool:
        return all(one.holds is not False for one in self.all)

    @property
    def bad(self) -> int:
        return sum(one.holds is False for one in self.all)
