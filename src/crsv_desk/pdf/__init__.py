"""Paper: fonts and shaping, tagged layout, attachments, the PAdES seal, checking a PDF."""
