"""Which messages are others than those of the same key that a lost file may have sent."""

from typing import Final

from storage.database import Transaction

GENERATION: Final = "(SELECT f.generation FROM database_file AS f)"
"""SQL: the generation of this file."""


def is_new(tx: Transaction, subject_id: int) -> bool:
    """Tell whether what is owed now is another message: a person asks for it, or it is about no record (0)."""
    return tx.account_id is not None or subject_id == 0
