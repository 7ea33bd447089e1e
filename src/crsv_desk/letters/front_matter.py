"""Front matter: the fields of a letter as YAML between two lines of dashes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

import yaml

from crsv_desk.domain.errors import Refused
from crsv_desk.i18n import N_

TEXTS = ("subject", "salutation", "closing", "place", "date", "language", "lead", "deadline", "accent", "notice")
LISTS = ("recipient", "partners")
_MOST = 20_000
_FENCE = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*\n?", re.DOTALL | re.MULTILINE)


class _Loader(yaml.SafeLoader):
    """Plain values; no aliases, which can make a small file enormous."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("alias")
        return super().compose_node(parent, index)


def split(text: str) -> tuple[Mapping[str, object], str]:
    """The fields and the body behind them. Raises ``Refused``: they cannot be read, or one is unknown."""
    fence = _FENCE.match(text)
    if fence is None:
        return {}, text
    try:
        value = yaml.load(fence[1], Loader=_Loader) if len(fence[1]) <= _MOST else None  # noqa: S506 (a safe loader)
    except yaml.YAMLError as error:
        raise Refused(N_("The fields at the top of the letter cannot be read; check colons and quotes.")) from error
    if not isinstance(value, dict):
        raise Refused(N_("The fields at the top of the letter cannot be read; check colons and quotes."))
    return {str(key): _field(str(key), entry) for key, entry in value.items()}, text[fence.end() :]


def join(front: Mapping[str, object], body: str) -> str:
    """The reverse of ``split``."""
    kept = {key: list(v) if isinstance(v, tuple) else v for key in (*TEXTS, *LISTS) if (v := front.get(key))}
    fields = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{fields}---\n\n{body}"


def _field(key: str, value: object) -> object:
    if key in LISTS:
        entries = value if isinstance(value, list) else str(value or "").splitlines()
        return tuple(str(entry).strip() for entry in entries if str(entry).strip())
    if key not in TEXTS:
        raise Refused(
            N_("The field “{field}” at the top of the letter is unknown; use {known}."),
            field=key,
            known=", ".join((*TEXTS, *LISTS)),
        )
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str | int | float):
        return str(value).strip()
    raise Refused(N_("The field “{field}” at the top of the letter must be text."), field=key)
