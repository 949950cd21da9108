"""What a client may send that the bot never offered it: buttons, lists and forms with any number in them."""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, Final

import hypothesis
from hypothesis import find
from hypothesis.strategies import from_regex
from simcord.enums import ComponentType, InteractionType
from simcord.interactions import base_payload
from simcord.results import InteractionResult

from tests.people import Person
from tests.world import World, embed_text

LARGEST: Final = str(2**63 - 1)
"""The largest number that a record can have."""
BEYOND: Final = ("9" * 40, str(2**63), "-1")
"""Numbers that no record can have."""
MOST_WORDS: Final = 20
"""Of the words that a part may be, all where they are few; of the hundreds of time zones the first ones."""

_GROUP: Final = re.compile(r"\(\?P<(\w+)>((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)")
_FIRST: Final = hypothesis.settings(phases=[hypothesis.Phase.generate], database=None, derandomize=True, deadline=None)


def custom_ids(pattern: str, number: str, numbers: Mapping[str, str]) -> Iterator[str]:
    """Write custom_ids of a kind: each of its words, with ``number`` in the place of each number.

    ``numbers`` are those of parts that must be others, by the part's name.
    """
    parts = list(_GROUP.finditer(pattern))
    ways = [_values(part[1], part[2], number, numbers) for part in parts]
    literals = [re.sub(r"\\(.)", r"\1", text) for text in _GROUP.sub("\0", pattern).split("\0")]
    for values in product(*ways):
        yield "".join(text + value for text, value in zip(literals, (*values, ""), strict=True))


def _values(name: str, body: str, number: str, numbers: Mapping[str, str]) -> list[str]:
    if re.fullmatch(r"\\d(\*|\+|\{.*\})", body):
        return [numbers.get(name, number)]
    if alternatives := re.fullmatch(r"\[(\W+)\]", body):
        return list(alternatives[1])
    if "|" in body:
        return [re.sub(r"\\(.)", r"\1", word) for word in body.split("|")[:MOST_WORDS]]
    return [find(from_regex(body, fullmatch=True), lambda _: True, settings=_FIRST)]


class Forger:
    """Sends interactions that no message of the bot asks for, many at once, and reads what each was answered."""

    def __init__(self, world: World, shown: Any) -> None:
        self._world = world
        self._shown = shown

    def press(self, by: Person, custom_id: str) -> InteractionResult:
        """Press a button of that custom_id."""
        button = {"type": ComponentType.BUTTON, "style": 2, "custom_id": custom_id, "label": "xyz"}
        return self._use(by, button, {"custom_id": custom_id, "component_type": ComponentType.BUTTON})

    def choose(self, by: Person, custom_id: str, value: str) -> InteractionResult:
        """Choose the option of that value in a list of that custom_id."""
        kind = ComponentType.STRING_SELECT
        listed = {"type": kind, "custom_id": custom_id, "options": [{"label": "xyz", "value": value}]}
        return self._use(by, listed, {"custom_id": custom_id, "component_type": kind, "values": [value]})

    def send_form(self, by: Person, custom_id: str, values: Mapping[str, str]) -> InteractionResult:
        """Send a form of that custom_id with what is typed into each field."""
        fields = [
            {"type": 18, "component": {"type": ComponentType.TEXT_INPUT, "custom_id": key, "value": value}}
            for key, value in values.items()
        ]
        return self._send(by, InteractionType.MODAL_SUBMIT, {"custom_id": custom_id, "components": fields})

    def _use(self, by: Person, component: dict[str, Any], data: dict[str, Any]) -> InteractionResult:
        message = {
            "id": str(self._shown.id),
            "channel_id": str(self._shown.channel.id),
            "author": {"id": str(self._shown.author.id), "username": "focalbot", "discriminator": "0", "avatar": None},
            "content": "",
            "timestamp": "2026-01-01T00:00:00+00:00",
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "pinned": False,
            "type": 0,
            "components": [{"type": ComponentType.ACTION_ROW, "components": [component]}],
        }
        return self._send(by, InteractionType.MESSAGE_COMPONENT, data, {"message": message})

    def _send(
        self, by: Person, kind: int, data: dict[str, Any], more: Mapping[str, Any] | None = None
    ) -> InteractionResult:
        backend = self._world.env.backend
        record, payload = base_payload(
            backend,
            type=kind,
            channel_id=self._shown.channel.id,
            guild_id=by.guild.id,
            user_id=by.id,
            data=data,
        )
        if more:
            record.source_message_id = self._shown.id
            payload.update(more)
        backend.emit("INTERACTION_CREATE", payload)
        return InteractionResult(self._world.env, record)


def answered(result: InteractionResult, besides: int = 0) -> str:
    """Return every word of an answer's messages: private ones, and message ``besides``, below which one presses."""
    messages = [m for m in (result.response, *result.followups) if m is not None]
    assert all(m.ephemeral or m.id == besides for m in messages), "the answer was not private"
    return "\n".join(text for m in messages for text in (m.content, *map(embed_text, m.embeds)))
