"""What somebody does who owns the database and means to change the trail."""

import sqlalchemy as sa


def let_entries_be_changed(connection: sa.Connection) -> None:
    """Take away the triggers that refuse it."""
    table = "" if connection.dialect.name == "sqlite" else " ON audit_entry"
    for action in ("update", "delete"):
        connection.exec_driver_sql(f"DROP TRIGGER audit_entry_no_{action}{table}")
