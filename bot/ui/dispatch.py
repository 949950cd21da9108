from typing import Any, cast

import discord

from bot.access import FORMS
from bot.errors import reply_with_error
from bot.observation import Kind
from bot.ui.buttons import PersistentButton, PersistentSelect
from bot.ui.context import Context
from bot.ui.drafts import typed_in
from bot.ui.forms import PREFIX, form_of
from bot.ui.guard import guarded, reader_for
from bot.ui.networks import network_of
from bot.ui.state import ForgedStateError, number_of


async def receive(interaction: discord.Interaction) -> None:
    """Hand a submitted form to its class. Forms are found by their ``custom_id``, so a restart loses none."""
    custom_id = cast(str, (interaction.data or {}).get("custom_id", ""))
    guild_id, custom_id = network_of(custom_id)
    prefix, _, rest = custom_id.partition(":")
    prefix, _, draft_id = prefix.partition("@")
    kind, *arguments = rest.split(":")
    form = form_of(kind, arguments) if prefix == PREFIX else None
    if form is None:
        await _refuse(interaction)
        return
    values = _typed(cast(list[dict[str, Any]], (interaction.data or {}).get("components", [])))

    async def submit(context: Context) -> None:
        typed = form.received(context.reader, values)
        if draft_id:
            draft = await context.kept_draft(number_of(draft_id))
            context.replaces(draft)
            typed = {**typed_in(draft), **typed}
        await form.submit(context, typed)
        await context.spend_replaced()

    used = Kind.FORM, form.kind
    await guarded(interaction, FORMS[form.kind], submit, guild_id, used=used, is_urgent=form.is_urgent)


async def refuse_unknown(interaction: discord.Interaction) -> None:
    """Answer the press of a button, or the use of a list, that no class declares: Discord would show a failure."""
    custom_id = cast(str, (interaction.data or {}).get("custom_id", ""))
    classes = (*PersistentButton.classes.values(), *PersistentSelect.classes.values())
    if not any(one.__discord_ui_compiled_template__.fullmatch(custom_id) for one in classes):
        await _refuse(interaction)


async def _refuse(interaction: discord.Interaction) -> None:
    await reply_with_error(interaction, reader_for(interaction), ForgedStateError())


def _typed(components: list[dict[str, Any]]) -> dict[str, str]:
    values: dict[str, str] = {}
    for component in components:
        inner = component.get("components") or ([component["component"]] if "component" in component else [])
        values |= _typed(inner)
        if "custom_id" in component:
            chosen = component.get("values")
            values[component["custom_id"]] = component.get("value") or (chosen[0] if chosen else "")
    return values
