"""Tests of ``crsv_desk.identity``."""
