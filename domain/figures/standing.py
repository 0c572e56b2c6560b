"""Which facts change what is counted, and how."""

from domain.figures import declared, found, judged
from domain.figures.matters import Changes

CHANGES: Changes = {**declared.CHANGES, **found.CHANGES, **judged.CHANGES}
# The facts that place a matter on a day: then it counts who its person was.
PLACING = frozenset({*declared.PLACING, *found.PLACING, *judged.PLACING})
