"""One bot at a time: a copy of the database that starts takes over, and what ran before gives way.

Each take-over raises the file's generation and posts a message with it in the secretariat's channel (:mod:`claims`).
Each process looks for such messages (:mod:`fence`): one that finds a higher generation sends and answers nothing more.
What the copy does not know is named (:mod:`lost`).
"""

from bot.takeover.fence import ConsentNeededError, Fence, SupersededError

__all__ = ["ConsentNeededError", "Fence", "SupersededError"]
