"""What an e-mail says. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.texts import Text


@dataclass(frozen=True, slots=True)
class EmailText:
    """What an e-mail says in the place of a message; the network, how to answer and how to stop are added to it.

    ``subject`` says the kind and the deadline, and never a title: it is read over shoulders. ``paragraphs`` name no
    other person, no ballot, and no link that only members may have. ``asks`` says whether an answer is expected, and
    whether the secretariat may record it. ``calendar`` is the occasion as a calendar file (None: there is none).
    """

    subject: Text
    paragraphs: Sequence[Text]
    asks: Literal["nothing", "an_answer", "a_vote", "an_objection"] = "nothing"
    calendar: bytes | None = None
