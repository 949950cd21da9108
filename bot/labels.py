"""What the values that several rooms share are called."""

from typing import Final

from bot.names import RegionalGroup
from bot.texts import Text, t
from storage.meetings.models import SessionFormat, SessionLevel
from storage.models import RemindersChannel

REGIONS: Final[dict[RegionalGroup, Text]] = {
    "african": t("African States"),
    "asia_pacific": t("Asia-Pacific States"),
    "eastern_european": t("Eastern European States"),
    "latin_american_caribbean": t("Latin American and Caribbean States"),
    "western_european_and_others": t("Western European and other States"),
}
FORMATS: Final[dict[SessionFormat, Text]] = {
    "plenary": t("Plenary"),
    "case_study": t("Case study"),
    "workshop": t("Workshop"),
}
"""Of a session, and of a topic proposed for one."""
LEVELS: Final[dict[SessionLevel, Text]] = {
    "national": t("National"),
    "sub_regional": t("Sub-regional"),
    "regional": t("Regional"),
    "global": t("Global"),
}
"""Of a session, and of a topic proposed for one."""

CHANNELS: Final[dict[RemindersChannel, Text]] = {
    "not_asked": t("not yet decided"),
    "direct_message": t("by direct message"),
    "email": t("by e-mail"),
    "both": t("by direct message and by e-mail"),
    "none": t("only at the top of the bot's next reply"),
}
"""By what somebody is written to."""
