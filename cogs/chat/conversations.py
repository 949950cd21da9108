"""No role of its own: what was said a few minutes ago, in memory only; nothing of it is ever written down."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from cogs.chat.understanding import Asked

KEPT: Final = timedelta(minutes=10)
"""How long a question is remembered, so that "and Benin?" can follow it."""
A_MINUTE: Final = 6
"""Messages of one person that are answered within a minute; the next is answered with a request to wait."""
_MINUTE: Final = timedelta(minutes=1)
_MOST: Final = 2000
"""Conversations that are remembered at a time; the oldest makes room."""


@dataclass(slots=True)
class Conversation:
    """One account in one channel: what it asked last, and whether it knows that it talks to a program."""

    at: datetime
    previous: Asked | None = None
    guild_id: int | None = None
    """The network that the person chose, who belongs to several."""
    is_introduced: bool = False
    before: OrderedDict[int, Asked | None] = field(default_factory=OrderedDict[int, Asked | None])
    """What had been asked before each message, by its id: its button is pressed later."""


class Conversations:
    """The conversations of the last ten minutes, and how many messages each account has sent in the last one."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int], Conversation] = OrderedDict()
        self._latest: OrderedDict[int, deque[datetime]] = OrderedDict()

    def of(self, account_id: int, channel_id: int, now: datetime) -> Conversation:
        """Return the conversation of an account in a channel, a new one where the last is over."""
        key = (account_id, channel_id)
        kept = self._kept.pop(key, None)
        if kept is None or now - kept.at > KEPT:
            kept = Conversation(now)
        kept.at = now
        self._kept[key] = kept
        while self._kept and (len(self._kept) > _MOST or now - next(iter(self._kept.values())).at > KEPT):
            self._kept.popitem(last=False)
        return kept

    def remember(self, conversation: Conversation, message_id: int, asked: Asked | None) -> None:
        """Note what a message asked (None: it was not understood), and what had been asked before it."""
        conversation.before[message_id] = conversation.previous
        while len(conversation.before) > A_MINUTE * 2:
            conversation.before.popitem(last=False)
        conversation.previous = asked or conversation.previous

    def count(self, account_id: int, now: datetime) -> int:
        """Count a message of an account, and return how many it has sent within a minute."""
        latest = self._latest.pop(account_id, None) or deque[datetime](maxlen=A_MINUTE + 2)
        while latest and now - latest[0] > _MINUTE:
            latest.popleft()
        latest.append(now)
        self._latest[account_id] = latest
        if len(self._latest) > _MOST:
            self._latest.popitem(last=False)
        return len(latest)
