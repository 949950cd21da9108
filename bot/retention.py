"""How long things are kept: every period after which data goes, with its reason. Texts take the number from here."""

from datetime import timedelta
from typing import Final

from bot.texts import Text, nt
from storage.backups.rotation import Rotation

DRAFTS: Final = timedelta(days=1)
"""What somebody typed and did not confirm: long enough for a colleague's word, too short to be forgotten."""
INVITATIONS: Final = timedelta(days=14)
"""A code that went out by e-mail: an official on leave finds it; a mailbox that leaks later opens nothing."""
CLAIMS: Final = timedelta(days=90)
"""Who came in with a code, once that was decided: as long as a mistake may be found, and what was done be undone."""
REFUSED_NOMINEES: Final = timedelta(days=90)
"""The name of a nominee who was declined, or whose appointment was withdrawn: as long as somebody may ask why."""
HANDOVER_NOTES: Final = timedelta(days=90)
"""A hand-over note that the person who follows has read: the time in which a newcomer looks things up again."""
FORMER_APPOINTEES: Final = timedelta(days=round(5 * 365.25))
"""A person whose last term has ended: five years, in which people come back; the seat's history stays."""
RETURNS: Final = timedelta(days=90)
"""To which address an e-mail went: servers say within days that it comes back, people within weeks."""
REMOVED_NETWORKS: Final = timedelta(days=90)
"""A server that removed the bot: long enough to notice the mistake and invite it again."""
OUTAGES: Final = timedelta(days=2 * 366)
"""When the bot was away, or a network held its messages: longer than a silence procedure can be open."""
KEPT_COPIES: Final = timedelta(days=30)
"""What an upgrade or a restore keeps beside the database: long enough to notice what it has spoiled, and to go back."""

BACKUPS: Final = Rotation(daily=7, weekly=4, monthly=12)
"""Nightly backups: days for a mistake noticed at once, weeks for one noticed late, months for what is rarely read."""


def named(period: timedelta) -> Text:
    """Name a period of whole days in words: "14 days"."""
    return nt("{count} day", "{count} days", period.days)
