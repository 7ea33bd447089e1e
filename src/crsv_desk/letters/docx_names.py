"""The names of WordprocessingML (ISO/IEC 29500-1) that a letter meets."""

from __future__ import annotations

from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"

ALTERNATE, CHOICE, FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
PICTURES = (f"{_A}blip", f"{_V}imagedata")
FORMULAS = (f"{_M}oMath", f"{_M}oMathPara")
FORMULA_TEXT = f"{_M}t"
RELATION = f"{_R}id"


def w(name: str) -> str:
    """A name of the main vocabulary."""
    return _W + name


def child(element: Any, *names: str) -> Any:
    """The child of a child ... of these names, or ``None``."""
    for name in names:
        if element is None:
            return None
        element = element.find(w(name))
    return element


def value(element: Any, *names: str) -> str:
    """The ``w:val`` of the child below, or empty."""
    found = child(element, *names)
    return str(found.get(w("val")) or "") if found is not None else ""


def on(properties: Any, name: str) -> bool | None:
    """A property that is on, off, or not said."""
    found = child(properties, name)
    if found is None:
        return None
    return found.get(w("val")) not in ("0", "false", "off", "none")
