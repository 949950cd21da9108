"""Commands are given to Discord only when their definitions (with their translations) changed."""

import hashlib
import json
import logging
from collections.abc import Iterable
from typing import Any, Final

from discord import AppCommandType, app_commands

from bot.languages import LANGUAGES
from bot.services import Services
from bot.texts import TRANSLATED, catalogue_files

_log: Final = logging.getLogger("bot.sync")


def fingerprint(tree: app_commands.CommandTree[Any], catalogues: Iterable[bytes]) -> str:
    """Return what is another as soon as anything is that Discord is given: the commands, or their translations.

    Of the ``catalogues`` all is read and nothing translated, which would take most of a start.
    """
    parts = [
        LANGUAGES,
        sorted(context.name for context in TRANSLATED),
        [one.to_dict(tree) for one in tree.get_commands()],
    ]
    found = hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode())
    for catalogue in catalogues:
        found.update(hashlib.sha256(catalogue).digest())
    return found.hexdigest()


async def sync_when_changed(tree: app_commands.CommandTree[Any], services: Services, application_id: int) -> bool:
    """Give Discord the commands if they differ from those it was last given; tell whether that was so.

    Reads either way under which ids Discord knows them, for texts that name one.
    """
    digest = fingerprint(tree, (file.read_bytes() for code in LANGUAGES for file in catalogue_files(code)))
    known = await services.settings.synced_commands(application_id, digest)
    if known is not None:
        services.command_ids.ids = known
        return False
    synced = await tree.sync()
    ids = {command.name: command.id for command in synced if command.type is AppCommandType.chat_input}
    async with services.transaction() as tx:
        await services.settings.commands_synced(tx, application_id, digest, ids)
    services.command_ids.ids = ids
    _log.info("gave Discord %d commands", len(synced))
    return True
