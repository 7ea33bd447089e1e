#!/usr/bin/python3
# ruff: noqa: T201  it answers on its output
"""What a screen reader sees of the window, asked from outside: one JSON question a line, one JSON answer a line.

Runs under the system's Python, which has pyatspi; knows nothing of the program. Questions: {"do": "focus"}, {"do":
"find", "name": ..., "role": ...}, {"do": "read", "role": ...}. A thing is {"name", "role", "text", "states"}.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import pyatspi

STATES = {
    "focused": pyatspi.STATE_FOCUSED,
    "showing": pyatspi.STATE_SHOWING,
    "enabled": pyatspi.STATE_ENABLED,
    "checked": pyatspi.STATE_CHECKED,
    "focusable": pyatspi.STATE_FOCUSABLE,
}


def windows() -> Iterator[Any]:
    """The top windows of every application on this bus."""
    desktop = pyatspi.Registry.getDesktop(0)
    for at in range(desktop.childCount):
        application = desktop.getChildAtIndex(at)
        if application is not None:
            for number in range(application.childCount):
                yield application.getChildAtIndex(number)


def below(thing: Any) -> Iterator[Any]:
    """A thing and all in it, as far as it is shown."""
    if thing is None:
        return
    if not thing.getState().contains(pyatspi.STATE_SHOWING):
        return
    yield thing
    for at in range(thing.childCount):
        yield from below(thing.getChildAtIndex(at))


def told(thing: Any) -> dict[str, Any]:
    """What a reader would say of it."""
    states = thing.getState()
    try:
        text = thing.queryText().getText(0, -1)
    except NotImplementedError:
        text = ""
    return {
        "name": thing.name or "",
        "description": thing.description or "",
        "role": thing.getRoleName(),
        "text": text,
        "states": [name for name, state in STATES.items() if states.contains(state)],
    }


def fits(thing: Any, question: dict[str, str]) -> bool:
    """Whether it is shown and what was asked for; asks the bus as little as it can."""
    states = thing.getState()
    if not states.contains(pyatspi.STATE_SHOWING):
        return False
    if question["do"] == "focus":
        return bool(states.contains(pyatspi.STATE_FOCUSED))
    if "name" in question and question["name"] != (thing.name or ""):
        return False
    return question.get("role") in (None, thing.getRoleName())


def answer(question: dict[str, str]) -> list[dict[str, Any]]:
    """What fits one question of the test's. Things may vanish while one looks at them."""
    found = []
    for window in windows():
        for thing in below(window):
            try:
                if fits(thing, question):
                    found.append(told(thing))
            except Exception as error:  # the bus tells of a vanished thing by one of several errors
                print(f"vanished: {error}", file=sys.stderr)
    return found


for line in sys.stdin:
    try:
        found = answer(json.loads(line))
    except Exception as error:
        print(f"not answered: {error}", file=sys.stderr)
        found = []
    print(json.dumps(found), flush=True)
