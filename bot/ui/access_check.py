from typing import Any

from discord import app_commands

from bot.access import BUTTONS, COMMANDS, CONFIRMATIONS, FORMS, SELECTS, check_table
from bot.ui.buttons import PersistentButton, PersistentSelect
from bot.ui.drafts import Confirmation
from bot.ui.forms import Form


def check_access(tree: app_commands.CommandTree[Any]) -> None:
    """Raise AccessTableError unless the access table says of each thing that people can use who may use it."""
    # What walks the tree includes neither the context menus nor only what can be run.
    commands = [c for c in tree.walk_commands() if isinstance(c, app_commands.Command)]
    menus = [c for c in tree.get_commands() if isinstance(c, app_commands.ContextMenu)]
    check_table(COMMANDS, [c.qualified_name for c in (*commands, *menus)], "command")
    check_table(BUTTONS, PersistentButton.classes, "button")
    check_table(SELECTS, PersistentSelect.classes, "list")
    check_table(FORMS, Form.classes, "form")
    check_table(CONFIRMATIONS, Confirmation.classes, "confirmation")
