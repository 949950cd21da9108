"""What the tests of occasions share: pressing a button that another message has replaced, and reading audiences."""

from collections.abc import Iterator
from typing import Any, cast

from simcord.actors import MemberActor
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
    from simcord.actors import _component_interaction, _visible_message  # noqa: PLC0415 - private to SimCord

    stored = _visible_message(actor, message)
    return await _component_interaction(actor, stored, {"custom_id": custom_id, "component_type": 2})
