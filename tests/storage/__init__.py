"""Tests of ``crsv_desk.storage``."""
