"""What a sentence asks for: text in, intent and slots out. No Discord, no I/O but the one file of what was learned."""

from cogs.chat.understanding.reading import read
from cogs.chat.understanding.understood import Asked, Outcome, Understood

__all__ = ["Asked", "Outcome", "Understood", "read"]
