"""The database's own refusal to change or delete an entry: triggers, made by a migration."""

from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = (
    "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry "
    "BEGIN SELECT RAISE(ABORT, 'an entry of the audit trail is never changed'); END",
    "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry "
    "BEGIN SELECT RAISE(ABORT, 'an entry of the audit trail is never deleted'); END",
)
_SQLITE_BACK = ("DROP TRIGGER audit_entry_no_update", "DROP TRIGGER audit_entry_no_delete")
_POSTGRESQL = (
    "CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'an entry of the audit trail is never changed or deleted'; END $$",
    "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry "
    "FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()",
    "CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()",
)
_POSTGRESQL_BACK = (
    "DROP TRIGGER audit_entry_append_only ON audit_entry",
    "DROP TRIGGER audit_entry_no_truncate ON audit_entry",
    "DROP FUNCTION audit_entry_refuse()",
)


def raise_guard(connection: BaseDatabaseWrapper) -> None:
    """From now on entries can only be added."""
    _run(connection, _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)


def lift_guard(connection: BaseDatabaseWrapper) -> None:
    """For a database that is to be emptied, as those of tests are."""
    _run(connection, _SQLITE_BACK if connection.vendor == "sqlite" else _POSTGRESQL_BACK)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
