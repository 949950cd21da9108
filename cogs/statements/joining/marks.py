"""What a person asks of their reminders. No role of its own: the work of two buttons, which nobody else hears of."""

from bot.errors import NotAllowedError, UserError
from bot.occasions import leads
from bot.texts import Text, t
from bot.ui import Context
from cogs.statements import rules
from cogs.statements.joining.join import require_taking_joinings
from storage.statements.models import Mark, Statement


async def ask_for_more_time(context: Context, statement: Statement) -> None:
    """Remind the person once, a day before closing, and of nothing before. Raises UserError once it has closed."""
    await _mark(context, statement, "more_time")
    at = leads.before(statement.closes_at, rules.MORE_TIME_LEAD, statement.timezone)
    when = context.reader.stamp(at, statement.timezone)
    if at > context.services.clock.now():
        await context.answer(
            t(
                "You will be reminded once, {when}, a day before “{title}” closes. Nobody else is informed, and your"
                " request says nothing about your delegation's position.",
                when=when,
                title=statement.title,
            )
        )
        return
    await context.answer(_too_late(statement, context))


async def stop_reminders(context: Context, statement: Statement) -> None:
    """Remind the person of the statement no more. Raises UserError once it has closed."""
    await _mark(context, statement, "no_reminders")
    await context.answer(
        t(
            "You will not be reminded of “{title}” again. Nobody else is informed, and your delegation can still join.",
            title=statement.title,
        )
    )


async def _mark(context: Context, statement: Statement, mark: Mark) -> None:
    require_taking_joinings(statement)
    if statement.state == "closed":
        raise UserError(t("“{title}” is closed: there are no more reminders of it.", title=statement.title))
    person = context.asker.person
    if person is None or not rules.joinable(context.asker.appointments):
        raise NotAllowedError(t("Reminders of a statement go to those who join for a delegation, so you get none."))
    async with context.write() as tx:
        await context.services.statements.mark(tx, context.guild_id, statement.id, person.id, mark)


def _too_late(statement: Statement, context: Context) -> Text:
    return t(
        "“{title}” closes in less than a day, {when}, so there is no further reminder. If your delegation needs more"
        " time, write to the secretariat, which can move the closing time.",
        title=statement.title,
        when=context.reader.stamp(statement.closes_at, statement.timezone),
    )
