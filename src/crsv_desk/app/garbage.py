"""How often Python looks for objects that only point at each other."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def search_less() -> None:
    """Look after fifty thousand new objects, not after seven hundred: a letter, its pages and its remarks are many objects
    that stay, and looking through them again and again took a tenth of the time. Everything else is given back at once."""
    gc.set_threshold(50_000, 20, 100)


@contextmanager
def not_searched() -> Iterator[None]:
    """What is made here stays: nothing is looked through meanwhile, nor later."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()
