"""Where the parts are plugged together: the workspace opened, the ports filled, the demo and reports of our errors."""

from crsv_desk.app.compose import create_desk, desk_for_checking, open_desk, workspace_exists
from crsv_desk.app.demo import run_demo
from crsv_desk.app.places import default_workspace
from crsv_desk.app.reports import save_report

__all__ = [
    "create_desk",
    "default_workspace",
    "desk_for_checking",
    "open_desk",
    "run_demo",
    "save_report",
    "workspace_exists",
]
