"""What the tests of occasions share: pressing a button that another message has replaced, and reading audiences."""

from collections.abc import Iterator
from typing import Any, cast

from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.enums import InteractionType
from simcord.results import InteractionResult


def buttons(message: Any) -> dict[str, str]:
    """Return the custom_ids of a message's buttons by label: of discord.py's message or of SimCord's record."""
    return dict(_buttons(message.components))


def _buttons(components: Any) -> Iterator[tuple[str, str]]:
    for component in components:
        if isinstance(component, dict):
            node = cast(dict[str, Any], component)
            if node.get("custom_id"):
                yield node.get("label") or "", node["custom_id"]
            yield from _buttons(node.get("components") or [])
        else:
            if getattr(component, "custom_id", None):
                yield component.label or "", component.custom_id
            yield from _buttons(getattr(component, "children", []))


async def press_stale(actor: MemberActor, message: Any, custom_id: str) -> InteractionResult:
    """Press a button that the message no longer shows, as a client does that has not heard of the change yet."""
    from simcord import actors  # noqa: PLC0415 - what of it is used is private to SimCord
    from simcord.backend import serializers  # noqa: PLC0415 - as above

    stored = actors._visible_message(actor, message)
    button = {"type": 2, "style": 1, "label": "stale", "custom_id": custom_id}
    # discord.py looks the button up in the message that comes with the press.
    shown = {
        **serializers.message_payload(actor._env.backend, stored),
        "components": [{"type": 1, "components": [button]}],
    }
    channel = ChannelHandle(actor._env, actor.guild, actor._env.backend.get_channel(stored.channel_id))
    return await actors._dispatch_actor_interaction(
        actor,
        InteractionType.MESSAGE_COMPONENT,
        channel,
        {"custom_id": custom_id, "component_type": 2},
        extra={"message": shown},
        source_message_id=stored.id,
    )
