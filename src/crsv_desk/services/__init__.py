"""One verb per module, over the small ports in ``ports.py``; knows no library and no file format."""
