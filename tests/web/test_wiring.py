"""The desk of a process is opened once, by whoever comes first."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import msgspec
import pytest

from projections.postgres.address import Address
from tests.web.office import Office
from web.components import schema_of
from web.wiring import Desk, Settings, Wiring


def test_of_many_threads_that_come_first_one_opens_the_desk(database: Address) -> None:
    wiring, together = Wiring(Settings(url=database.url)), Barrier(8)

    def come(_: int) -> Desk:
        together.wait()
        return wiring.desk()

    with ThreadPoolExecutor(8) as pool:
        desks = list(pool.map(come, range(8)))
    wiring.desk().close()

    assert all(desk is desks[0] for desk in desks)


def test_the_app_speaks_the_same_json_everywhere(office: Office) -> None:
    with office.app.app_context():
        assert office.app.json.loads('{"a": 1}') == {"a": 1}
        assert office.app.json.dumps({"a": 1}) == '{"a":1}'


def test_two_answers_of_one_name_are_a_mistake_that_is_noticed() -> None:
    twin = msgspec.defstruct("Receipt", [("other", int)])

    with pytest.raises(TypeError, match="two types of answers are called Receipt"):
        schema_of(twin)
