"""What Discord is given of the bot's commands."""

from typing import Any

from discord import app_commands


async def definitions(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    """Return every command as it would be sent to Discord, translated."""
    translator = tree.translator
    assert translator is not None
    return [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]
