"""The only place from which a connection is opened: to a timestamp authority that somebody named, and to the addresses
in the certificates of those who sealed and stamped, for what validating them later needs."""

from __future__ import annotations

import urllib.error
import urllib.request
from asyncio import wrap_future
from collections.abc import Callable
from concurrent.futures import Future
from http.client import HTTPException
from threading import Thread
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import N_

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 20
"""In which something must come, and in which all of it must be here: an answer that drips would else never end."""
MOST_BYTES = 20_000_000


class Unanswered(Exception):
    """Nobody answered, or not as asked."""

    def __init__(self, status: int = 0, *, too_large: bool = False) -> None:
        super().__init__(status)
        self.status = status
        """HTTP's, or 0."""
        self.too_large = too_large
        """More came than an answer can be."""


class _Straight(urllib.request.HTTPRedirectHandler):
    """Follows nobody elsewhere: what was asked for is what was named."""

    def redirect_request(self, *anything: object, **more: object) -> None:
        return None


def check_address(url: str) -> None:
    """Raises ``DeskError`` unless it is an ``http`` or ``https`` address without a user's name in it."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise DeskError(N_("{url} is no address of a timestamp server; it begins with http:// or https://."), url=url)


def ask(url: str, body: bytes | None = None, kind: str = "") -> bytes:
    """The answer to a GET, or with ``body`` (of the media type ``kind``) to a POST. Raises ``Unanswered``."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise Unanswered
    try:
        return _aside(_asked, url, body, kind).result(SECONDS)
    except TimeoutError as error:
        raise Unanswered from error


async def aside(work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """The same for whoever awaits it: when that is cancelled, nobody waits for it any more."""
    return await wrap_future(_aside(work, *given, **named))


def _aside(work: Callable[P, T], *given: P.args, **named: P.kwargs) -> Future[T]:
    """Begin ``work`` on a thread of its own. It is not waited for when it is late, nor at the end of the program."""
    done: Future[T] = Future()
    done.set_running_or_notify_cancel()  # it cannot be called back

    def run() -> None:
        try:
            done.set_result(work(*given, **named))
        except Exception as error:  # whoever waits raises it
            done.set_exception(error)

    Thread(target=run, name="asking", daemon=True).start()
    return done


def _asked(url: str, body: bytes | None, kind: str) -> bytes:
    headers = {"User-Agent": "CRSV Desk", **({"Content-Type": kind} if kind else {})}
    request = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310 (its scheme was looked at)
    try:
        with urllib.request.build_opener(_Straight).open(request, timeout=SECONDS) as answer:
            data: bytes = answer.read(MOST_BYTES + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise Unanswered(error.code) from error
    except (OSError, HTTPException, ValueError) as error:
        raise Unanswered from error
    if len(data) > MOST_BYTES:
        raise Unanswered(too_large=True)
    return data
