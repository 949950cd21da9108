"""What every room answers with: private answers, buttons that outlive a restart, forms, confirmations."""

from bot.ui.answers import answer, replace
from bot.ui.buttons import StoredButton, StoredSelect, stored_view
from bot.ui.drafts import Confirmation, DraftButton, ask_confirmation, correction_button, offer_correction, take
from bot.ui.forms import Field, Form, Values
from bot.ui.guard import Work, asker_of, guarded, host_of, let_in, reader_for
from bot.ui.pages import Page, page_label, page_of, turning
from bot.ui.reception import receive
from bot.ui.room import add_fields, add_lines, joined

__all__ = [
    "Confirmation",
    "DraftButton",
    "Field",
    "Form",
    "Page",
    "StoredButton",
    "StoredSelect",
    "Values",
    "Work",
    "add_fields",
    "add_lines",
    "answer",
    "ask_confirmation",
    "asker_of",
    "correction_button",
    "guarded",
    "host_of",
    "joined",
    "let_in",
    "offer_correction",
    "page_label",
    "page_of",
    "reader_for",
    "receive",
    "replace",
    "stored_view",
    "take",
    "turning",
]
