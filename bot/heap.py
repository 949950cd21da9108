"""What a start makes stays for as long as the process runs: looking for garbage in it, again and again, finds none."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def growing() -> Generator[None]:
    """Make what stays, looking for no garbage meanwhile, nor in what was made until :func:`tidy`."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def tidy() -> None:
    """Free what is garbage by now; leave all else out of the collector's rounds, which would stop answers."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
