"""What ``/privacy erase`` does: the person goes, the seat stays. No role of its own: the command's work."""

from datetime import date, timedelta
from typing import Final

from bot.commands import Command
from bot.delegations import own_delegations
from bot.names.delegation_names import with_code
from bot.outbox import SECRETARIAT
from bot.texts import t
from bot.ui import Confirmation, Context
from cogs.privacy.messages import ErasureMessages
from storage.models import Draft


def day_before(day: date) -> date:
    """Return the day before."""
    return day - timedelta(days=1)


_HELD_OPEN: Final = t(
    "Another program is reading the bot's database now: a working file beside it may hold your data until that program"
    " has ended. The bot then removes it by itself."
)
_REPLICATED: Final = t(
    "The bot's database is also copied continuously to another place. The history of that copy, and the files with"
    " which it is made, may hold your data a while longer: the people who run the bot have set for how long."
)


async def ask_to_erase(context: Context) -> None:
    """Say what goes, what stays and what follows, with *Confirm*."""
    reader = context.reader
    seats = await own_delegations(context.services, context.asker)
    lines = [
        t("Erase everything about you here: name, contact details, settings, answers to webinars, messages to you?"),
        t(
            "What belongs to your delegation stays without your name: that its seat was filled, its registrations,"
            " its ballots. {export} gives you a copy first.",
            export=Command("privacy export"),
        ),
    ]
    if seats:
        named = reader.listing([with_code(seat, reader.language) for seat in seats])
        lines.append(t("Your term for {delegations} ends with it, and so does your access.", delegations=named))
    if context.asker.is_secretariat:
        # Discord alone knows who holds the role, and the bot asks nobody for the list of all members: it cannot
        # tell the only one from one of several, and erasing takes nothing away that the network needs.
        lines.append(
            t(
                "You remain in the secretariat, because that is a role on the server and not data of the bot. If you"
                " are its only member and leave, first ask a person who manages the server to give the role to your"
                " successor."
            )
        )
    if context.network.privacy_contact:
        lines.append(t("Questions of privacy: {contact}", contact=context.network.privacy_contact))
    content = "\n".join(reader.say(line) for line in lines)
    await context.preview(ConfirmErasure.kind, {}, content, destroys=True)


class ConfirmErasure(Confirmation):
    """Everything about a person, after *Confirm*."""

    kind = "privacy_erase"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Erase, tell the secretariat which seats are without, and say so."""
        services = context.services
        person_id = context.asker.person.id if context.asker.person is not None else None
        last_day = day_before(services.today(context.network))
        seats = await own_delegations(context.services, context.asker)
        # The bot's own transaction: the audit log must not write down who has just been erased.
        async with services.transaction() as tx:
            await context.take(tx, draft)
            await services.privacy.erase(tx, context.guild_id, person_id, context.account_id, last_day)
            services.outbox.wake(tx, services.clock.now())  # What was sent is rendered without the account.
            subject = ErasureMessages.name
            for seat in seats:
                await services.outbox.plan_now(tx, context.guild_id, subject, seat.id, "erased", SECRETARIAT)
        context.dispatch("seats_changed", context.guild_id)
        said = t(
            "Done: your data is gone here and in the backups that the bot keeps. Copies that others have made elsewhere"
            " may still hold it; if one is restored here, your data is removed from it."
        )
        lines = [context.say(said)]
        if services.database.log_holds_erased:
            lines.append(context.say(_HELD_OPEN))
        if services.database.is_replicated:
            lines.append(context.say(_REPLICATED))
        await context.replace("\n".join(lines))
