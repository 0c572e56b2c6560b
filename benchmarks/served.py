"""One web process as `probity serve` runs it: `python -m benchmarks.served ours|bare`.

The bare one is what a route costs without us: Flask, and one INSERT in a transaction.
"""

import os
import sys
from typing import Any

import psycopg
from flask import Flask, jsonify, request
from psycopg_pool import ConnectionPool

from web.server import Server
from web.wiring import Settings

INSERT = (
    "INSERT INTO public.bare_filing (actor, body) VALUES (%b, %b) RETURNING position"
)


class BareServer(Server):
    """The same workers and threads with nothing of ours in them."""

    def load(self) -> Flask:
        return bare(self.settings.url or "")


def bare(url: str) -> Flask:
    app = Flask("bare")
    pool: ConnectionPool[psycopg.Connection[Any]] = ConnectionPool(
        url, min_size=1, max_size=16, kwargs={"autocommit": True}, open=True
    )

    @app.post("/v1/disclosures")
    def file() -> Any:
        sent = (request.headers["Authorization"], request.get_data())
        request.get_json()
        with pool.connection() as connection:
            row = connection.execute(INSERT, sent, prepare=True).fetchone()
        return jsonify(position=row), 201

    return app


def main(kind: str, bind: str) -> None:
    settings = Settings(url=os.environ["DATABASE_URL"])
    server = Server if kind == "ours" else BareServer
    server(settings, bind=bind).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
