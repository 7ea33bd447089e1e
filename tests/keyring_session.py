"""A private D-Bus session with a real, unlocked gnome-keyring, for one child script.

In a test: ``run(script, home, "argument")``. By hand: ``dbus-run-session -- python keyring_session.py SCRIPT``, with
HOME and XDG_* set to somewhere else than one's own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PASSWORD = "test"
_SECONDS = 60
_BUS_NAME = "org.freedesktop.secrets"
_FOLDERS = ("XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


# jeepney gives the bus one second to greet a client; on a busy machine that is too short, and ``keyring`` would then take
# it that there is no keyring at all.
_PATIENT = """
import runpy, sys
from jeepney.io.blocking import open_dbus_connection
open_dbus_connection.__defaults__ = (*open_dbus_connection.__defaults__[:-1], 60.0)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def isolated(home: Path) -> dict[str, str]:
    """An environment whose home and D-Bus session are not the person's, and which has no display."""
    not_ours = {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "GNOME_KEYRING_CONTROL"}
    environment = {name: value for name, value in os.environ.items() if name not in not_ours}
    environment["HOME"] = str(home)
    for name in _FOLDERS:
        folder = home / name.lower()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        environment[name] = str(folder)
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    environment.pop("PYTHON_KEYRING_BACKEND", None)
    return environment


def run(script: Path, home: Path, *arguments: str) -> str:
    """What ``script`` prints when it runs with a keyring below the empty folder ``home``; it must exit with 0."""
    command = ["dbus-run-session", "--", sys.executable, __file__, str(script), *arguments]
    done = subprocess.run(command, env=isolated(home), capture_output=True, text=True, timeout=_SECONDS, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _wait_for_service() -> None:
    """Return once the daemon owns its name: asking earlier would make the bus start another, locked one."""
    from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
    from jeepney.io.blocking import Proxy, open_dbus_connection

    bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
    changed = MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
    changed.add_arg_condition(0, _BUS_NAME)
    with open_dbus_connection(bus="SESSION") as connection:
        Proxy(message_bus, connection).AddMatch(changed)
        with connection.filter(changed) as signals:
            question = new_method_call(bus, "NameHasOwner", "s", (_BUS_NAME,))
            if not connection.send_and_get_reply(question).body[0]:
                connection.recv_until_filtered(signals, timeout=_SECONDS)


def _inside(command: list[str]) -> int:
    daemon = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert daemon.stdin is not None
        daemon.stdin.write(PASSWORD.encode())
        daemon.stdin.close()
        _wait_for_service()
        return subprocess.run([sys.executable, "-c", _PATIENT, *command], check=False).returncode
    finally:
        daemon.terminate()
        daemon.wait()


if __name__ == "__main__":
    sys.exit(_inside(sys.argv[1:]))
