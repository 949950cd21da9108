"""What the bot says in conversation, beside what the commands answer."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.commands import Command
from bot.languages import OWN_NAMES
from bot.texts import Listing, Markdown, Text, t

SHOW_ME: Final = t("Show me")
OPEN_SERVER: Final = t("Open the server")
SEND: Final = t("Send to the secretariat")
CHOOSE_NETWORK: Final = t("You belong to several networks that this bot serves. Which one is your question about?")
IN_PRIVATE: Final = t("The answer is for you alone: press the button. Everyone who presses it gets their own answer.")
PROGRAM: Final = t(
    "I am a program: nobody reads along, and nothing you write here is kept. *Send to the secretariat* passes a"
    " message on, after showing it to you."
)
HELLO: Final = t(
    "Hello. Ask me in your own words who represents a state, when the next meeting or webinar is, what is open for a"
    " vote, or what the library has on a subject."
)
THANKS: Final = t("You are welcome.")
NO_ACTION: Final = t(
    "Nothing was done: I never register, vote or send anything by myself, only the button that you press does."
)
SECRET: Final = t(
    "I never say how a delegation voted, nor who has not voted yet. Results are published when a poll closes, as it was"
    " announced: {command} shows them.",
    command=Command("poll list"),
)
SITUATION: Final = t(
    "I do not discuss situations or the positions of states: the network brings focal points together to learn from"
    " each other's practice. I can look up focal points, dates and documents."
)
THREE_LANGUAGES: Final = t(
    "I understand {languages}. Please write in one of these, or use {command}.",
    languages=Listing(OWN_NAMES.values()),
    command=Command("help"),
)
TOO_MANY: Final = t("You are writing faster than I can answer: please wait a minute, then ask me one thing at a time.")
UNSURE: Final = t("I am not sure what you mean. Did you mean one of these? You can also use other words.")
SECRETARIAT_ON_SERVER: Final = t(
    "I answer questions about the secretariat's work on the server only, where you hold its role: mention me in a"
    " channel there, or type {command}.",
    command=Command("help"),
)
ON_THE_SERVER: Final = t(
    "That is not shown in a direct message, because a direct message stays: type {command} on the server, where the"
    " answer is for you alone and disappears."
)
NOTHING_TO_READ: Final = t("I can read text only. Write to me what you would like to know.")
PASS_ON_HINT: Final = t("This sounds like a message for somebody. I can pass it on to the secretariat.")
SENT: Final = t("Sent to the secretariat, as shown.")
WHICH_KIND: Final = t(
    "What kind of document is it? Your choice opens the form, with the link from your message filled in; the"
    " secretariat decides whether it goes into the library."
)
WHICH_POST: Final = t(
    "Which post will the person hold? Your choice opens the form, with the name from your message filled in; the"
    " secretariat decides."
)
CHOOSE_LANGUAGE: Final = t("In which language shall I answer you?")

LABELS: Final[Mapping[str, Text]] = {
    "about": t("About the network"),
    "help": t("What can I do here?"),
    "meeting agenda": t("Agenda of the meeting"),
    "meeting history": t("Past meetings"),
    "meeting show": t("Next meeting"),
    "member list": t("Directory"),
    "member me": t("My entry"),
    "poll list": t("Polls"),
    "resource list": t("Resources"),
    "topic list": t("Topics"),
    "topic propose": t("Propose a topic"),
    "webinar list": t("Webinars"),
}
"""Commands that need nothing typed, by what their buttons are called."""


def typed(command: str) -> Text:
    """Say how to type a command that needs more than one word."""
    return t("{command} does that: choose it from the list that opens as you type it.", command=Command(command))


def on_the_server(command: str) -> Text:
    """Say that a command's answer is for the server only."""
    return Text(ON_THE_SERVER.singular, values={"command": Command(command)})


def offered_press(command: str) -> Text:
    """Say above a button what it does; None of it is done before the press."""
    return t("Press the button to go on: {command}.", command=Command(command))


def secretariat(facts: Mapping[str, Any], contact: str | None) -> Text:
    """Say who the secretariat is, and how it is reached."""
    name = Markdown(f"[{facts['secretariat']['name']}]({facts['secretariat']['url']})")
    if contact:
        return t(
            "The secretariat of the network is the {name}. Questions of privacy: {contact}", name=name, contact=contact
        )
    return t("The secretariat of the network is the {name}.", name=name)


def warning(facts: Mapping[str, Any]) -> Text:
    """Say that nobody watches here, and who does."""
    office = facts["genocide_prevention_office"]
    return t(
        "Nobody watches these messages, and I cannot pass on an alert by myself. Please write at once to the"
        " secretariat ({secretariat}) and to the {office} ({address}, {email}).",
        secretariat=facts["secretariat"]["url"],
        office=NAMED_OFFICE,
        address=office["url"],
        email=office["email"],
    )


NAMED_OFFICE: Final = t("United Nations Office on Genocide Prevention and the Responsibility to Protect")


def numbers(meeting: str, in_person: int, online: int) -> Text:
    """Say how many delegations come to a meeting, never which."""
    return t(
        "So far, delegations that attend the {meeting} in person: {in_person}; online: {online}. Which ones is not"
        " published.",
        meeting=meeting,
        in_person=in_person,
        online=online,
    )


def found_elsewhere(parts: Sequence[str]) -> Markdown:
    """Return the lines of what directory, programme and shelf hold on the words of a message."""
    return Markdown("\n".join(f"• {part}" for part in parts))
