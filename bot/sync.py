"""Commands are given to Discord only when their definitions (with their translations) changed."""

import hashlib
import json
import logging
from typing import Any, Final

from discord import AppCommandType, app_commands

from bot.languages import LANGUAGES
from bot.services import Services

_log: Final = logging.getLogger("bot.sync")


async def definitions(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    """Return every command as it would be sent to Discord, translated."""
    translator = tree.translator
    commands = tree.get_commands()
    if translator is None:
        return [command.to_dict(tree) for command in commands]
    return [await command.get_translated_payload(tree, translator) for command in commands]


async def sync_when_changed(tree: app_commands.CommandTree[Any], services: Services, application_id: int) -> bool:
    """Give Discord the commands if they differ from those it was last given; tell whether that was so.

    Reads either way under which ids Discord knows them, for texts that name one.
    """
    payload = json.dumps([await definitions(tree), LANGUAGES], sort_keys=True, default=str)
    digest = hashlib.sha256(payload.encode()).hexdigest()
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
