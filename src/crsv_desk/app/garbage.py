"""How often Python looks for objects that only point at each other."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def search_less() -> None:
    """Look after 20,000 new objects, not after seven hundred: a letter, its pages and its remarks are many objects that
    stay, and looking through them again and again took a tenth of the time. Everything else is given back at once. No
    more than 40,000 at a time but seldom: whatever else the program does waits meanwhile, the window too."""
    gc.set_threshold(20_000, 2, 2_500)


@contextmanager
def not_searched() -> Iterator[None]:
    """What is made here stays: nothing is looked through meanwhile, nor later."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()
