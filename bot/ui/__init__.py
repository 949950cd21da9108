"""What every room answers with: private answers, buttons that outlive a restart, forms, confirmations."""

from bot.ui.buttons import PersistentButton, PersistentSelect
from bot.ui.context import Bot, Context, bot_of
from bot.ui.drafts import Confirmation, typed_in
from bot.ui.forms import Field, Form, Values
from bot.ui.guard import authorise, guarded, reader_for
from bot.ui.looks import Choice, Correction, plain_button, stored_view
from bot.ui.notices import WaitingNotices
from bot.ui.pages import Page, PageButton, Way, page_buttons, page_label, page_of
from bot.ui.progress import Progress, worked_out
from bot.ui.reception import receive, refuse_unknown
from bot.ui.registry import check_access
from bot.ui.room import add_fields, add_lines, joined
from bot.ui.state import Rest, Word, Zone, id_typed, number_of
from bot.ui.work import Work

__all__ = [
    "Bot",
    "Choice",
    "Confirmation",
    "Context",
    "Correction",
    "Field",
    "Form",
    "Page",
    "PageButton",
    "PersistentButton",
    "PersistentSelect",
    "Progress",
    "Rest",
    "Values",
    "WaitingNotices",
    "Way",
    "Word",
    "Work",
    "Zone",
    "add_fields",
    "add_lines",
    "authorise",
    "bot_of",
    "check_access",
    "guarded",
    "id_typed",
    "joined",
    "number_of",
    "page_buttons",
    "page_label",
    "page_of",
    "plain_button",
    "reader_for",
    "receive",
    "refuse_unknown",
    "stored_view",
    "typed_in",
    "worked_out",
]
