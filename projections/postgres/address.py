"""Where the database is reached: a server that is given, or the embedded one."""

import os
import threading
from dataclasses import dataclass
from pathlib import Path

import platformdirs
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Identifier, Literal

from projections.postgres import files
from projections.postgres.cluster import Cluster

LOGIN = "probity"
DATABASE = "probity"

# What each role may wait for at most. A person waits for the web; a projector's batch
# and a scheduler's morning may take their time, but not on another's lock.
DEADLINES = {
    "probity_web": {
        "statement_timeout": "10s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "15s",
    },
    "probity_projector": {"lock_timeout": "10s"},
    "probity_scheduler": {"lock_timeout": "10s"},
    "probity_ledger": {"lock_timeout": "10s"},
}

_clusters: dict[Path, Cluster] = {}  # a server ends when nobody holds on to it
_starting = threading.Lock()


@dataclass(frozen=True)
class Address:
    """How to reach the database, as libpq URIs.

    Attributes:
        url: as the ordinary login, who acts as one of the group roles (`connect_as`).
        admin_url: as one who may create roles and schemas (`setup.initialise`).
    """

    url: str
    admin_url: str


def locate() -> Address:
    """Return the address of the database; the embedded server is started where needed.

    `$DATABASE_URL` decides where it is set, with `$PROBITY_ADMIN_URL` for the set-up
    (the same where that is missing). Else the server under `home()` is used, and
    runs at least as long as this process.

    Raises:
        NoPostgres, ClusterFailed: see `Cluster.start`.
    """
    if url := os.environ.get("DATABASE_URL"):
        return Address(url, os.environ.get("PROBITY_ADMIN_URL") or url)
    root = home() / "postgres"
    # The server of root runs as another user, who has to pass through.
    home().mkdir(0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    with _starting:
        cluster = _clusters.setdefault(root, Cluster(root)).start()
    return prepare(cluster)


def home() -> Path:
    """Return where our files are: `$PROBITY_HOME`, else the user's data folder."""
    given = os.environ.get("PROBITY_HOME")
    return Path(given or platformdirs.user_data_dir("probity")).expanduser().absolute()


def prepare(cluster: Cluster, database: str = DATABASE) -> Address:
    """Return the address of a database of a running embedded server, made when missing.

    Its login `probity` is made too, with a password in a file of its own; it may do
    nothing before `setup.initialise`.
    """
    admin_url = cluster.url()
    with cluster.alone(), psycopg.connect(admin_url, autocommit=True) as connection:
        password = _ensure_login(connection, cluster.root / f"{LOGIN}.password")
        _ensure_database(connection, database)
    return Address(
        url=cluster.url(LOGIN, password, database),
        admin_url=cluster.url(database=database),
    )


def connect_as(url: str, role: str, *, name: str) -> str:
    """Return connection parameters for a process that acts as one group role.

    Args:
        url: the ordinary login's, as in `Address`; options in it are kept.
        role: probity_web, probity_projector, probity_scheduler or probity_ledger.
        name: what pg_stat_activity shows, such as `probity web`.

    Returns:
        A libpq connection string with the role, its time limits (`DEADLINES`), five
        seconds to connect, and a lost network noticed within about 25 seconds.
    """
    # Compiling a query to machine code takes longer than any query of ours.
    settings = {"role": role, **DEADLINES[role], "timezone": "UTC", "jit": "off"}
    given = conninfo_to_dict(url).get("options")
    options = [f"-c {key}={value}" for key, value in settings.items()]
    return make_conninfo(
        url,
        options=" ".join([str(given), *options] if given else options),
        application_name=name,
        client_encoding="UTF8",
        connect_timeout=5,
        keepalives=1,
        keepalives_idle=10,
        keepalives_interval=5,
        keepalives_count=3,
    )


def _ensure_login(connection: psycopg.Connection, file: Path) -> str:
    """Return the login's password, as its file and the server have it."""
    known = connection.execute(
        "SELECT FROM pg_roles WHERE rolname = %s", (LOGIN,)
    ).rowcount
    if known and file.exists():
        return file.read_text()
    password = files.new_secret(file)
    # The server, and thus its log, sees what is made of the password alone.
    hashed = connection.pgconn.encrypt_password(
        password.encode(), LOGIN.encode(), b"scram-sha-256"
    )
    change = "ALTER ROLE" if known else "CREATE ROLE"
    connection.execute(
        SQL(change + " {} LOGIN NOINHERIT PASSWORD {}").format(
            Identifier(LOGIN), Literal(hashed.decode())
        )
    )
    return password


def _ensure_database(connection: psycopg.Connection, database: str) -> None:
    known = "SELECT FROM pg_database WHERE datname = %s"
    if not connection.execute(known, (database,)).rowcount:
        create = SQL("CREATE DATABASE {} ENCODING 'UTF8'").format(Identifier(database))
        connection.execute(create)
