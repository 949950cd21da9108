"""What systemd is told where it has started the bot: that it is up, that it works, that it ends (``sd_notify``)."""

import logging
import os
import socket
from typing import Final

_log: Final = logging.getLogger("bot.run")
_ADDRESS: Final = "NOTIFY_SOCKET"


class ServiceManager:
    """Writes to systemd's socket, and does nothing where there is none (``address`` None)."""

    def __init__(self, address: str | None) -> None:
        self._address = address
        self._is_up = False

    @classmethod
    def of_environment(cls) -> "ServiceManager":
        """Find the socket where systemd says that it is."""
        return cls(os.environ.get(_ADDRESS))

    @property
    def listens(self) -> bool:
        """Whether anybody is told anything."""
        return bool(self._address)

    def alive(self) -> None:
        """Say that the bot works; the first time also that it is up. Where systemd hears nothing, it restarts it."""
        self._tell("WATCHDOG=1" if self._is_up else "READY=1\nWATCHDOG=1")
        self._is_up = True

    def trying(self) -> None:
        """Say that another attempt to reach Discord is about to be made: that too is work."""
        if self._is_up:
            self._tell("WATCHDOG=1")

    def ending(self) -> None:
        """Say that the bot ends because it was asked to."""
        self._tell("STOPPING=1")

    def _tell(self, state: str) -> None:
        if not self._address:
            return
        # A name that begins with "@" is in Linux's abstract space.
        address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notifying:
                notifying.setblocking(False)
                notifying.sendto(state.encode(), address)
        except OSError as error:
            _log.warning("systemd could not be told that the bot works: %s", error)
