"""Words of documents and of questions, in English."""

from typing import Final

from bot.languages.definition import Search

SEARCH: Final = Search(
    stemmer="english",
    small=(
        "a about all am an and any anything are as at be been by came can come could did do does for from "
        "get give got had has have how i in into is it its me my of on or our out please say said show "
        "some something that the their there these they this those to us was we were what when where "
        "which who why will with you your many much number"
    ),
    recent="last latest newest recent recently",
    ordinals={
        1: "first",
        2: "second",
        3: "third",
        4: "fourth",
        5: "fifth",
        6: "sixth",
        7: "seventh",
        8: "eighth",
        9: "ninth",
        10: "tenth",
        11: "eleventh",
        12: "twelfth",
    },
    ordinal_endings="st nd rd th",
    kinds={
        "norm": "norm principle standard",
        "manual": "manual guide guidance handbook toolkit",
        "practice": "practice lessons memo tools",
        "research": "research article paper study journal author",
        "meeting": "meeting summary report outcome conclusions",
        "statement": "statement declaration speech",
        "decision": "decision",
        "network": "network",
        "training": "training recording video webinar",
    },
    articles="the of and",
)
