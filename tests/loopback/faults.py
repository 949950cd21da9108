"""What may go wrong with a request, scripted by the test."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Trouble(Enum):
    """When the fault strikes."""

    REFUSE = "answered with an error, nothing done"
    DROP = "connection closed, nothing done"
    LOSE_ANSWER = "done, then the connection is closed without an answer"
    REFUSE_AFTER = "done, then answered with an error"
    DELAY = "done and answered late"


@dataclass
class Request:
    """One request as it arrived.

    ``path`` is without the ``/api/v10`` prefix; ``status`` 0: no answer was given.
    """

    number: int
    method: str
    path: str
    query: dict[str, str]
    body: dict[str, Any] | list[Any] | None
    at: float
    status: int = 0
    trouble: Trouble | None = None


@dataclass
class Fault:
    """One scripted trouble, for requests whose method and path match.

    ``times`` None: for ever; ``skip``: that many matching requests pass unharmed first. ``code`` is Discord's
    error code in the answer's body, ``seconds`` the delay or, with status 429, ``retry_after``. What is delayed also
    waits until ``not_before`` is set.
    """

    trouble: Trouble
    method: str = ".*"
    path: str = ".*"
    times: int | None = 1
    skip: int = 0
    status: int = 500
    code: int = 0
    seconds: float = 0.0
    not_before: asyncio.Event | None = None

    def strikes(self, request: Request) -> bool:
        """Whether it applies to ``request``; counts the request if it matches."""
        if self.times == 0:
            return False
        if not re.fullmatch(self.method, request.method) or not re.fullmatch(self.path, request.path):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True


@dataclass
class Faults:
    """The troubles ahead. ``chooser``, where set, is asked first for each request: for random scripts."""

    scripted: list[Fault] = field(default_factory=list[Fault])
    chooser: Callable[[Request], Fault | None] | None = None

    def add(self, fault: Fault) -> Fault:
        """Script ``fault``; returns it so that a test can see how many ``times`` are left."""
        self.scripted.append(fault)
        return fault

    def refuse(
        self, method: str, path: str, status: int, code: int = 0, *, times: int | None = 1, skip: int = 0
    ) -> Fault:
        """Answer with ``status`` and Discord's error ``code``; nothing is done."""
        return self.add(Fault(Trouble.REFUSE, method, path, times, skip, status, code))

    def rate_limit(self, method: str, path: str, retry_after: float, *, times: int | None = 1) -> Fault:
        """Answer 429 with ``retry_after`` seconds."""
        return self.add(Fault(Trouble.REFUSE, method, path, times, 0, 429, 0, retry_after))

    def drop(self, method: str, path: str, *, times: int | None = 1, skip: int = 0) -> Fault:
        """Close the connection before anything is done."""
        return self.add(Fault(Trouble.DROP, method, path, times, skip))

    def lose_answer(self, method: str, path: str, *, times: int | None = 1, skip: int = 0) -> Fault:
        """Do what was asked, then close the connection without a word."""
        return self.add(Fault(Trouble.LOSE_ANSWER, method, path, times, skip))

    def fail_after(self, method: str, path: str, status: int = 500, *, times: int | None = 1, skip: int = 0) -> Fault:
        """Do what was asked, then answer with an error all the same."""
        return self.add(Fault(Trouble.REFUSE_AFTER, method, path, times, skip, status))

    def delay(
        self, method: str, path: str, seconds: float = 0.0, *, not_before: asyncio.Event, times: int | None = 1
    ) -> Fault:
        """Do what was asked after ``seconds`` (of real time) and not before the event, however slow the machine is."""
        return self.add(Fault(Trouble.DELAY, method, path, times, seconds=seconds, not_before=not_before))

    def clear(self) -> None:
        """Nothing goes wrong from now on."""
        self.scripted.clear()
        self.chooser = None

    def for_request(self, request: Request) -> Fault | None:
        """The fault that strikes ``request``, if any."""
        if self.chooser is not None and (chosen := self.chooser(request)) is not None:
            return chosen
        return next((fault for fault in self.scripted if fault.strikes(request)), None)
