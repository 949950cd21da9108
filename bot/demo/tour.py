"""Which steps of the tour a person has taken, seen by what the bot has written down and said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, Protocol

from simcord.backend import Backend

from bot.demo.people import PEOPLE
from bot.demo.world import Account, World
from storage.tour import WrittenStep, steps_written

StepKey = WrittenStep | Literal["find", "travel", "outbox"]

_STEPS: Final[Mapping[str, tuple[StepKey, ...]]] = {
    "delegation": ("find", "webinar", "register", "vote", "travel"),
    "secretariat": ("schedule", "chase", "topics", "handover", "outbox"),
    "guest": (),
}
# Under which message a step is taken: the channel, and how the ``custom_id`` of its buttons begins.
_TAKEN_AT: Final[Mapping[StepKey, tuple[str, str]]] = {
    "webinar": ("announcements", "webinar:attending:"),
    "register": ("announcements", "meeting:in_person:"),
    "vote": ("members", "poll:vote:"),
}
_COMMAND: Final = 2
"""What Discord calls an interaction that a command began."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the tour. ``message_id`` is the message whose buttons take it, in the channel called ``place``."""

    key: StepKey
    is_done: bool
    place: str | None = None
    message_id: int | None = None


class StepsOf(Protocol):
    """Tells which steps of the tour there are for an account, and which are done.

    ``has_arrived``: a reminder that somebody travelled to has come to where the account sees it.
    """

    def __call__(self, backend: Backend, world: World, account: Account, *, has_arrived: bool) -> list[Step]:
        """Return them in the order of the tour."""
        ...


def no_steps(backend: Backend, world: World, account: Account, *, has_arrived: bool) -> list[Step]:  # noqa: ARG001
    """Return no steps: the tour of a bot that has none."""
    return []


def steps_of(database: Path, backend: Backend, world: World, account: Account, *, has_arrived: bool) -> list[Step]:
    """Return the steps of the tour for ``account``; none for guests. ``database`` is the bot's file; see StepsOf."""
    keys = _STEPS[account.kind]
    if not keys:
        return []
    done: set[StepKey] = set(steps_written(database, account.user_id, account.code))
    if has_arrived:
        done.add("travel")
    if _has_found_somebody(backend, account):
        done.add("find")
    if any(_is_outbox(message) for message in _seen(backend, account)):
        done.add("outbox")
    return [Step(key, key in done, *_where(key, backend, world)) for key in keys]


def _seen(backend: Backend, account: Account) -> Iterator[Any]:
    """Yield the messages to and from the account itself: its direct messages, and what only it can see."""
    own = backend.dm_channels.get(account.user_id)
    for channel_id, messages in backend.messages.items():
        for message in messages.values():
            is_private = channel_id == own or (message.is_ephemeral and message.visible_to(account.user_id))
            if is_private or message.author_id == account.user_id:
                yield message


def _has_found_somebody(backend: Backend, account: Account) -> bool:
    """Tell whether the bot has answered words of the account's own with the card of another person."""
    others = [person.name for code, person in PEOPLE.items() if code != account.code]
    asked: set[int] = set()
    answers: list[str] = []
    for message in sorted(_seen(backend, account), key=lambda one: one.id):
        if message.author_id == account.user_id:
            asked.add(message.channel_id)
        elif message.channel_id in asked and _named_command(message) is None:
            answers.append(str(message.embeds))
    return any(name in answer for answer in answers for name in others)


def _named_command(message: Any) -> str | None:  # noqa: ANN401 - SimCord's message
    """Return the command that the message answers, or None where it answers none."""
    metadata: Mapping[str, Any] = message.interaction_metadata or {}
    return metadata.get("name") if metadata.get("type") == _COMMAND else None


def _is_outbox(message: Any) -> bool:  # noqa: ANN401 - SimCord's message
    """Tell whether the message is the list of the outbox; SimCord keeps only the first word of a command."""
    return _named_command(message) == "outbox" and _has_button(message.components, "outbox-")


def _where(key: StepKey, backend: Backend, world: World) -> tuple[str | None, int | None]:
    if key not in _TAKEN_AT:
        return None, None
    place, begins = _TAKEN_AT[key]
    messages = backend.messages.get(world.channels[place], {}).values()
    return place, max((m.id for m in messages if _has_button(m.components, begins)), default=None)


def _has_button(components: list[dict[str, Any]], begins: str) -> bool:
    return any(
        str(one.get("custom_id", "")).startswith(begins) or _has_button(one.get("components", []), begins)
        for one in components
    )
