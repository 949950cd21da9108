"""What every room answers with: private answers, buttons that outlive a restart, forms, confirmations."""

from bot.ui.access_check import check_access
from bot.ui.buttons import PersistentButton, PersistentSelect
from bot.ui.context import Bot, Context, bot_of
from bot.ui.dispatch import receive, refuse_unknown
from bot.ui.drafts import Confirmation, typed_in
from bot.ui.embed_limits import add_fields, add_lines, joined
from bot.ui.forms import Field, Form, Values
from bot.ui.guard import acknowledge, authorise, guarded, reader_for
from bot.ui.notice_buttons import ShowNoticeButton
from bot.ui.notices import Waiting, WaitingNotices
from bot.ui.pages import Page, PageButton, Way, page_buttons, page_label, page_of
from bot.ui.plain_buttons import Choice, Correction, plain_button, stored_view
from bot.ui.progress import Progress, worked_out
from bot.ui.running_interactions import URGENT, RunningInteractions
from bot.ui.state import Rest, Word, Zone, id_typed, number_of

__all__ = [
    "URGENT",
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
    "RunningInteractions",
    "ShowNoticeButton",
    "Values",
    "Waiting",
    "WaitingNotices",
    "Way",
    "Word",
    "Zone",
    "acknowledge",
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
