"""What the tests of verification share: a law on homes, and those who live in them.

Vera and Victor verify, Dora decides; none of them has a file of their own. Shen has
declared one home as D-1.
"""

from datetime import date
from typing import Any

from domain.filing import FileDisclosure
from domain.verification.extract import TakeExtract
from domain.verification.finding import MakeFinding
from domain.verification.source import DeclareSource
from domain.verification.verification import OpenVerification, QueryRegister
from tests.domain.cast import everybody, law, register
from tests.spec import Scenario

HOMES = "homes"
LAW = """\
id = "homes"
version = 1
effective_from = 2015-01-01
timezone = "Asia/Shanghai"
labels = { en = "Homes" }
ranks = [
  "officer", "section_head", "deputy_department_director", "department_director",
  "agency_head",
]

related_persons = ["self", "spouse"]

[populations]
all_staff = { any = true }
senior = { rank_at_least = "deputy_department_director" }

[verification]
share = 0.5
population = "all_staff"
explain_within = "15d"
legal_basis = [{ cite = "Measures of 2017", verified = true }]

[[verification.checks]]
id = "parts"
rule = "home"
kind = "sum"
field = "price"
of = ["loan", "savings"]
label = "The price is paid from loan and savings"
legal_basis = [{ cite = "s 9" }]

[[verification.checks]]
id = "unexplained"
rule = "home"
kind = "unchanged_unless"
field = "area"
of = ["explanation"]
label = "More room needs an explanation"

[[verification.presumptions]]
id = "parking"
label = "Garages, parking spaces and storage rooms"
class = "omission"
legal_basis = [{ cite = "Measures of 2017, Art. 3" }]

[[verification.presumptions]]
id = "home"
label = "A home"
class = "concealment"
legal_basis = [{ cite = "Measures of 2017, Art. 4" }]

[[verification.consequences]]
class = "omission"
at_most = "measure"
mental = "negligence"
legal_basis = [{ cite = "Measures of 2017, Art. 5" }]

[[verification.consequences]]
class = "concealment"
at_most = "sanction"
mental = "intent"
bars = ["promotion"]
bars_for = "1Y"
legal_basis = [{ cite = "Measures of 2017, Art. 6" }]

[[rules]]
id = "home"
category = "home"
label = "Home"
trigger = "event_occurred"
mode = "notification"
population = "all_staff"
subjects = ["self", "spouse"]
nil_return = true
due = { anchor = "bought_on", offset = "30d" }
form = [
  { name = "address" },
  { name = "bought_on", kind = "date" },
  { name = "area", kind = "number", required = false },
  { name = "price", kind = "amount", required = false },
  { name = "loan", kind = "amount", required = false },
  { name = "savings", kind = "amount", required = false },
  { name = "owners", kind = "list", required = false },
  { name = "rented", kind = "boolean", required = false },
  { name = "explanation", required = false },
]
recipient = "integrity office"
approval = { required = false }
review = { within = "30d" }
classes = { default = "confidential", family = "restricted" }
covers_sub_units = true
legal_basis = [{ cite = "s 1", verified = true }]
"""
LAW += """
[[rules]]
id = "car"
category = "car"
label = "Car"
trigger = "event_occurred"
mode = "notification"
population = "all_staff"
due = { anchor = "bought_on", offset = "30d" }
form = [{ name = "bought_on", kind = "date" }]
recipient = "integrity office"
approval = { required = false }
review = { within = "30d" }
classes = { default = "confidential" }
covers_sub_units = true
legal_basis = [{ cite = "s 2", verified = true }]
"""
FLAT = {"address": "Lake Road 5", "bought_on": "2016-10-01", "area": "90"}
STORE = {"address": "Lake Road 5, cellar", "area": "10"}
SHA = "ab" * 32
OPENS = OpenVerification(
    verification="V-1",
    person="shen",
    basis="random",
    reason="drawn with seed 7",
    rulebook=HOMES,
)
SOURCE = DeclareSource(
    source="land",
    name="Land register",
    purpose="real estate of those who report it",
    legal_basis="Measures of 2017, Art. 3",
)


def files(*items: dict[str, Any], **more: Any) -> FileDisclosure:
    """Report homes of Shen's as D-1, unless told otherwise."""
    usual: dict[str, Any] = {"disclosure": "D-1", "person": "shen"}
    usual |= {"rulebook": HOMES, "rule": "home", "items": items or (FLAT,)}
    return FileDisclosure(**(usual | more))


def office() -> Scenario:
    """Return a register under this law, with a source, and D-1 filed."""
    scenario = law(register(), LAW).given(*everybody()).on("2016-12-02")
    return scenario.given(SOURCE).declarant("shen").given(files()).clerk()


def vera(scenario: Scenario) -> Scenario:
    return scenario.by("vera", "verifier")


def dora(scenario: Scenario) -> Scenario:
    return scenario.by("dora", "deciding_authority")


def opened(*commands: Any) -> Scenario:
    """Return the register with V-1 open, the land register asked, at Vera's hands."""
    asked = QueryRegister(verification="V-1", source="land")
    return vera(office()).given(OPENS, asked, *commands)


def extract(*rows: dict[str, Any], **more: Any) -> TakeExtract:
    """Take what the land register says of Shen's homes, to compare it with D-1."""
    usual: dict[str, Any] = {
        "verification": "V-1",
        "source": "land",
        "sha256": SHA,
        "as_of": date(2016, 12, 1),
        "rulebook": HOMES,
        "rule": "home",
        "rows": rows,
        "key": ("address",),
        "disclosures": ("D-1",),
    }
    return TakeExtract(**(usual | more))


def finds(**more: Any) -> MakeFinding:
    """Find that Shen left the store out by an honest mistake (T18)."""
    usual: dict[str, Any] = {
        "verification": "V-1",
        "conduct": "store",
        "class_": "omission",
        "mental": "negligence",
        "standard": "preponderance",
        "reasons": "he took it for a part of the flat",
        "presumed": "parking",
        "justification": "none was given that would excuse it",
        "disclosures": ("D-1",),
        "discrepancies": (1,),
    }
    return MakeFinding(**(usual | more))
