"""What an exception from Discord proves about a message: refused, to be tried again, or unknown. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import aiohttp
import discord

from storage.outbox.states import Reason

_UNAUTHORISED: Final = 401
_TOO_MANY: Final = 429
_SERVER_FAULT: Final = 500
_GATEWAY_TIMEOUTS: Final = frozenset({504, 524})
_PACE_CODES: Final = frozenset({40003, 20028, 30046})
"""Opening direct messages too fast; the channel's write limit; edits of old messages."""
_REASONS: Final = {
    10003: Reason.UNKNOWN_CHANNEL,
    10013: Reason.UNKNOWN_USER,
    50001: Reason.NO_ACCESS,
    50013: Reason.NO_PERMISSION,
    50007: Reason.CLOSED,
    50278: Reason.CLOSED,
    20009: Reason.CLOSED,
    40002: Reason.UNVERIFIED,
}
FIRST_BACKOFF: Final = 60
LONGEST_BACKOFF: Final = 900
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Proven not sent, for a ``reason`` that trying again would not mend."""

    reason: str


@dataclass(frozen=True, slots=True)
class TryLater:
    """Proven not sent; Discord asks for patience (None: our own backoff)."""

    after: timedelta | None


@dataclass(frozen=True, slots=True)
class Unauthorised:
    """The token is no longer accepted: nothing can be sent by this process."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have arrived or not.

    ``hung``: somebody stopped waiting for Discord, which may still be working on it: we did, or its own gateway.
    """

    hung: bool = False


class UnauthorisedError(Exception):
    """Discord no longer accepts the token."""


Outcome = Refused | TryLater | Unauthorised | Unknown
TRANSPORT: Final = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError)
"""What a request to Discord may raise without a fault of ours. OSError includes TimeoutError's kin."""


def outcome_of(error: BaseException) -> Outcome:
    """Return what ``error``, raised by a request, proves: only a 4xx answer is a refusal."""
    match error:
        case discord.RateLimited():
            return TryLater(timedelta(seconds=error.retry_after))
        case discord.HTTPException() if error.status == _UNAUTHORISED:
            return Unauthorised()
        case discord.HTTPException() if error.status == _TOO_MANY or error.code in _PACE_CODES:
            return TryLater(None)
        case discord.HTTPException() if error.status < _SERVER_FAULT:
            return Refused(_REASONS.get(error.code) or Reason.HTTP.of(f"{error.status}:{error.code}"))
        case TimeoutError():
            return Unknown(hung=True)
        case _:
            return Unknown(hung=getattr(error, "status", None) in _GATEWAY_TIMEOUTS)


def backoff(failures: int) -> timedelta:
    """Return how long to wait after that many failures: 1, 2, 4, 8 minutes, then a quarter of an hour each time."""
    doublings = min(max(failures - 1, 0), 8)
    return timedelta(seconds=min(FIRST_BACKOFF * 2**doublings, LONGEST_BACKOFF))
