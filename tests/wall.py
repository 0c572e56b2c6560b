"""As an office would write it on its wall: who may do what, open what, and of whom."""

EVERYBODY = (
    "declarant clerk supervisor reviewer certifier verifier intake_officer investigator"
    " deciding_authority appeal_panel board hr campaign_team oversight auditor"
    " support_officer rulebook_steward records_officer admin import"
)
REVIEWERS = "reviewer certifier"
# Who reads what others declared, each within what they were given.
READERS = (
    "clerk reviewer certifier verifier investigator deciding_authority campaign_team"
    " auditor records_officer"
)
MATTERS = f"declarant supervisor appeal_panel {READERS}"
OWN = "declarant clerk"
# Who looks through what is held against somebody; and who decides it.
JUDGES = "certifier investigator deciding_authority appeal_panel auditor"
DECIDERS = "deciding_authority"

WALL = {
    "disclosure.file": OWN,
    "disclosure.record_paper": "clerk",
    "disclosure.read": MATTERS,
    "disclosure.search": MATTERS,
    "disclosure.amend": OWN,
    "disclosure.withdraw": OWN,
    "disclosure.assign": REVIEWERS,
    "disclosure.note_deficiency": REVIEWERS,
    "disclosure.accept_cure": REVIEWERS,
    "disclosure.annotate": REVIEWERS,
    "disclosure.exclude_reader": f"{OWN} {REVIEWERS} records_officer",
    "disclosure.certify": "certifier",
    "disclosure.withdraw_certification": "certifier",
    "disclosure.close": "certifier",
    "obligation.read": MATTERS,
    "obligation.request_extension": OWN,
    "obligation.decide_extension": REVIEWERS,
    "obligation.justify": OWN,
    "obligation.waive": "certifier",
    "obligation.cancel": "certifier",
    "obligation.issue_notice": "certifier",
    "approval.request": OWN,
    "approval.read": MATTERS,
    "approval.endorse": f"supervisor {REVIEWERS}",
    "approval.decide": f"supervisor {REVIEWERS}",
    "approval.revoke": "certifier",
    "worklist.read": f"{REVIEWERS} auditor",
    "statistics.read": f"clerk {REVIEWERS} oversight auditor",
    "person.list": f"supervisor hr import {READERS}",
    "person.read": f"declarant {READERS}",
    "person.register": "clerk hr import",
    "person.correct": "clerk hr import",
    "person.record_service": "hr import",
    "person.declare_relative": "declarant clerk import",
    "person.notify": "clerk certifier hr",
    "person.acknowledge": OWN,
    "access_log.read": "declarant auditor records_officer",
    "access_log.audit": "auditor records_officer",
    "request.access": OWN,
    "request.correct": OWN,
    "request.answer": "records_officer",
    "request.read": "declarant clerk auditor records_officer",
    "release.decide": "records_officer",
    "release.read": "declarant oversight auditor records_officer",
    "records.read": "auditor records_officer",
    "records.hold": "records_officer",
    "records.release_hold": "records_officer",
    "records.order_destruction": "records_officer",
    "records.confirm_destruction": "records_officer",
    "records.break_glass": f"{REVIEWERS} verifier investigator",
    "records.review_break_glass": "oversight records_officer",
    "records.read_break_glass": "certifier oversight auditor records_officer",
    "export.make": "oversight auditor records_officer",
    "export.unmask": "auditor records_officer",
    "verification.open": "verifier",
    "verification.query": "verifier",
    "verification.conclude": "verifier",
    "verification.explain": f"{OWN} verifier",
    "verification.find": "certifier deciding_authority",
    "verification.read": f"verifier {JUDGES}",
    "draw.make": "certifier verifier",
    "draw.read": "certifier verifier auditor",
    "case.open": "investigator deciding_authority",
    "case.investigate": "investigator",
    "case.recuse": "investigator deciding_authority",
    "case.assign": DECIDERS,
    "case.interim": DECIDERS,
    "case.find": DECIDERS,
    "case.decide": DECIDERS,
    "case.respond": OWN,
    "case.read": f"declarant {JUDGES}",
    "evidence.add": "investigator",
    "evidence.transfer": "investigator",
    "evidence.exclude": DECIDERS,
    "evidence.read": JUDGES,
    "evidence.inspect": f"declarant {JUDGES}",
    "sanction.read": f"declarant {JUDGES}",
    "sanction.manage": DECIDERS,
    "sanction.carry_out": "hr",
    "appeal.lodge": OWN,
    "appeal.read": f"declarant oversight {JUDGES}",
    "appeal.constitute": "oversight",
    "appeal.hear": "appeal_panel",
    "appeal.decide": "appeal_panel",
    "hold.place": "certifier deciding_authority",
    "hold.review": "certifier deciding_authority",
    "hold.lift": "certifier deciding_authority",
    "hold.override": "certifier deciding_authority",
    "hold.clear": "hr",
    "hold.read": f"declarant {JUDGES}",
    "recommendation.issue": DECIDERS,
    "recommendation.answer": "hr",
    "recommendation.read": f"hr {JUDGES}",
    "eligibility.read": "declarant certifier deciding_authority auditor",
    "certificate.issue": "certifier deciding_authority",
    "certificate.read": "certifier deciding_authority board auditor",
    "board.convene": "hr",
    "board.read": "certifier deciding_authority board hr auditor",
    "candidacy.enter": "hr",
    "candidacy.decide": "board",
    "history.read": f"declarant reviewer verifier {JUDGES}",
    "replay.run": "oversight auditor",
    "statistics.publish": "certifier oversight",
    "source.declare": "records_officer",
    "source.read": "verifier auditor records_officer",
    "unit.read": EVERYBODY,
    "unit.establish": "hr admin import",
    "unit.move": "hr admin import",
    "unit.name_head": "hr admin import",
    "rulebook.read": EVERYBODY,
    "rulebook.draft": "rulebook_steward",
    "rulebook.publish": "rulebook_steward",
    "rulebook.run_period": "rulebook_steward",
    "rulebook.confirm_coverage": "rulebook_steward",
    "campaign.read": EVERYBODY,
    "campaign.launch": "certifier",
    "mandate.give": "admin",
    "mandate.end": "admin",
    "mandate.read": "auditor admin",
    "token.issue": "admin",
    "token.read": "auditor admin",
    "token.revoke": "admin",
}

# Up to which class each role opens what was declared; who is not here opens nothing.
RESTRICTED = (
    "declarant reviewer certifier verifier investigator deciding_authority appeal_panel"
)
CONFIDENTIAL = f"clerk supervisor campaign_team {RESTRICTED}"

# Nobody acts but as a declarant on their own matter. Of a relative's nobody learns who
# has a file; of a superior's none of those who judge, or open what others declared.
LETS_SUPERIORS = "clerk hr auditor admin"
MACHINES = "import scheduler"
# What is given for one task reaches nothing until it is said what.
ASSIGNED = "investigator deciding_authority appeal_panel board campaign_team"


def allowed(role: str, right: str) -> bool:
    """Return whether the wall gives the role this right."""
    return role in WALL[right].split()
