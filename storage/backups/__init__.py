"""Copies of the database: backups made each night, copies kept after an upgrade or a restore, a network's export."""
