"""The encrypted workspace and safe writing of files. The only place for sqlite_utils and sqlcipher3."""

from crsv_desk.storage.files import SafeFiles
from crsv_desk.storage.nothing import NoWorkspace
from crsv_desk.storage.workspace import Workspace

__all__ = ["NoWorkspace", "SafeFiles", "Workspace"]
