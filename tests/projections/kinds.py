"""The types that the fixtures of the read models hand out."""

from collections.abc import Callable
from typing import Any

import psycopg

from tests.history import History

Connection = psycopg.Connection[Any]
Tell = Callable[[History], History]
