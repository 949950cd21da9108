"""What is said of a claim: to the secretariat, to the seat, and to the person."""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.names.delegation_names import called, with_code
from bot.texts import Markdown, Reader, Text, nt, t
from cogs.members.claims.rules import ClaimedSeat
from cogs.members.sentences import post_name
from storage.members.models import ClaimState

STATES: Final[Mapping[ClaimState, Text]] = {
    "waiting": t("waiting for the secretariat"),
    "confirmed": t("confirmed"),
    "refused": t("not this person: the account is unlinked"),
    "replaced": t("linked in another way"),
    "withdrawn": t("void: the account has left, or the term has ended"),
}
HOW_TO_TELL: Final = t(
    "An e-mail can be forwarded: confirm an account only when you know whose it is. Ask the person, at the address or"
    " number that you have, whether the account is theirs. Until you confirm it, it cannot vote, nominate anybody or"
    " see contact details."
)


def listed(count: int) -> Text:
    """Say how many accounts wait to be confirmed."""
    return nt(
        "{count} account entered a code and waits for you to confirm whose it is.",
        "{count} accounts entered codes and wait for you to confirm whose they are.",
        count,
    )


NONE_LEFT: Final = t("Every account in this list has been decided on.")


def person_of(seat: ClaimedSeat, reader: Reader) -> str:
    """Return the name of the person who is claimed to be, or of the post where the delegation wrote none."""
    if seat.member is not None:
        return seat.member.name(reader)
    return seat.person.name or reader.label(post_name("focal_point", called(seat.delegation, reader.language)))


def account_of(seat: ClaimedSeat, reader: Reader) -> Markdown:
    """Return the account as Discord shows it, without calling it."""
    account_id = seat.claim.account_id
    return Markdown(f"<@{account_id}>" if account_id is not None else reader.say(t("an account that is gone")))


def values_of(seat: ClaimedSeat, reader: Reader) -> dict[str, str | Markdown]:
    """Return the account, the person and the delegation, for a text."""
    return {
        "account": account_of(seat, reader),
        "person": person_of(seat, reader),
        "delegation": with_code(seat.delegation, reader.language),
    }


def claimed(seat: ClaimedSeat, reader: Reader) -> Text:
    """Tell a colleague of a claim."""
    return t(
        "The account {account} has entered the code of {person} and says that it represents {delegation}. The"
        " secretariat has been asked to confirm it. If the account is somebody else's, write to the secretariat now.",
        **values_of(seat, reader),
    )


def confirmed(seat: ClaimedSeat, reader: Reader) -> Text:
    """Tell the secretariat what it has confirmed."""
    return t("Confirmed: {account} is {person} and represents {delegation}.", **values_of(seat, reader))


def has_left(seat: ClaimedSeat, reader: Reader) -> Text:
    """Say that the account is not on the server any more."""
    return t(
        "{account} has left the server: nothing was confirmed for {delegation}. If the person returns, a new"
        " code is needed.",
        **values_of(seat, reader),
    )


def term_ended(seat: ClaimedSeat, reader: Reader) -> Text:
    """Say that the person has no post any more."""
    return t(
        "{person} no longer holds a post for {delegation}: nothing was confirmed.",
        **values_of(seat, reader),
    )


def decided(seat: ClaimedSeat, reader: Reader) -> Text:
    """Say that somebody was quicker."""
    return t(
        "{person} of {delegation}: this was decided already ({state}).",
        **values_of(seat, reader),
        state=STATES[seat.claim.state],
    )


def ask_to_refuse(seat: ClaimedSeat, reader: Reader) -> Text:
    """Ask whether the account is somebody else's, and say what follows."""
    return t(
        "Is {account} somebody other than {person}? The account then no longer speaks for {delegation}, and what it"
        " did for the delegation since the claim no longer counts. The delegation is informed; the person needs a new"
        " code.",
        **values_of(seat, reader),
    )


def refused(seat: ClaimedSeat, reader: Reader) -> Text:
    """Tell the secretariat, or the seat, that the account was somebody else's."""
    return t(
        "The account {account} is not {person}: it no longer speaks for {delegation}.",
        **values_of(seat, reader),
    )


WHY_DECLINED: Final = t("The account that sent this was not the delegation's.")
LOOK_AT: Final = t(
    "What the account did for the delegation no longer counts. Please check yourself what the bot cannot undo: the"
    " entry in the directory, the topics that the delegation supports, and people whom you appointed at its request."
)
VOIDED: Final[Mapping[str, Text]] = {
    "registration": t("the registration for a meeting"),
    "topic": t("topics proposed"),
    "nomination": t("nominations"),
    "resource": t("links suggested"),
    "webinar_answer": t("answers to webinars"),
    "statement_joining": t("joinings of statements"),
    "ballot": t("ballots in open polls"),
}
"""What was made void, by what :meth:`storage.members.voiding.VoidingRepository.void` calls it."""


def void(kinds: Iterable[str], reader: Reader) -> Text:
    """Tell the seat what it should do again."""
    return t(
        "What it did no longer counts: {acts}. Please do it again where it is still needed.",
        acts=reader.listing([reader.label(VOIDED[kind]) for kind in kinds]),
    )


MEANWHILE: Final = t("This claim was decided on in the meantime: nothing was changed.")
