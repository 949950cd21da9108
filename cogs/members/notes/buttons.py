"""*Hand-over note*: read, write, delete; the buttons name their network, and so work in direct messages."""

from collections.abc import Collection, Sequence
from typing import Any, Final, Literal

import discord
from discord import ui

from bot.errors import NotFoundError
from bot.texts import Reader, t
from bot.ui import Context, PersistentButton, stored_view
from cogs.members.notes.cards import note_card
from cogs.members.notes.forms import NoteForm
from cogs.members.notes.queries import notes_for, posts_to_write_of, reader_of_notes, require_writable
from cogs.members.notes.rules import ShownNote, is_for
from storage.members.models import Holder, Person

_SHOWN: Final = 4
"""Notes in one answer: a card of each fits into a message."""


class NoteButton(PersistentButton, custom_id="note:{action}:{guild_id}:{appointment_id}"):
    """*Hand-over note* (``appointment_id`` 0), *Write* and *Delete* of one appointment's note."""

    action: Literal["show", "write", "delete"]
    guild_id: int
    appointment_id: int

    async def on_press(self, context: Context) -> None:
        """Do what the button says, for those whose note it is or whose delegation's."""
        match self.action:
            case "show":
                await _show(context, reader_of_notes(context))
            case "write":
                await _write(context, self.appointment_id)
            case "delete":
                await _delete(context, reader_of_notes(context), self.appointment_id)


def note_button(guild_id: int, reader: Reader) -> NoteButton:
    """Return *Hand-over note*, which shows the notes that its presser may read."""
    return NoteButton("show", guild_id, 0).labelled(reader.label(t("Hand-over note")))


def write_button(guild_id: int, appointment_id: int, reader: Reader) -> NoteButton:
    """Return *Write a hand-over note* for one appointment."""
    return NoteButton("write", guild_id, appointment_id).labelled(reader.label(t("Write a hand-over note")))


def note_buttons(
    guild_id: int, writable: Sequence[int], written: Collection[int], reader: Reader
) -> list[ui.Item[Any]]:
    """Return the buttons for one's own notes, by appointment: those that can be written, and those that are."""
    items: list[ui.Item[Any]] = []
    for number in writable:
        label = t("Edit my note") if number in written else t("Write a hand-over note")
        items.append(NoteButton("write", guild_id, number).labelled(reader.label(label)))
    items += [
        NoteButton("delete", guild_id, number).labelled(reader.label(t("Delete my note")), discord.ButtonStyle.danger)
        for number in written
    ]
    return items[:20]


async def _show(context: Context, person: Person) -> None:
    """Show the notes that somebody may read; in a direct message, which stays, only that there are any."""
    notes, holders = await notes_for(context, person)
    own = {shown.note.appointment_id for shown in notes if shown.note.author_id == person.id}
    writable = [post.appointment.id for post in await posts_to_write_of(context, person)]
    items = note_buttons(context.guild_id, writable, own, context.reader)
    if not notes:
        await context.answer(t("There is no hand-over note for your delegation."), view=_view(items))
    elif context.is_direct:
        said = t("Hand-over notes are shown on the server only, where no copy of them stays: press the button there.")
        await context.answer(said, view=stored_view([*items, context.server_button()]))
    else:
        cards = [note_card(shown, context.reader) for shown in notes[:_SHOWN]]
        await context.answer(embeds=cards, view=_view(items))
        await _mark_read(context, person, notes[:_SHOWN], holders)


async def _mark_read(context: Context, person: Person, notes: Sequence[ShownNote], holders: Sequence[Holder]) -> None:
    today = context.services.today(context.network)
    unread = [note for note in notes if note.note.read_at is None and is_for(person.id, note, holders, today)]
    if unread:
        async with context.write() as tx:
            for shown in unread:
                await context.services.handover_notes.mark_read(tx, context.guild_id, shown.note.appointment_id)


async def _write(context: Context, appointment_id: int) -> None:
    person = await require_writable(context, appointment_id)
    notes, _ = await notes_for(context, person)
    text = next((shown.note.text for shown in notes if shown.note.appointment_id == appointment_id), "")
    await NoteForm(str(appointment_id)).show(context, {"text": text})


async def _delete(context: Context, person: Person, appointment_id: int) -> None:
    notes, _ = await notes_for(context, person)
    mine = [n for n in notes if n.note.appointment_id == appointment_id and n.note.author_id == person.id]
    if not mine:
        raise NotFoundError(t("That note no longer exists."))
    async with context.write() as tx:
        await context.services.handover_notes.delete(tx, context.guild_id, appointment_id)
    await context.answer(t("Your note is deleted."))


def _view(items: Sequence[ui.Item[Any]]) -> ui.View | None:
    return stored_view(items) if items else None
