"""What stands between a network and its e-mails. No role of its own: it reads the outbox and the directory."""

from bot.audience import people_in, seats_today
from bot.commands import Command
from bot.outbox.reasons import MAIL_PROBLEMS, MEND_MAIL_SETTINGS
from bot.services import Services
from bot.smtp.addresses import is_address
from bot.texts import Text, nt, t
from cogs.settings.fields import Finding
from storage.models import Network
from storage.outbox.states import Reason


async def email_findings(services: Services, network: Network) -> list[Finding]:
    """Return what keeps the e-mails of a network that has switched them on from being sent."""
    if not network.email_enabled:
        return []
    if services.mail is None:
        return [
            Finding(
                t("E-mails are switched on, and this bot has no mail server."),
                t("The operator of the bot sets SMTP_URL and MAIL_FROM (docs/email.md)."),
            )
        ]
    waiting = await services.emails.held_up(network.guild_id, Reason.MAIL_SETTINGS)
    if waiting is None:
        return []
    problem = MAIL_PROBLEMS[waiting.partition(":")[2]]
    return [Finding(t("E-mails cannot be sent now: {problem}.", problem=problem), MEND_MAIL_SETTINGS)]


async def still_missing(services: Services, network: Network) -> list[Text]:
    """Say what is missing once e-mails are switched on: addresses, and what makes mail servers trust the bot's own."""
    people = people_in(await seats_today(services, network.guild_id))
    without = sum(not is_address(person.address) for person in people)
    said = [
        nt(
            "{count} person in the directory has no e-mail address in use: {command} adds one.",
            "{count} people in the directory have no e-mail address in use: {command} adds one.",
            without,
            command=Command("member edit"),
        )
    ]
    domain = (services.defaults.mail_from or "").rpartition("@")[2]
    return [
        *(said if without else []),
        t(
            "Ask the operator of the bot whether the domain {domain} has SPF, DKIM and DMARC records (docs/email.md):"
            " without them, many ministries' servers treat e-mails as spam.",
            domain=domain,
        ),
    ]
