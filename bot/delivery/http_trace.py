"""What is heard of every answer of Discord's, beneath discord.py: its time, and an error that proves nothing."""

import re
from types import SimpleNamespace
from typing import Final

import aiohttp

from bot.delivery.clock_check import ClockCheck

_SENDING: Final = re.compile(r"/api/v\d+/channels/\d+/messages")
_SERVER_FAULT: Final = 500


class UnansweredError(aiohttp.ClientError):
    """Discord answered the sending of a message with an error of its own: the message may be there or not."""

    def __init__(self, status: int) -> None:
        super().__init__(f"Discord answered {status}")
        self.status = status


def trace(clock_check: ClockCheck) -> aiohttp.TraceConfig:
    """Return what discord.py's HTTP client is to report its answers to.

    discord.py repeats a request by itself after an error of Discord's own, and would post a message a second time
    where Discord stored the first and has forgotten its nonce. The sending of a message raises UnansweredError
    instead, so that it is looked for before it is sent again.
    """
    config = aiohttp.TraceConfig()

    async def asked(
        _session: aiohttp.ClientSession, context: SimpleNamespace, _request: aiohttp.TraceRequestStartParams
    ) -> None:
        context.asked_at = clock_check.now()

    async def answered(
        _session: aiohttp.ClientSession, context: SimpleNamespace, answer: aiohttp.TraceRequestEndParams
    ) -> None:
        clock_check.answered(answer.response.headers, context.asked_at)
        is_sending = answer.method == "POST" and _SENDING.fullmatch(answer.url.path)
        if is_sending and answer.response.status >= _SERVER_FAULT:
            answer.response.close()
            raise UnansweredError(answer.response.status)

    config.on_request_start.append(asked)
    config.on_request_end.append(answered)
    return config
