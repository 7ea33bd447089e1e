"""PDFium reads and draws pages; it must not be entered by two threads at once, so all that use it share this lock."""

from __future__ import annotations

from threading import Lock

ONE_AT_A_TIME = Lock()
