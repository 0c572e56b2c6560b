"""The embedded server after a blow: a process killed, and nothing lost."""

import os
import signal

from projections.postgres.cluster import Cluster
from tests.postgres import wait_until_stopped
from tests.processes import ask, keepers, kill, note, noted, postmaster


def test_a_killed_server_comes_back_with_what_was_committed(spare: Cluster) -> None:
    note(spare.url(), "kept")
    killed = postmaster(spare.root)

    kill(killed)
    spare.start()

    assert noted(spare.url()) == "kept"
    assert postmaster(spare.root) != killed


def test_a_server_whose_keeper_was_killed_gets_another(spare: Cluster) -> None:
    note(spare.url(), "kept")
    (keeper,) = keepers(spare.root)

    os.kill(keeper, signal.SIGKILL)
    wait_until_stopped(spare.root)
    spare.start()

    assert noted(spare.url()) == "kept"
    assert keepers(spare.root) != [keeper]


def test_it_starts_after_both_were_killed(spare: Cluster) -> None:
    note(spare.url(), "kept")
    (keeper,) = keepers(spare.root)

    for process in (keeper, postmaster(spare.root)):
        os.kill(process, signal.SIGKILL)
    wait_until_stopped(spare.root)
    spare.start()

    assert noted(spare.url()) == "kept"


def test_a_keeper_that_is_told_to_end_stops_the_server(spare: Cluster) -> None:
    (keeper,) = keepers(spare.root)

    os.kill(keeper, signal.SIGTERM)
    wait_until_stopped(spare.root)

    assert not (spare.root / "data" / "postmaster.pid").exists()
    assert ask(spare.start().url(), "SELECT 1") == 1
