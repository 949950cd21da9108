"""The in-memory Discord on disk, so that history and buttons survive a restart."""

import pickle
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import simcord
from simcord.backend import Backend

from bot.demo.mailbox import KeptMail
from bot.demo.world import World

_FORMAT: Final = (1, simcord.__version__)
# What belongs to a running process; the clock starts again from the machine's.
_OF_THE_PROCESS: Final = {"subscribers", "transcript", "http_requests", "faults", "clock", "emit"}


class UnreadableWorldError(Exception):
    """The saved demo was written by another version, or is damaged."""


@dataclass(slots=True)
class Saved:
    """What a demo remembers: SimCord's state, its ids, how far its clock is ahead, locales by user id.

    ``arrived`` are the ids of those to whom a reminder has come that they, or somebody else, travelled to.
    ``mails`` are the e-mails that have arrived.
    """

    world: World
    state: dict[str, Any]
    ahead: timedelta = timedelta()
    locales: dict[int, str] = field(default_factory=dict[int, str])
    arrived: set[int] = field(default_factory=set[int])
    mails: list[KeptMail] = field(default_factory=list[KeptMail])


def state_of(backend: Backend) -> dict[str, Any]:
    """Return what of ``backend`` outlives the process."""
    return {name: value for name, value in vars(backend).items() if name not in _OF_THE_PROCESS}


def save(path: Path, saved: Saved) -> None:
    """Write ``saved`` whole or not at all."""
    partial = path.with_suffix(".partial")
    partial.write_bytes(pickle.dumps((_FORMAT, saved)))
    partial.replace(path)


def load(path: Path) -> Saved | None:
    """Read what was saved; None where nothing was. Raises UnreadableWorldError."""
    if not path.exists():
        return None
    try:
        written, saved = pickle.loads(path.read_bytes())  # noqa: S301 - our own file, in our own data folder
    except Exception as error:
        raise UnreadableWorldError from error
    if written != _FORMAT:
        raise UnreadableWorldError
    if not hasattr(saved, "arrived"):  # written before there was a tour
        saved.arrived = set[int]()
    if not hasattr(saved, "mails"):  # written before there were e-mails
        saved.mails = list[KeptMail]()
    return saved
