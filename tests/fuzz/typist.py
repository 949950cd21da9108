"""What people type: what a field wants, so often that things happen, and else what does harm where it is trusted."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

HOSTILE: Final = (
    "@everyone <@&1> <@1> @here",
    "[link](http://e.vil) **x** # h `c` \u202etxet ||s|| =1+1",
    "```\n> # x\n```",
    "</member find:1> <t:0:R> <#1> <id:customize>",
    '=HYPERLINK("http://e.vil";"x")',
    "'; DROP TABLE person; --",
    '"NEAR( * ^ OR AND',
    "{reference} {0} {count!r} %s %(x)d $x",
    "../../etc/passwd\0.csv",
    "a\r\nATTENDEE:mailto:x@e.vil\r\nBcc: y@e.vil",
    "\u200b",
    " \t ",
    "x" * 5000,
    "🏳️‍🌈" * 60,
    "İıſß" * 9,
    "9" * 60,
    "-1",
    "0",
    "NaN",
    "1e999",
    "١٢٣",
    "31 February 2026",
    "in 99999999999 days",
    "1 January 0001 00:00",
    "31.12.9999 23:59",
    "25:61",
    "Etc/GMT+99",
    "http://[::1]:99999/\\",
    "javascript:alert(1)",
    "a@b@c",
    ";;;,,,",
    "null",
    "[]",
    "{}",
)

_SOON: Final = ("in 3 days", "in 72 hours", "tomorrow 15:00", "next Monday at 10", "in 2 weeks")
_NAMES: Final = ("Amina Diallo", "Jean-Luc d'Été", "Ñandú Ó'Brien", "王小明", "Anna van der Berg")
_LISTS: Final = ("Peace; Law; Early warning", "Accra; Bern; Lima; Oslo", "1; 2", "Yes; No")
_PLAIN: Final = (
    "Prevention in practice",
    "Early warning",
    "Protection of civilians",
    "The papers",
    "Atrocity prevention",
)


class Typist:
    """Types by the lots of ``chance``; ``mark`` is in all that is free text, and says from which network it comes."""

    def __init__(self, chance: random.Random, mark: str, codes: Sequence[str]) -> None:
        self._chance = chance
        self._mark = mark
        self._codes = codes
        self.hostility = 0.0
        """How often, of all that is typed, what is hostile."""

    def text(self, name: str, now: datetime, shortest: int, longest: int) -> str:
        """Return what somebody types into what is called ``name``, no shorter and no longer than may be."""
        hostile = self._chance.random() < self.hostility
        typed = self._chance.choice(HOSTILE) if hostile else self._wanted(name, now)
        if self._chance.random() < self.hostility / 3:
            typed = f"{typed} {self._chance.choice(HOSTILE)}"
        return typed[:longest].ljust(shortest, "x")

    def _wanted(self, name: str, now: datetime) -> str:
        day = f"{now + timedelta(days=self._chance.randint(1, 120)):%Y-%m-%d}"
        found = {
            ("zone",): ("Europe/Brussels", "Accra", "Asia/Kathmandu"),
            ("email", "reply_to", "address"): ("someone@example.org",),
            ("phone",): ("+32 2 123 45 67",),
            ("url", "link", "invitation", "recording"): ("https://example.org/x", "https://discord.gg/abc"),
            ("starts_on", "ends_on", "from", "since", "until", "day", "date"): (day,),
            ("starts", "closes", "deadline", "register_by", "when", "ends"): (f"{day} 15:00", *_SOON),
            ("duration", "minutes", "lead", "reminders"): ("1h", "48h, 7d", "90"),
            ("delegation", "seat", "country", "code", "who"): (self._chance.choice(self._codes), "Ghana", "Danemark"),
            ("options", "topics"): _LISTS,
            ("name", "person", "speakers", "chair"): tuple(f"{one} {self._mark}" for one in _NAMES),
        }
        for parts, typed in found.items():
            if any(part in name for part in parts):
                return self._chance.choice(typed)
        return f"{self._chance.choice(_PLAIN)} {self._mark} {self._chance.randint(1, 99)}"
