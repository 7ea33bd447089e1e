"""``python -m crsv_desk``, and the program ``crsv-desk``: the command line as a process of its own."""

import gc
import sys

from crsv_desk.app.garbage import search_less
from crsv_desk.cli import main


def run() -> int:
    """One command, or the window, and the process's exit code."""
    search_less()
    code = main()
    if "PySide6" not in sys.modules:  # which wants its objects taken down in order
        # Before it ends, Python would look through all that is left for what could be given back: a tenth of the time that
        # compiling a letter takes, for memory that goes with the process.
        gc.freeze()
    return code


if __name__ == "__main__":
    sys.exit(run())
