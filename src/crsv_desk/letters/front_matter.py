"""Front matter: the fields of a letter as YAML between two lines of dashes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import yaml

from crsv_desk.domain.errors import Refused
from crsv_desk.i18n import N_

TEXTS = (
    "subject",
    "salutation",
    "closing",
    "place",
    "date",
    "language",
    "lead",
    "deadline",
    "accent",
    "notice",
    "authentic",
)
LISTS = ("recipient", "partners")
_MOST = 20_000
_FENCE = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*\n?", re.DOTALL | re.MULTILINE)


_UNREADABLE = N_("The fields at the top of the letter cannot be read; check colons and quotes.")


def split(text: str) -> tuple[Mapping[str, object], str]:
    """The fields and the body behind them. Raises ``Refused``: they cannot be read, or one is unknown."""
    fence = _FENCE.match(text)
    if fence is None:
        return {}, text
    if len(fence[1]) > _MOST:
        raise Refused(N_("The fields at the top of the letter are too long."))
    try:
        root = yaml.compose(fence[1], Loader=_Loader)
    except (yaml.YAMLError, RecursionError) as error:
        raise Refused(_UNREADABLE) from error
    if not isinstance(root, yaml.MappingNode):
        raise Refused(_UNREADABLE)
    fields: dict[str, object] = {}
    for name, node in root.value:
        if not isinstance(name, yaml.ScalarNode):
            raise Refused(_UNREADABLE)
        key = str(name.value)
        if key in fields:
            raise Refused(N_("The field “{field}” stands twice at the top of the letter."), field=key)
        fields[key] = _field(key, node)
    return fields, text[fence.end() :]


class _Loader(yaml.SafeLoader):
    """Nodes alone, so that "no" stays "no" and a date stays as it was written; and no aliases, which can make a small
    file enormous."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("alias")
        return super().compose_node(parent, index)


def join(front: Mapping[str, object], body: str) -> str:
    """The reverse of ``split``."""
    kept = {key: list(v) if isinstance(v, tuple) else v for key in (*TEXTS, *LISTS) if (v := front.get(key))}
    fields = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{fields}---\n\n{body}"


def _field(key: str, node: yaml.Node) -> object:
    if key in LISTS:
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return tuple(line for one in nodes for line in _words(key, one).splitlines() if line)
    if key not in TEXTS:
        raise Refused(
            N_("The field “{field}” at the top of the letter is unknown; use {known}."),
            field=key,
            known=", ".join((*TEXTS, *LISTS)),
        )
    return _words(key, node)


def _words(key: str, node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise Refused(N_("The field “{field}” at the top of the letter must be text."), field=key)
    nothing = node.style is None and node.value in ("~", "null")
    return "" if nothing else unicodedata.normalize("NFC", str(node.value)).strip()
