"""The backup that the bot makes each night, and the line to the secretariat when it could not be made."""

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import ClassVar, Final

from bot.outbox import SECRETARIAT, Message, RecordlessSubject, Standing
from bot.retention import BACKUPS
from bot.services import Services
from bot.texts import Reader, Text, t
from storage.backups.failures import Failure, last_failure, note_failure, note_success
from storage.backups.folder import BackupFolder
from storage.errors import DatabaseUnusableError
from storage.outbox.models import OutboxRow

_log: Final = logging.getLogger("bot.backups")

OVERDUE: Final = timedelta(hours=36)
"""The age of the last backup from which one is made at the start, and from which ``focalbot doctor`` warns."""
_FAILED: Final = "failed"


class Backups(RecordlessSubject):
    """Makes backups in one folder. A failure is told once, until a backup has been made again."""

    name: ClassVar[str] = "backup"

    def __init__(self, services: Services, folder: BackupFolder) -> None:
        self._services = services
        self._folder = folder

    @classmethod
    def kept_in(cls, services: Services, folder: Path) -> "Backups":
        """Keep backups of the bot's database in ``folder``, which is to forget the people who are erased."""
        kept = BackupFolder(folder, services.database.path, BACKUPS)
        services.database.backups = kept
        return cls(services, kept)

    async def make(self) -> None:
        """Make tonight's backup, and owe the secretariats a line if that fails for the first time."""
        database = self._services.database.path
        try:
            made = await asyncio.to_thread(self._folder.make, self._services.clock.now())
        except DatabaseUnusableError as error:
            _log.error("no backup could be made in %s: %s", self._folder.folder, error)
            await self._failed(Failure.of(error))
            return
        # What cannot be written beside the database cannot be written in it either, and is reported there.
        with suppress(OSError):
            note_success(database)
        _log.info("the database is copied to %s", made)

    async def catch_up(self) -> None:
        """Make a backup now if the last one is overdue: the machine may be off at night."""
        if await asyncio.to_thread(self._is_overdue):
            await self.make()

    def _is_overdue(self) -> bool:
        try:
            backups = self._folder.backups()
        except OSError:
            return True
        return not backups or self._services.clock.now() - backups[0].made_at > OVERDUE

    async def _failed(self, failure: Failure) -> None:
        try:
            is_first = note_failure(self._services.database.path, failure)
        except OSError as error:
            _log.warning("that a backup failed could not be written down: %s", error)
            return
        if not is_first:
            return
        async with self._services.transaction() as tx:
            for guild_id in await self._services.settings.present_networks(tx):
                await self._services.outbox.plan_now(
                    tx, guild_id, self.name, 0, _FAILED, SECRETARIAT, payload={"why": failure}
                )

    async def standing(self, row: OutboxRow) -> Standing | None:  # noqa: ARG002 - the same for all
        """The line is owed while the last backup is one that failed."""
        return Standing() if last_failure(self._services.database.path) is not None else None

    async def title(self, row: OutboxRow) -> Text:  # noqa: ARG002 - as above
        """Name the line for lists."""
        return t("To the secretariat: a backup could not be made")

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Say why no backup could be made, and who can change that."""
        match row.payload.get("why"):
            case Failure.NO_ROOM:
                said = t(
                    "The backup of the bot's database failed because the disk is full. Please ask the operator of the"
                    " bot to make room: the command `focalbot doctor` says where."
                )
            case Failure.DAMAGED:
                said = t(
                    "The backup of the bot's database failed because the database is damaged. Please ask the operator"
                    " of the bot to restore the last good backup: the command `focalbot doctor` says how."
                )
            case _:
                said = t(
                    "The backup of the bot's database failed because the backup folder cannot be written. Please ask"
                    " the operator of the bot to check it: the command `focalbot doctor` says what is wrong."
                )
        return Message(reader.say(said))
