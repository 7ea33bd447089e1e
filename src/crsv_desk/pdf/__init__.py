"""Paper: fonts and shaping, tagged layout, attachments, the PAdES seal, checking a PDF."""

import logging
import sys
from types import ModuleType

# The libraries tell whom a certificate names; what people need to know is in what a check returns.
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

# The libraries' own HTTP clients would be loaded with everything else, which takes longer than setting a letter. They stay
# out of the process: whatever is asked of a server is asked by ``asking`` alone.
for _place, _client in (
    ("pyhanko.sign.timestamps.aiohttp_client", "HTTPTimeStamper"),
    ("pyhanko_certvalidator.fetchers.aiohttp_fetchers", "AIOHttpFetcherBackend"),
):
    sys.modules[_place] = ModuleType(_place)
    setattr(sys.modules[_place], _client, None)
