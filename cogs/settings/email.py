"""Setting e-mails up, and trying them out. No role of its own: it talks to the mail server."""

from dataclasses import replace

from bot.errors import UserError
from bot.identify import network_reader
from bot.mail.letter import Envelope, letter, server_url
from bot.outbox import EmailText
from bot.outbox.reasons import MAIL_PROBLEMS
from bot.smtp.addresses import is_address
from bot.smtp.transport import Accepted, NotSetUp, Outcome, Refused
from bot.texts import Text, t
from bot.ui import Context
from cogs.settings.email_check import still_missing
from cogs.settings.fields import NOTHING_CHOSEN
from cogs.settings.setup_shown import setup_of


def address_in(typed: str | None) -> str | None:
    """Return the address that was typed, None where none was. Raises UserError where it is not one."""
    address = typed.strip() if typed is not None else None
    if address is not None and not is_address(address):
        raise UserError(
            t("“{typed}” is not an e-mail address: type one such as secretariat@example.org.", typed=address)
        )
    return address


async def set_email_up(context: Context, given: dict[str, bool | str]) -> None:
    """Change what is ``given``, try it out with one e-mail, and show how the server is set up.

    Raises UserError where nothing is given, and where e-mails cannot be switched on yet.
    """
    if not given:
        raise UserError(NOTHING_CHOSEN)
    network = replace(context.network, **given)
    if network.email_enabled:
        if context.services.mail is None:
            raise UserError(
                t("This bot has no mail server: its operator sets SMTP_URL and MAIL_FROM first (docs/email.md).")
            )
        if network.email_reply_to is None:
            raise UserError(t("Say where replies go: add `reply_to`, the secretariat's address."))
    await context.acknowledge()
    async with context.write() as tx:
        await context.services.settings.change_network(tx, context.guild_id, **given)
    said: list[Text] = []
    if network.email_enabled and network.email_reply_to is not None:
        said = [*await _tried(context, network.email_reply_to), *await still_missing(context.services, network)]
    text = "\n".join(map(context.say, said)) or None
    await context.answer(text, embed=await setup_of(context, network))


async def _tried(context: Context, reply_to: str) -> list[Text]:
    """Send a test to the person who asks, where the directory has their address, else to where replies go."""
    services, person = context.services, context.asker.person
    if services.mail is None:
        return []
    own = person if person is not None and is_address(person.address) and person.takes_emails else None
    address = own.address if own is not None else reply_to
    sender = services.defaults.mail_from or ""
    name = context.guild.name
    now = services.clock.now()
    envelope = Envelope(
        network=name,
        sender=sender,
        reply_to=reply_to,
        name=own.name if own is not None else name,
        address=address,
        key=f"test-{context.guild_id}-{int(now.timestamp())}",
        list_key=f"network-{context.guild_id}",
        server=server_url(context.guild_id),
    )
    text = EmailText(
        t("this is a test"),
        [t("E-mails of {network} look like this. A reply goes to {address}.", network=name, address=reply_to)],
    )
    reader = context.reader if own is not None else network_reader(services, context.network)

    async def go_on() -> bool:
        return True

    outcome = await services.mail.send(letter(envelope, text, reader, now), sender, address, go_on)
    return [_outcome(outcome, address)]


def _outcome(outcome: Outcome | None, address: str) -> Text:
    match outcome:
        case Accepted():
            return t("The mail server has taken a test e-mail to {address}: see whether it arrives.", address=address)
        case NotSetUp(problem):
            return t(
                "The test e-mail was not sent: {problem}. The operator of the bot must correct SMTP_URL or MAIL_FROM.",
                problem=MAIL_PROBLEMS[problem],
            )
        case Refused(code, _):
            return t(
                "The mail server refuses e-mails to {address} (its answer is {code}): check the address.",
                address=address,
                code=str(code),
            )
        case _:
            return t(
                "The mail server could not be reached, or gave no answer: the test e-mail was perhaps not sent. Try"
                " again later, or ask the operator of the bot."
            )
