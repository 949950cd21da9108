"""Why something was not brought to its person, in few words, and what is said of what the secretariat sent instead."""

from typing import Final

from bot.commands import Command
from bot.texts import Listing, Text, nt, t
from storage.members.models import Person
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, Reason, has_reason

MEND: Final = Command("member edit")
_WHY: Final[dict[str, Text]] = {
    Reason.NO_ACCOUNT: t("no account"),
    Reason.LATE: t("not read in time"),
    Reason.CLOSED: t("refuses direct messages"),
    Reason.RETURNED: t("e-mail came back"),
    Reason.UNKNOWN_USER: t("account deleted"),
}


def why(row: OutboxRow, person: Person) -> Text:
    """Say why nothing brought the row to its person, and whether the secretariat has an address."""
    if has_reason(row.reason, Reason.ADDRESS) and person.email and not person.address:
        code = row.reason.partition(":")[2]
        return t("mail server refused {address} ({code})", address=person.email, code=code)
    reason = t("waits, not read yet") if row.state is OutboxState.NOTICE else _refusal(row)
    if not person.takes_emails:
        return t("{reason}, wants no e-mails", reason=reason)
    if person.address:
        return reason
    if person.email and row.reason != Reason.RETURNED:
        return t("{reason}, e-mail address out of use", reason=reason)
    return t("{reason}, no e-mail address", reason=reason) if not person.email else reason


def _refusal(row: OutboxRow) -> Text:
    if has_reason(row.reason, Reason.ADDRESS):
        return t("refused by the mail server")
    return _WHY.get(row.reason, t("refused by Discord"))


def summary(messages: int, people: int) -> Text:
    """Say how much was not brought to how many."""
    return t(
        "{messages} for {people}.",
        messages=nt("{count} message", "{count} messages", messages),
        people=nt("{count} person", "{count} people", people),
    )


def what_to_do(in_file: int, unaddressed: int) -> list[Text]:
    """Say how the file is used, and what is to be done for those who are not in it."""
    said: list[Text] = []
    if in_file:
        said.append(
            nt(
                "The file has {count} of them as an e-mail in the person's language: send it with the mail merge of"
                " your own mail program, choose *I have sent these*, and delete the file.",
                "The file has {count} of them as e-mails in each person's language: send them with the mail merge of"
                " your own mail program, choose *I have sent these*, and delete the file.",
                in_file,
            )
        )
    if unaddressed:
        said.append(
            nt(
                "{count} is not in the file, because no e-mail address is in use: {command} adds one.",
                "{count} are not in the file, because no e-mail address is in use: {command} adds one.",
                unaddressed,
                command=MEND,
            )
        )
    return said


NOBODY: Final = t("Everybody was reached: every message that still matters was sent or is waiting to be read.")
NOTHING_SENT: Final = t("Nothing has been sent by e-mail or by the secretariat's own means yet.")
CHOOSE_RETURNED: Final = t(
    "These messages were sent by e-mail, or by the secretariat's own means. If one came back to the secretariat's"
    " mailbox, choose its person in the list below."
)


def ask_sent(messages: int, names: Listing, people: int) -> Text:
    """Ask whether these were sent."""
    return t(
        "Have you sent {messages} to {people} ({names}) yourself? They will be recorded as sent by the secretariat,"
        " by you, now, and the bot will not send them.",
        messages=nt("{count} message", "{count} messages", messages),
        people=nt("{count} person", "{count} people", people),
        names=names,
    )


def ask_returned(names: Listing, people: int) -> Text:
    """Ask whether the e-mails to these people came back."""
    return nt(
        "Did the e-mail to {names} come back? Its messages will be listed as not reached again, and the address will"
        " not be used until {command} corrects it.",
        "Did the e-mails to {names} come back? Their messages will be listed as not reached again, and the addresses"
        " will not be used until {command} corrects them.",
        people,
        names=names,
        command=MEND,
    )


def booked_sent(booked: int) -> Text:
    """Say that they are booked as sent."""
    return nt(
        "{count} message is recorded as sent by the secretariat. Please delete the file.",
        "{count} messages are recorded as sent by the secretariat. Please delete the file.",
        booked,
    )


CORRECTED_STAY: Final = t("An address that was corrected after the e-mail went out stays in use.")


def booked_returned(booked: int, *, addresses: int) -> Text:
    """Say that they are booked as returned, and whether any of the ``addresses`` is out of use now."""
    if not addresses:
        return nt(
            "{count} message is listed as not reached again. The address has been corrected since, and stays in use.",
            "{count} messages are listed as not reached again. The addresses have been corrected since, and stay in"
            " use.",
            booked,
        )
    return nt(
        "{count} message is listed as not reached again, and the address is no longer used: {command} corrects it.",
        "{count} messages are listed as not reached again, and the addresses are no longer used: {command} corrects"
        " them.",
        booked,
        command=MEND,
    )


def left_out(erased: int, others: int) -> list[Text]:
    """Say of which it could not be booked, and why."""
    said = [
        nt(
            "{count} was for a person whose data have been erased since: delete that row of your file as well.",
            "{count} were for people whose data have been erased since: delete those rows of your file as well.",
            erased,
        ),
        nt(
            "{count} was left unchanged, because it was delivered, cancelled or recorded in the meantime.",
            "{count} were left unchanged, because they were delivered, cancelled or recorded in the meantime.",
            others,
        ),
    ]
    return [one for one in said if one.count]


UNDONE: Final = t("Undone: these messages are again what they were before.")
NOTHING_LEFT: Final = t("All of this has been dealt with already; nothing was done a second time.")
