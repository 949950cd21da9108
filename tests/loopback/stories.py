"""Tells what happened to one message, for the report of a run that found something wrong."""

from __future__ import annotations

from collections.abc import Sequence

from tests.loopback.server import LoopbackDiscord
from tests.loopback.workload import Workload

BEFORE, AFTER = 180.0, 60.0
"""Seconds of Discord's time before its first and after its last storing that are told."""


def story(reference: str, discord: LoopbackDiscord, workload: Workload, lives: Sequence[tuple[float, str]]) -> str:
    """Return, a line each: starts and ends of processes, requests for the message or its channel, and its storings.

    ``lives`` are instants (Unix seconds on Discord's clock), each with what happened to a process then.
    """
    stored = [message for message in discord.world.messages if workload.reference(message) == reference]
    if not stored:
        return f"{reference}: never stored"
    first, last = stored[0].stored_at - BEFORE, stored[-1].stored_at + AFTER
    told = [(message.stored_at, f"stored as {message.id} in {message.channel.name}") for message in stored]
    told += [(at, what) for at, what in lives if first <= at <= last]
    channels = {f"/channels/{message.channel.id}" for message in stored}
    nonces = {message.nonce for message in stored}
    for request in discord.requests:
        nonce = request.body.get("nonce") if isinstance(request.body, dict) else None
        concerns = request.path.removesuffix("/messages") in channels and (request.method == "GET" or nonce in nonces)
        if concerns and first <= request.at <= last:
            fault = f", {request.trouble.value}" if request.trouble is not None else ""
            told.append((request.at, f"{request.method} {request.path} {request.query}: {request.status}{fault}"))
    return "\n".join([reference, *(f"  {at - first - BEFORE:+8.1f} s  {what}" for at, what in sorted(told))])
