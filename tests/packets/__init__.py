"""Tests of ``crsv_desk.packets`` and of the certificates in them."""
