"""The file that travels: canonical ASiC-E container, CAdES signature, sealing, bundles, packets as text."""
