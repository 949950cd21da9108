from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from bot.labels import REGIONS
from bot.names.delegation_names import called, order_of, with_flag
from bot.texts import Listing, Markdown, Reader, Text, nt, t
from cogs.decisions.rules import EXTENDED_WITHIN, Kind, number_of
from storage.decisions.models import Decision, DecisionAudience, DecisionState, ReachedBy
from storage.members.models import Delegation

SILENCE_BROKEN: Final = t("Silence was broken. The proposal is not adopted.")
PROCEDURAL: Final = t("Only for procedural matters, no country situations, please.")
CLOSED: Final = t("This procedure has ended: nothing was changed.")
AUDIENCES: Final[dict[DecisionAudience, Text]] = {
    "all": t("All delegations"),
    "steering": t("The steering group"),
    "region": t("One regional group"),
}
STATES: Final[dict[DecisionState, Text]] = {
    "open": t("Under silence procedure"),
    "unreached": t("Not adopted: not all delegations were reached"),
    "adopted": t("Adopted"),
    "broken": t("Not adopted: silence was broken"),
    "not_valid": t("Not valid: not all delegations were reached"),
    "cancelled": t("Cancelled"),
}
REACHED_BY: Final[dict[ReachedBy, Text]] = {
    "direct_message": t("direct message"),
    "reply": t("shown in the bot's reply"),
    "seen": t("*I have seen it*"),
    "secretariat": t("sent by the secretariat"),
}


def audience(decision: Decision) -> Text:
    """Name those who decide."""
    region = next((name for key, name in REGIONS.items() if key == decision.region), None)
    return region if decision.audience == "region" and region is not None else AUDIENCES[decision.audience]


def named(decision: Decision) -> Text:
    """Name a decision within a sentence, with its number where it has one."""
    if decision.number is None:
        return t("“{title}”", title=decision.title)
    return t("decision {number}, “{title}”", number=number_of(decision), title=decision.title)


def expiry(decision: Decision, reader: Reader) -> Markdown:
    """Write when it expires, in everybody's zone and in the network's."""
    return Markdown(reader.stamp(decision.expires_at, decision.timezone))


def opened(decision: Decision, reader: Reader) -> Text:
    """Say that a proposal is under silence procedure, and until when."""
    if not decision.is_under_way:
        return ended(decision, reader)
    return t(
        "A proposal is under silence procedure until {when}: it is adopted then unless a delegation objects.",
        when=expiry(decision, reader),
    )


def reminded(decision: Decision, reader: Reader) -> Text:
    """Remind that the time ends soon."""
    return t(
        "The silence procedure on “{title}” ends {when}: the proposal is adopted then unless a delegation objects.",
        title=decision.title,
        when=expiry(decision, reader),
    )


def moved(decision: Decision, reader: Reader, kind: str) -> Text:
    """Say that it expires later, and why."""
    values: dict[str, object] = {"title": decision.title, "when": expiry(decision, reader)}
    if kind == Kind.INTERRUPTED:
        return t(
            "The bot could not be reached or sent nothing for a while, so the silence procedure on “{title}” now ends"
            " later: {when}.",
            **values,
        )
    return t("The silence procedure on “{title}” is extended: it now ends {when}.", **values)


def ended(decision: Decision, reader: Reader, objector: Delegation | None = None) -> Text:
    """Say in one sentence what became of a procedure. ``objector``: the delegation that is named, if any."""
    values: dict[str, object] = {"title": decision.title}
    match decision.state:
        case "adopted":
            return t("Decision {number} is adopted: “{title}”.", number=number_of(decision), **values)
        case "broken" if objector is not None:
            return t(
                "{broken} {delegation} objected.",
                broken=SILENCE_BROKEN,
                delegation=called(objector, reader.language),
            )
        case "broken":
            return SILENCE_BROKEN
        case "cancelled":
            return t("The silence procedure on “{title}” is cancelled: nothing is adopted.", **values)
        case "not_valid":
            return t(
                "The silence procedure on “{title}” is not valid: not all delegations were reached, and nothing is"
                " adopted.",
                **values,
            )
        case _:
            return t(
                "The silence period of “{title}” has ended and nothing is adopted: not all delegations were reached."
                " The secretariat can still extend it within {hours} hours.",
                hours=EXTENDED_WITHIN // timedelta(hours=1),
                **values,
            )


def warning(count: int) -> Text:
    """Say what an objection does: ``count`` delegations are asked."""
    return nt(
        "This ends the procedure for {count} delegation. It cannot be taken back.",
        "This ends the procedure for all {count} delegations. It cannot be taken back.",
        count,
    )


def deciding(count: int) -> Text:
    """Say how many delegations decide."""
    return nt("{count} delegation decides.", "{count} delegations decide.", count)


def names_of(delegations: Iterable[Delegation], reader: Reader) -> list[str]:
    """Name delegations with their flags, in the order of protocol."""
    in_order = sorted(delegations, key=lambda delegation: order_of(delegation, reader.language))
    return [with_flag(delegation, reader.language) for delegation in in_order]


def not_reached(decision: Decision, missing: list[str], reader: Reader) -> Text:
    """Tell the secretariat whom the proposal has not reached yet, before the time ends."""
    return nt(
        "“{title}” ends {when}, and {count} delegation was not reached: {names}. Its silence is not consent: send the"
        " text yourself and press *I sent the text*, or extend the procedure.",
        "“{title}” ends {when}, and {count} delegations were not reached: {names}. Their silence is not consent: send"
        " the text yourself and press *I sent the text*, or extend the procedure.",
        len(missing),
        title=decision.title,
        when=expiry(decision, reader),
        names=Markdown(reader.listing(missing)),
    )


def waits(decision: Decision, missing: list[str], until: Markdown, reader: Reader) -> Text:
    """Tell the secretariat that a procedure has ended without reaching all, and until when it can extend it."""
    return nt(
        "“{title}” is not adopted: {count} delegation was not reached ({names}). Extend it before {until}; otherwise"
        " it ends as not valid.",
        "“{title}” is not adopted: {count} delegations were not reached ({names}). Extend it before {until};"
        " otherwise it ends as not valid.",
        len(missing),
        title=decision.title,
        names=Markdown(reader.listing(missing)),
        until=until,
    )


def more_time(decision: Decision, delegation: Delegation, reader: Reader) -> Text:
    """Tell the secretariat that a delegation asks for more time."""
    return t(
        "{delegation} asks for more time for “{title}”, which ends {when}. You can extend it until then; nobody else"
        " is informed of this request.",
        delegation=with_flag(delegation, reader.language),
        title=decision.title,
        when=expiry(decision, reader),
    )


def colleague_objected(decision: Decision, *, by_secretariat: bool, reference: str) -> Text:
    """Tell somebody that their delegation has objected."""
    if by_secretariat:
        return t(
            "The secretariat recorded your delegation's objection to “{title}” (reference: {reference}). Silence was"
            " broken: the proposal is not adopted.",
            title=decision.title,
            reference=reference or "-",
        )
    return t(
        "A colleague objected for your delegation to “{title}”. Silence was broken: the proposal is not adopted.",
        title=decision.title,
    )


def asked(decision: Decision, own: Iterable[Delegation], reader: Reader) -> Text:
    """Say what a procedure asks of the delegations that somebody acts for."""
    return t(
        "Silence procedure for {delegations}: “{title}” is adopted unless a delegation objects.",
        delegations=Listing(called(delegation, reader.language) for delegation in own),
        title=decision.title,
    )
