"""Runs the real ``focalbot`` command line against a loopback Discord: ``python -m tests.loopback.launcher run``.

``LOOPBACK_ADDRESS`` is the server's ``http://127.0.0.1:PORT``. ``LOOPBACK_PACE``, where set, makes this
process live faster than the system's clock: event loop, Discord's ``utcnow`` and APScheduler alike.
``LOOPBACK_EXTENSION``, where set, is loaded beside the bot's own rooms.
"""

from __future__ import annotations

import os

import discord.gateway
import discord.http
import yarl

from tests.loopback.clock import PacedClock

ADDRESS_VARIABLE = "LOOPBACK_ADDRESS"
EXTENSION_VARIABLE = "LOOPBACK_EXTENSION"


def redirect(address: str) -> None:
    """Point discord.py at the loopback Discord at ``address``."""
    discord.http.Route.BASE = f"{address}/api/v10"
    gateway = yarl.URL(address).with_scheme("ws") / "gateway" / ""
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway


def main() -> None:
    """Redirect, set the pace, then run ``bot.__main__`` with this process's arguments."""
    redirect(os.environ[ADDRESS_VARIABLE])
    clock = PacedClock.from_environment()
    if clock is not None:
        from tests.loopback.pace import live_by  # noqa: PLC0415 - a paced process only

        live_by(clock)
    import bot.app  # noqa: PLC0415 - the command line starts here, not on import
    from bot.__main__ import main as focalbot  # noqa: PLC0415 - as above

    extension = os.environ.get(EXTENSION_VARIABLE)
    if extension:
        bot.app.EXTENSIONS = *bot.app.EXTENSIONS, extension
    focalbot()


if __name__ == "__main__":
    main()
