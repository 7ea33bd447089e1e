"""A screen, a desktop's bus with a keyring and a screen reader's ears: the program is used by keyboard alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from tests.keyring_session import PASSWORD, isolated
from tests.tools import need

T = TypeVar("T")
SECONDS = 60
LISTENER = Path(__file__).with_name("listener.py")
Thing = dict[str, Any]


def until(found: Callable[[], T], what: str) -> T:
    """Look until there is something. Fails after a while, saying what was waited for."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        result = found()
        if result:
            return result
        time.sleep(0.05)  # between two looks, never instead of one
    raise AssertionError(f"waited for {what}")


@dataclass
class Screen:
    """One desktop session."""

    environment: Mapping[str, str]
    pictures: Path
    listener: subprocess.Popen[str]
    windows: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def open(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start the program and wait for its window."""
        program = subprocess.Popen([sys.executable, "-m", "crsv_desk", *arguments], env=self.environment)
        self.windows.append(program)
        until(self._is_active, "the window to be there and active")
        return program

    def press(self, *keys: str) -> None:
        """Press keys one after another, as in "Tab", "alt+n", "Return"."""
        self._xdotool("key", "--clearmodifiers", "--delay", "30", *keys)

    def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        self._xdotool("type", "--clearmodifiers", "--delay", "12", text)

    def ask(self, question: Mapping[str, str]) -> list[Thing]:
        assert self.listener.stdin is not None and self.listener.stdout is not None
        self.listener.stdin.write(json.dumps(question) + "\n")
        self.listener.stdin.flush()
        result: list[Thing] = json.loads(self.listener.stdout.readline())
        return result

    def focus(self) -> Thing:
        """What a screen reader is at."""
        found = self.ask({"do": "focus"})
        roles = {one["role"] for one in found}
        # Qt calls the current cell or item focused also while its table or list is not.
        for inside, whole in (("table cell", "table"), ("list item", "list")):
            found = [one for one in found if one["role"] != inside or whole in roles]
        named = [one for one in found if one["name"]]  # the inside of a field has the focus too, without a name
        return (named or found)[-1] if found else {"name": "", "role": "", "text": "", "states": []}

    def hear(self, name: str) -> Thing:
        """Wait for something of this name."""
        return until(lambda: self.ask({"do": "find", "name": name}), name)[0]

    def everything(self) -> list[str]:
        """All names and texts that are shown."""
        return [one["name"] or one["text"] for one in self.ask({"do": "find"})]

    def hear_part(self, words: str) -> str:
        """Wait for something that holds these words."""
        return until(lambda: next((one for one in self.everything() if words in one), ""), f"“{words}”")

    def tab_to(self, name: str, key: str = "Tab") -> None:
        """Go with Tab until the thing of this name has the focus."""
        seen = []
        for _ in range(80):
            here = self.focus()["name"]
            if here == name:
                return
            seen.append(here)
            self.press(key)
            self._leave(here)
        raise AssertionError(f"Tab does not reach {name}; it went {seen}")

    def _leave(self, here: str) -> None:
        until(lambda: self.focus()["name"] != here, f"the focus to leave {here}")

    def picture(self, name: str) -> None:
        """Keep a picture of the screen where CRSV_DESK_PICTURES asks for it."""
        if "CRSV_DESK_PICTURES" in os.environ:
            self.pictures.mkdir(parents=True, exist_ok=True)
            command = ["import", "-window", "root", str(self.pictures / f"{name}.png")]
            subprocess.run(command, env=self.environment, check=True, timeout=SECONDS)

    def close(self, program: subprocess.Popen[bytes]) -> None:
        """Close the window as its frame does."""
        self.press("alt+F4")
        program.wait(SECONDS)
        assert program.returncode == 0

    def _is_active(self) -> bool:
        """Ask for the window until it has the keyboard: one that came before its manager was ready has not by itself."""
        windows = self._xdotool("search", "--onlyvisible", "--name", "^CRSV Desk$").split()
        if windows:
            self._xdotool("windowactivate", windows[-1])
        return bool(windows) and self._xdotool("getactivewindow").strip() in windows

    def _xdotool(self, *arguments: str) -> str:
        command = ["xdotool", *arguments]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        return done.stdout


@contextmanager
def screen(home: Path) -> Iterator[Screen]:
    """A desktop with its home in the empty folder ``home``; everything that it started is ended."""
    for program in ("Xvfb", "openbox", "xdotool", "dbus-daemon", "gnome-keyring-daemon"):
        need(program)
    with ExitStack() as stack:
        environment = {**isolated(home), "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        environment["DISPLAY"] = _display(stack)
        environment["DBUS_SESSION_BUS_ADDRESS"] = _bus(stack, environment)
        _started(stack, ["openbox"], environment)
        keyring = _started(
            stack,
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            environment,
            stdin=subprocess.PIPE,
        )
        assert keyring.stdin is not None
        keyring.stdin.write(PASSWORD.encode())
        keyring.stdin.close()
        clean = {key: value for key, value in environment.items() if not key.startswith("PYTHON")}
        listener = subprocess.Popen(
            ["/usr/bin/python3", str(LISTENER)],
            env=clean,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        stack.callback(_end, listener)
        result = Screen(environment, Path(os.environ.get("CRSV_DESK_PICTURES", ".")), listener)
        stack.callback(_end_all, result.windows)
        until(lambda: result._xdotool("get_num_desktops"), "the window manager")
        try:
            yield result
        except BaseException:
            result.picture("failed")
            raise


def _display(stack: ExitStack) -> str:
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(_end, server)
    os.close(writing)
    with os.fdopen(reading) as stream:
        return f":{stream.readline().strip()}"


def _bus(stack: ExitStack, environment: Mapping[str, str]) -> str:
    bus = _started(
        stack, ["dbus-daemon", "--session", "--nofork", "--print-address=1"], environment, stdout=subprocess.PIPE
    )
    assert bus.stdout is not None
    return bytes(bus.stdout.readline()).decode().strip()


def _started(
    stack: ExitStack, command: Sequence[str], environment: Mapping[str, str], **streams: int
) -> subprocess.Popen[bytes]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **streams}
    program = subprocess.Popen(command, env=environment, **quiet)  # type: ignore[call-overload]
    stack.callback(_end, program)
    assert isinstance(program, subprocess.Popen)
    return program


def _end(program: subprocess.Popen[Any]) -> None:
    if program.poll() is None:
        program.terminate()
        program.wait(SECONDS)


def _end_all(programs: Sequence[subprocess.Popen[Any]]) -> None:
    for program in programs:
        _end(program)
