"""One file for each change of the schema, ``NNNN_what.sql`` or ``NNNN_what.py``, never changed once it has landed.

A Python step has ``migrate(connection: sqlite3.Connection) -> None``. It runs inside the transaction of the upgrade,
with foreign keys off, and neither begins nor ends a transaction. It imports the standard library alone: what it does
must not change with the rest of the code.
"""
