"""Who asks, and who may do what: one table for commands, lists while typing, buttons, forms and confirmations."""

from bot.access.asker import CLAIM_WAITS, Asker
from bot.access.table import BUTTONS, COMMANDS, CONFIRMATIONS, FORMS, SELECTS, Level, check_table

__all__ = [
    "BUTTONS",
    "CLAIM_WAITS",
    "COMMANDS",
    "CONFIRMATIONS",
    "FORMS",
    "SELECTS",
    "Asker",
    "Level",
    "check_table",
]
