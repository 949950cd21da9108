"""What adding and removing a day do. No role of its own: the work of the commands and of the form."""

from typing import cast

from bot.errors import UserError
from bot.search.folding import normalise
from bot.ui import Confirmation, Context, Values
from cogs.calendar import sentences
from cogs.calendar.fields import NewDay, read
from cogs.calendar.queries import day_typed, days_shown
from cogs.calendar.rules import Day, is_same, next_on, titles_of
from storage.calendar_entries.models import EntryExistsError
from storage.models import Draft


async def checked(context: Context, values: Values) -> NewDay:
    """Read what was typed. Raises UserError, also where it is in the calendar already."""
    services = context.services
    new = read(values, context.reader, services.clock.now(), services.zone(context.network))
    for other in await days_shown(context):
        if is_same(new.title, new.first, other, titles_of(other), is_yearly=new.is_yearly):
            raise UserError(sentences.exists(new.title, new.first))
    return new


async def add(context: Context, values: Values) -> None:
    """Add the day that was typed. Raises UserError."""
    new = await checked(context, values)
    try:
        async with context.write() as tx:
            await context.services.calendar_entries.add(
                tx,
                context.guild_id,
                new.title,
                normalise(new.title),
                new.first,
                is_yearly=new.is_yearly,
                link=new.link,
                description=new.description,
            )
    except EntryExistsError as error:
        raise UserError(sentences.exists(new.title, new.first)) from error
    await context.put(sentences.added(new.title, new.first, is_yearly=new.is_yearly))


async def offer_to_remove(context: Context, day: Day) -> None:
    """Ask whether a day is to be removed."""
    on = next_on(day.first, context.services.today(context.network), is_yearly=day.is_yearly)
    asked = sentences.ask_to_remove(day.title, on, is_yearly=day.is_yearly)
    await context.preview(ConfirmDayRemoval.kind, {"day": day.value}, asked, destroys=True)


class ConfirmDayRemoval(Confirmation):
    """A day about to leave the calendar."""

    kind = "calendar_remove"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Remove it. Raises NotFoundError where somebody was quicker."""
        day = await day_typed(context, cast(str, draft.payload["day"]))
        entries = context.services.calendar_entries
        async with context.write() as tx:
            await context.take(tx, draft)
            if day.value.startswith("#"):
                await entries.remove(tx, context.guild_id, int(day.value[1:]))
            else:
                await entries.remove_day(tx, context.guild_id, day.value)
        await context.replace(sentences.removed(day.title))
