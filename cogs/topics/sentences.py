from typing import Final

from bot.texts import Text, t
from storage.topics.models import Topic, TopicState

STATES: Final[dict[TopicState, Text]] = {
    "proposed": t("waiting for the secretariat"),
    "listed": t("on the list"),
    "declined": t("not taken up"),
    "withdrawn": t("withdrawn"),
    "merged": t("merged into another topic"),
}


def to_proposer(kind: str, topic: Topic) -> Text:
    """Say to the person who proposed a topic what became of it: "approved", "merged", or else declined."""
    match kind:
        case "approved":
            return t("Your topic {title} is on the list: members can support it now.", title=topic.title)
        case "merged":
            return t("Your topic {title} was merged into a similar one, with its support.", title=topic.title)
        case _:
            return t("Your topic {title} was not taken up: ask the secretariat why, if you wish.", title=topic.title)
