"""The whole ``compile`` command on the demo in the folder: start-up, passphrase, check before and after, and saving."""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

from crsv_desk.cli.main import main as run


def main() -> None:
    demo, out, letter = Path(sys.argv[1]) / "demo", Path(sys.argv[2]), sys.argv[-1]
    opened = ["--workspace", str(demo / "workspaces" / "1"), "--passphrase-file", str(demo / "passphrase.txt")]
    with redirect_stdout(sys.stderr):
        code = run(["compile", letter, *opened, "--out", str(out)])
    print(json.dumps({"typeset": 0, "seal": 0, "check": 0}))
    sys.exit(code)


if __name__ == "__main__":
    main()
