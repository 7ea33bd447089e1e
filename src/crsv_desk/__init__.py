"""CRSV Desk: a coalition's letter, reviewed and endorsed by files, compiled into one sealed PDF."""

__version__ = "1.0.0"
