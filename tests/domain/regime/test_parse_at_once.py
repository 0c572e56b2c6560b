"""Threads that are the first of a process to read a rulebook do each other no harm."""

import subprocess
import sys

RACE = """
import sys, threading
from domain.regime.parse import parse
from domain.rulebooks import shipped
sys.setswitchinterval(1e-6)
texts, start = list(shipped().values()), threading.Barrier(8)
def read():
    start.wait()
    for text in texts:
        parse(text)
threads = [threading.Thread(target=read) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


def test_threads_may_read_the_first_rulebook_of_a_process_at_once() -> None:
    """Without care the process crashes, about every second time."""
    for _ in range(5):
        assert subprocess.run([sys.executable, "-c", RACE], check=False).returncode == 0
