"""Work off the window's thread: one job after another, with progress, a way to cancel, and no lost exception."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import TypeVar, cast

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from shiboken6 import isValid

from crsv_desk.app.reports import save_report
from crsv_desk.domain.errors import Cancelled, DeskError
from crsv_desk.domain.progress import Report, Step
from crsv_desk.i18n import _

T = TypeVar("T")

OFTEN = 0.03
"""Seconds between two steps that are shown: the window would do nothing else than show every step of a thousand."""


class _Job(QObject):
    """What one job tells the window's thread."""

    progressed = Signal(object)
    done = Signal(object)
    failed = Signal(object)


class _Runner(QRunnable):
    def __init__(
        self, job: _Job, work: Callable[[Report], object], stop: Event, afterwards: Callable[[], None]
    ) -> None:
        super().__init__()
        self._job, self._work, self._stop, self._afterwards = job, work, stop, afterwards
        self._told = 0.0

    def run(self) -> None:
        try:
            result = self._work(self._report)
            self._afterwards()
        except BaseException as error:  # the worker's one boundary: everything goes to the window's thread
            self._job.failed.emit(error)
        else:
            self._job.done.emit(result)

    def _report(self, step: Step) -> None:
        if self._stop.is_set():
            raise Cancelled
        now = monotonic()
        if step.label or step.done >= step.total or now - self._told >= OFTEN:
            self._told = now
            self._job.progressed.emit(step)


_pools: list[QThreadPool] = []
"""Every pool whose thread may still be at work. None belongs to a widget: a pool waits for its thread where it is
destroyed, and there Python's lock may be held, for which that thread waits in turn."""


def _new_pool() -> QThreadPool:
    _pools[:] = [one for one in _pools if one.activeThreadCount()]
    pool = QThreadPool()
    pool.setMaxThreadCount(1)
    _pools.append(pool)
    return pool


def wait_for_all() -> None:
    """For the end of the program: let every thread finish."""
    for pool in _pools:
        pool.waitForDone()


class Tasks(QObject):
    """Runs jobs in order on one thread and calls back on the window's."""

    started = Signal(str)
    """The label of the job that runs now, translated."""
    progressed = Signal(object)
    """A ``Step``."""
    idle = Signal()
    """The last job has ended, one way or another."""
    failed = Signal(str)
    """One sentence for the person: what happened and what to do."""

    def __init__(self, parent: QObject | None = None, afterwards: Callable[[], None] = lambda: None) -> None:
        """``afterwards`` is done on the other thread behind every job that succeeds."""
        super().__init__(parent)
        self._afterwards = afterwards
        self._pool = _new_pool()
        self._jobs: dict[_Job, Event] = {}
        self._behind: set[_Job] = set()

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self._jobs)

    def run(
        self,
        label: str,
        work: Callable[[Report], T],
        then: Callable[[T], None],
        otherwise: Callable[[DeskError], None] | None = None,
        stopped: Callable[[], None] = lambda: None,
    ) -> None:
        """Do ``work`` on the other thread, then ``then`` with its result on this one.

        A ``DeskError`` goes to ``otherwise`` where given, else to ``failed``; ``Cancelled`` is silent; anything else
        becomes a saved report and a sentence in ``failed``. After both of these ``stopped`` makes the page usable again.
        """
        job, stop = _Job(), Event()
        # Connected before the start: a quick job would be over before anybody listens.
        job.progressed.connect(self.progressed)
        job.done.connect(lambda result: self._end(job, lambda: then(cast(T, result))))
        job.failed.connect(lambda error: self._end(job, lambda: self._fail(error, otherwise, stopped)))
        self._jobs[job] = stop
        self.started.emit(label)
        self._pool.start(_Runner(job, work, stop, self._afterwards))

    def run_behind(self, work: Callable[[], None]) -> None:
        """Do ``work`` on the other thread, behind what waits there already. Nobody is told, unless it fails."""
        job = _Job()
        job.done.connect(lambda _result: self._behind.discard(job))
        job.failed.connect(lambda error: self._fail_behind(job, error))
        self._behind.add(job)
        self._pool.start(_Runner(job, lambda report: work(), Event(), lambda: None))

    def cancel(self) -> None:
        """Ask every job to stop at its next step."""
        for stop in self._jobs.values():
            stop.set()

    def wait(self) -> None:
        """For the end of the program: let the jobs stop. Their results are dropped."""
        self.cancel()
        self._pool.waitForDone()

    def _end(self, job: _Job, after: Callable[[], None]) -> None:
        if not isValid(self):
            return  # the page that asked is gone, and this with it
        del self._jobs[job]
        job.deleteLater()
        if not self._jobs:
            self.idle.emit()
        after()

    def _fail_behind(self, job: _Job, error: BaseException) -> None:
        self._behind.discard(job)
        if isValid(self):
            self._fail(error, None, lambda: None)

    def _fail(
        self, error: BaseException, otherwise: Callable[[DeskError], None] | None, stopped: Callable[[], None]
    ) -> None:
        if isinstance(error, Cancelled):
            stopped()
            return
        if isinstance(error, DeskError):
            otherwise(error) if otherwise else self.failed.emit(str(error))
            return
        place = save_report(error)
        stopped()
        self.failed.emit(
            _("Something went wrong that should not have; a report was saved at {place}.").format(place=place)
        )
