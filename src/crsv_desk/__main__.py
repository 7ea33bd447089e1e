"""``python -m crsv_desk``."""

import sys

from crsv_desk.cli import main

if __name__ == "__main__":
    sys.exit(main())
