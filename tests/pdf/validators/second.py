"""page-validation, a second opinion beside veraPDF. It knows no second revision: only for files before their seal."""

from __future__ import annotations

from pathlib import Path

import page


def failures(path: Path) -> list[str]:
    """What it finds wrong with ``path`` as PDF/A-3a and as PDF/UA-1."""
    found: list[str] = []
    for profile in ("3a", "ua1"):
        try:
            report = page.validate_pdf(str(path), profile=profile, limits=page.SafetyLimits.unlimited())
        except page.PageError as error:
            found.append(f"{profile}: {error}")
        else:
            found += [f"{profile}: {failure.rule_id} {failure.message}" for failure in report.failures]
    return found
