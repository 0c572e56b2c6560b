"""Makes a database ready for Probity: roles, schemas, the log, the read models."""

from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo

from projections.postgres.address import Address
from projections.postgres.errors import MissingRights

HERE = Path(__file__).parent
ROLES = HERE / "roles.sql"
DATABASE = HERE / "database.sql"
# What is created, by whom, in this order: nothing is added to the log without its keys.
OWNED = (
    ("probity_keys", HERE.parent / "vault/keys.sql"),
    ("probity_owner", HERE.parent / "log.sql"),
    ("probity_owner", HERE.parent / "ledger/ledger.sql"),
    ("probity_owner", HERE.parent / "ledger/publishing/publishing.sql"),
    ("probity_owner", HERE.parent / "access.sql"),
    ("probity_owner", HERE.parent / "work.sql"),
    ("probity_owner", HERE.parent / "evidence/files.sql"),
)
GROUPS = (
    "probity_owner",
    "probity_keys",
    "probity_web",
    "probity_projector",
    "probity_scheduler",
    "probity_ledger",
)
ONE_AT_A_TIME = 0x50524F42495459  # an advisory lock of ours; the letters PROBITY
WAIT = "30s"  # for another process that does the same, or a reader of the table


def nothing(_: psycopg.Connection) -> None:
    """Create no read models."""


def initialise(
    address: Address, *, models: Callable[[psycopg.Connection], None] = nothing
) -> None:
    """Create all that is missing, in one transaction; harmless to run again or at once.

    Args:
        address: the login of its `url` becomes a member of the group roles, the user of
            its `admin_url` does the work.
        models: creates the read models in the same transaction, as probity_projector:
            who rebuilds a read model has to own it.

    Raises:
        MissingRights: the user of `admin_url` may not do it; names what to grant.
    """
    try:
        with psycopg.connect(address.admin_url) as connection:
            _create(connection, login_of(address.url), models)
    except psycopg.errors.InsufficientPrivilege as error:
        raise MissingRights(_what_to_grant(address, error)) from error


def login_of(url: str) -> str:
    """Return the user a URI connects as; where it names none, what libpq assumes."""
    given = conninfo_to_dict(url).get("user")
    assumed = (o.val for o in Conninfo.get_defaults() if o.keyword == b"user")
    return str(given) if given else (next(assumed) or b"").decode()


def admit(address: Address) -> None:
    """Let the login, and nobody else, into a database that is a copy of another.

    A copy has all that `initialise` creates, but for the rights on the database itself.
    """
    with psycopg.connect(address.admin_url) as connection:
        _say_login(connection, login_of(address.url))
        _run(connection, DATABASE)


def _create(
    connection: psycopg.Connection,
    login: str,
    models: Callable[[psycopg.Connection], None],
) -> None:
    connection.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(WAIT))
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (ONE_AT_A_TIME,))
    _say_login(connection, login)
    _run(connection, ROLES)
    _run(connection, DATABASE)
    for owner, script in OWNED:
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(owner)))
        _run(connection, script)
    connection.execute("SET LOCAL ROLE probity_projector")
    models(connection)


def _say_login(connection: psycopg.Connection, login: str) -> None:
    connection.execute("SELECT set_config('probity.login', %s, true)", (login,))


def _run(connection: psycopg.Connection, script: Path) -> None:
    # As bytes: it is our own file, and no placeholders are looked for in it.
    connection.execute(script.read_bytes())


def _what_to_grant(address: Address, error: psycopg.Error) -> str:
    target = conninfo_to_dict(address.admin_url)
    user = login_of(address.admin_url)
    database = target.get("dbname") or user
    return (
        f"{user} may not set up the database {database}: {error.diag.message_primary}."
        " As a superuser, run\n"
        f"    ALTER ROLE {user} CREATEROLE;\n"
        f"    ALTER DATABASE {database} OWNER TO {user};\n"
        f"    GRANT {', '.join(GROUPS)} TO {user} WITH ADMIN OPTION;"
        "  -- those that exist\n"
        "or give a superuser's address in PROBITY_ADMIN_URL. Then run `probity init`."
    )
