"""Which hand-over notes somebody may read, and of which posts they may write one."""

from bot.commands import Command
from bot.errors import NotAllowedError, NotFoundError
from bot.texts import t
from bot.ui import Context
from cogs.members.notes.rules import ShownNote, may_read, may_write
from storage.members.models import Holder, Person


def reader_of_notes(context: Context) -> Person:
    """Return the person who asks. Raises NotFoundError for an account that is linked to nobody."""
    if context.asker.person is None:
        raise NotFoundError(
            t(
                "Your account is not linked to a person in the directory: type {command} with a code.",
                command=Command("member claim"),
            )
        )
    return context.asker.person


async def notes_for(context: Context, person: Person) -> tuple[list[ShownNote], list[Holder]]:
    """Return the notes that somebody may read, the latest first, and all who ever held a post."""
    services, today = context.services, context.services.today(context.network)
    holders = await services.members.holders(context.guild_id)
    by_id = {holder.appointment.id: holder for holder in holders}
    delegations = {delegation.id: delegation for delegation in await services.members.delegations(context.guild_id)}
    found: list[ShownNote] = []
    for note in await services.handover_notes.all(context.guild_id):
        author = by_id[note.appointment_id]
        shown = ShownNote(note, author, delegations[author.appointment.delegation_id])
        if may_read(person.id, shown, holders, today):
            found.append(shown)
    return found, holders


async def posts_to_write_of(context: Context, person: Person) -> list[Holder]:
    """Return the posts of which somebody may write a note today, the latest first."""
    services, today = context.services, context.services.today(context.network)
    found: list[Holder] = []
    for holder in await services.members.holders(context.guild_id):
        if holder.person.id != person.id:
            continue
        thanks = await services.outbox.of(context.guild_id, "appointment", holder.appointment.id, "thanks")
        if may_write(holder.appointment, today, was_thanked=bool(thanks)):
            found.append(holder)
    return found


async def require_writable(context: Context, appointment_id: int) -> Person:
    """Return the person who asks, who may write the note of an appointment. Raises UserError."""
    person = reader_of_notes(context)
    if not any(post.appointment.id == appointment_id for post in await posts_to_write_of(context, person)):
        raise NotAllowedError(
            t("Only the person who holds the post, or has just left it, can write its hand-over note.")
        )
    return person
