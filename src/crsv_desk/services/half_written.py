"""What somebody has begun to write and neither signed nor thrown away: it stays when the program ends."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from crsv_desk.services.desk import Desk

_KIND = "draft"


def keep_half_written(desk: Desk, dossier: str, form: str, value: Mapping[str, object]) -> None:
    """Keep what stands in a form ("remark", "decisions"), as JSON; nothing where ``value`` is empty."""
    if value:
        desk.store.put_document(dossier, _KIND, form, json.dumps(value, ensure_ascii=False).encode())
    elif form in desk.store.documents(dossier, _KIND):
        desk.store.delete_document(dossier, _KIND, form)


def half_written(desk: Desk, dossier: str, form: str) -> Mapping[str, Any]:
    """What was kept of a form; empty where nothing is."""
    data = desk.store.documents(dossier, _KIND).get(form)
    found: Mapping[str, Any] = json.loads(data) if data is not None else {}
    return found
