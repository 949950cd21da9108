"""What no copy of the database may hold: the link from a voter to a secret ballot."""

import sqlite3


def leave_links_out(copy: sqlite3.Connection) -> None:
    """Erase from a copy, in autocommit mode, which secret ballot is whose; a file without polls stays as it is.

    The ballots themselves stay: after a restore they count, and cannot be changed.
    """
    known = copy.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'ballot_link'").fetchone()
    if known is None:
        return
    # A rollback journal would keep what is erased until it is deleted, and a deleted file is not an erased one.
    copy.execute("PRAGMA journal_mode = MEMORY").fetchall()
    copy.execute("PRAGMA secure_delete = ON").fetchall()
    copy.execute(
        "DELETE FROM ballot_link WHERE EXISTS (SELECT 1 FROM poll AS p"
        " WHERE p.guild_id = ballot_link.guild_id AND p.id = ballot_link.poll_id AND p.secret = 1)"
    )
    copy.execute("VACUUM")
