"""The two forms of a webinar: what is needed, and the details. Both come back filled in until all is right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

import discord
from discord import ui

from bot.access import Asker, Level
from bot.errors import NotFoundError, UserError
from bot.texts import Reader, Text, t
from bot.timeparse import parse_zone
from bot.ui import Field, Form, Values, correction_button, host_of, offer_correction
from cogs.webinars import desk, proposals, typed
from cogs.webinars.typed import DETAILS, MAIN, NEEDED, FieldError
from storage.webinar_models import Webinar

_ENTRY: Final = "webinar_entry"


@dataclass(frozen=True, slots=True)
class Entry:
    """All that somebody has typed so far, by option; ``webinar_id`` and its ``sequence`` when it is a change."""

    typed: Mapping[str, str] = field(default_factory=dict[str, str])
    webinar_id: int | None = None
    sequence: int = 0


async def schedule(interaction: discord.Interaction, asker: Asker, given: Mapping[str, str]) -> None:
    """Show what the options make of a new webinar; where needed ones are missing, open the form with the others."""
    entry = Entry(given)
    if all(given.get(name, "").strip() for name in NEEDED):
        await enter(interaction, asker, entry)
    else:
        await _open(interaction, asker, entry)


async def edit(interaction: discord.Interaction, asker: Asker, webinar: Webinar, given: Mapping[str, str]) -> None:
    """Show what the options change of a webinar; without options, open the form filled in with what it is."""
    desk.require_open(webinar, host_of(interaction).services.clock.now())
    entry = Entry({**typed.written(webinar), **given}, webinar.id, webinar.sequence)
    if given:
        await enter(interaction, asker, entry)
    else:
        await _open(interaction, asker, entry)


async def enter(interaction: discord.Interaction, asker: Asker, entry: Entry) -> None:
    """Read what was typed and show what it comes to; where something is wrong, say what and offer the form."""
    services = host_of(interaction).services
    now = services.clock.now()
    base = await desk.webinar_of(services, asker.guild_id, entry.webinar_id) if entry.webinar_id else None
    try:
        if base is not None:
            desk.require_open(base, now)
            _require_unchanged(base, entry)
        fields = typed.read(entry.typed, asker.reader, now, base)
    except UserError as error:
        if base is not None and base.sequence != entry.sequence:
            entry = Entry(entry.typed, base.id, base.sequence)
        form = DetailsForm if isinstance(error, FieldError) and error.field in DETAILS else WebinarForm
        await _offer(interaction, asker, entry, form, error.text)
        return
    more = [
        await correct(interaction, asker, entry, WebinarForm),
        await correct(interaction, asker, entry, DetailsForm),
    ]
    if base is None:
        await proposals.propose_new(interaction, asker, fields, more)
    else:
        await proposals.propose_change(interaction, asker, base, fields, more)


def _require_unchanged(webinar: Webinar, entry: Entry) -> None:
    if webinar.sequence != entry.sequence:
        raise UserError(
            t(
                "Somebody changed “{title}” while you were writing, so nothing was changed: look at it again, then"
                " press Correct and send yours anew.",
                title=webinar.title,
            )
        )


async def correct(
    interaction: discord.Interaction, asker: Asker, entry: Entry, form: type["_EntryForm"]
) -> ui.Button[Any]:
    """Return the button that opens a form filled in with what was typed so far."""
    button = await correction_button(interaction, asker, await _kept(interaction, asker, entry, form), entry.typed)
    if form is DetailsForm:
        button.label = asker.reader.label(t("More details"))
        button.style = discord.ButtonStyle.secondary
    return button


async def _open(interaction: discord.Interaction, asker: Asker, entry: Entry) -> None:
    form = await _kept(interaction, asker, entry, WebinarForm)
    await form.open(interaction, asker.reader, entry.typed)


async def _offer(
    interaction: discord.Interaction, asker: Asker, entry: Entry, form: type["_EntryForm"], problem: Text
) -> None:
    await offer_correction(interaction, asker, await _kept(interaction, asker, entry, form), entry.typed, problem)


async def _kept(interaction: discord.Interaction, asker: Asker, entry: Entry, form: type["_EntryForm"]) -> "_EntryForm":
    """Keep what was typed so far, and return the form that goes on from it."""
    services = host_of(interaction).services
    payload: dict[str, object] = {
        "typed": dict(entry.typed),
        "webinar_id": entry.webinar_id,
        "sequence": entry.sequence,
    }
    async with services.transaction(asker.account_id) as tx:
        draft_id = await services.settings.keep_draft(tx, asker.guild_id, asker.account_id, _ENTRY, payload)
    return form(str(draft_id), _zone(entry, asker.reader))


def _zone(entry: Entry, reader: Reader) -> str:
    """Return in which zone the start is read, as far as one can tell before all is right."""
    try:
        return parse_zone(entry.typed.get("timezone", ""), reader.language)
    except UserError:
        return reader.zone


class _EntryForm(Form):
    """Its arguments are the draft that holds the rest, and the zone in which the start is read."""

    level = Level.SECRETARIAT

    async def submitted(self, interaction: discord.Interaction, asker: Asker, values: Values) -> None:
        """Put what was typed to what was typed before, and go on with all of it."""
        services = host_of(interaction).services
        draft = await services.settings.draft(
            asker.guild_id, asker.account_id, int(self.arguments[0]), services.clock.now()
        )
        if draft is None:
            raise NotFoundError(t("This lay open for more than a day: start again with the command."))
        before = cast(dict[str, str], draft.payload["typed"])
        webinar_id = cast(int | None, draft.payload["webinar_id"])
        entry = Entry({**before, **values}, webinar_id, cast(int, draft.payload["sequence"]))
        await enter(interaction, asker, entry)


class WebinarForm(_EntryForm):
    """What every webinar needs, and its description."""

    kind = "webinar"
    title = t("Webinar")

    def fields(self, reader: Reader) -> Sequence[Field]:
        """Return the five lines."""
        labels = {
            "title": t("Title"),
            "starts": t("Starts: date and time"),
            "duration": t("Duration"),
            "link": t("Link to join (only members see it)"),
            "description": t("Description (everybody sees it)"),
        }
        hints = {
            "starts": t("2027-03-12 15:00 or 12 March 2027 3pm, in {place}", place=reader.place(self.arguments[1])),
            "duration": t("1h 30min or 90 min"),
            "link": t("https://…"),
        }
        return [
            Field(name, labels[name], required=name in NEEDED, long=name == "description", placeholder=hints.get(name))
            for name in MAIN
        ]


class DetailsForm(_EntryForm):
    """What is left at its default by most."""

    kind = "webinar_details"
    title = t("Webinar: more details")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - no line of it depends on the reader
        """Return the four lines."""
        labels = {
            "timezone": t("Time zone: a large city"),
            "speakers": t("Speakers"),
            "languages": t("Languages"),
            "reminders": t("Reminders ahead"),
        }
        hints = {
            "languages": t("English, French"),
            "reminders": t("7d 24h 1h, or none"),
        }
        return [Field(name, labels[name], required=False, placeholder=hints.get(name)) for name in DETAILS]
