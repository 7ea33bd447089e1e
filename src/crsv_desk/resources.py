"""Where the bundled files are: inside the installed package, or in ``resources/`` of a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_INSTALLED = _PACKAGE / "_resources"
_CHECKOUT = _PACKAGE.parents[1] / "resources"


def resource(*parts: str) -> Path:
    """The path of a bundled file or folder, e.g. ``resource("fonts", "NotoSans-Regular.ttf")``."""
    root = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    return root.joinpath(*parts)
