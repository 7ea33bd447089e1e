"""verify."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from crsv_desk.cli.context import Context
from crsv_desk.services.telling import lines
from crsv_desk.services.verification import Verification
from crsv_desk.services.verify import decrypted, verify_all


def verify_files(context: Context) -> int:
    """Check each file, a slim PDF with the file beside it; 0 only if each is whole and it is known whose it is."""
    a = context.arguments
    context.without_workspace()
    found = verify_all(context.desk, context.load_all(a.files), a.code)
    documents = [document(one) for one in found]
    context.print(
        documents[0] if len(documents) == 1 else documents, lambda: [line for one in found for line in lines(one)]
    )
    return 0 if all(one.holds for one in found) else 1


def document(one: Verification) -> dict[str, Any]:
    """A check as JSON: all that was found, and what it amounts to."""
    return {**asdict(one), "holds": one.holds, "title": one.title}


def decrypt_file(context: Context) -> int:
    """Write what a file encrypted to this workspace holds."""
    [file] = context.load_all([context.arguments.file])
    context.save(context.arguments.out, decrypted(context.desk, file.data))
    return 0
