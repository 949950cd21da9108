"""What a sentence asks for: text in, intent and slots out. No Discord, no I/O but the one file of what was learned."""

from cogs.chat.understanding.reading import names_with, read
from cogs.chat.understanding.spotting import Lexicon
from cogs.chat.understanding.understood import Asked, Outcome, Understood

__all__ = ["Asked", "Lexicon", "Outcome", "Understood", "names_with", "read"]
