"""Paper: fonts and shaping, tagged layout, attachments, the PAdES seal, checking a PDF."""

import logging

# The libraries tell whom a certificate names; what people need to know is in what a check returns.
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).addHandler(logging.NullHandler())
