"""The rights there are, each as kind.verb, in the sets in which roles have them."""

# What anybody may read who has any right at all: law and structure, not people.
OPEN = frozenset({"unit.read", "rulebook.read", "campaign.read"})
# What then holds for everybody: not for who was given a part of the office.
WHOLE = frozenset(
    {
        "rulebook.draft",
        "rulebook.publish",
        "rulebook.run_period",
        "rulebook.confirm_coverage",
        "campaign.launch",
        "source.declare",
    }
)
# What is shown of one person; to break the glass opens this and nothing else.
CONTENTS = frozenset(
    {"disclosure.read", "obligation.read", "approval.read", "person.read"}
)
MATTERS = CONTENTS - {"person.read"} | {"disclosure.search"}
FILES = CONTENTS | MATTERS | {"person.list"}
# What is written in a declarant's own words, by them or by a clerk for them.
OWN_WORDS = frozenset(
    {
        "disclosure.file",
        "disclosure.amend",
        "disclosure.withdraw",
        "disclosure.exclude_reader",
        "obligation.request_extension",
        "obligation.justify",
        "approval.request",
        "person.declare_relative",
        "person.acknowledge",
        "request.access",
        "request.correct",
    }
)
LEAVE = frozenset({"approval.endorse", "approval.decide"})
REVIEW = LEAVE | {
    "disclosure.assign",
    "disclosure.note_deficiency",
    "disclosure.accept_cure",
    "disclosure.annotate",
    "disclosure.exclude_reader",
    "obligation.decide_extension",
    "worklist.read",
    "statistics.read",
}
CERTIFICATION = frozenset(
    {
        "disclosure.certify",
        "disclosure.withdraw_certification",
        "disclosure.close",
        "obligation.waive",
        "obligation.cancel",
        "obligation.issue_notice",
        "approval.revoke",
        "campaign.launch",
        "person.notify",
    }
)
VERIFICATION = frozenset(
    {
        "verification.open",
        "verification.query",
        "verification.conclude",
        "verification.explain",
        "draw.make",
        "draw.read",
    }
)
# What reviewers, boards of appeal and auditors look through before they say anything.
PROCEEDINGS = frozenset(
    {
        "case.read",
        "evidence.read",
        "evidence.inspect",
        "sanction.read",
        "appeal.read",
        "hold.read",
        "recommendation.read",
        "verification.read",
        "history.read",
    }
)
INVESTIGATION = frozenset(
    {
        "case.open",
        "case.investigate",
        "case.recuse",
        "evidence.add",
        "evidence.transfer",
    }
)
DECIDING = frozenset(
    {
        "case.assign",
        "case.decide",
        "case.find",
        "case.recuse",
        "case.interim",
        "evidence.exclude",
        "sanction.manage",
        "verification.find",
        "eligibility.read",
        "certificate.issue",
        "recommendation.issue",
    }
)
HOLDS = frozenset(
    {"hold.place", "hold.review", "hold.lift", "hold.override", "hold.read"}
)
# What somebody says in proceedings against themselves, or a clerk for them.
ANSWERS = frozenset({"case.respond", "verification.explain", "appeal.lodge"})
DEFENCE = ANSWERS | frozenset(
    {
        "case.read",
        "evidence.inspect",
        "sanction.read",
        "appeal.read",
        "hold.read",
        "eligibility.read",
        "history.read",
    }
)
PANEL = frozenset({"appeal.hear", "appeal.decide"})
BOARD = frozenset({"board.read", "certificate.read", "candidacy.decide"})
CANDIDATES = frozenset({"board.convene", "board.read", "candidacy.enter"})
UNITS = frozenset({"unit.establish", "unit.move", "unit.name_head"})
PERSONNEL = frozenset(
    {"person.register", "person.correct", "person.record_service", "person.list"}
)
MANDATES = frozenset({"mandate.give", "mandate.end", "mandate.read"})
TOKENS = frozenset({"token.issue", "token.read", "token.revoke"})
GLASS = "records.break_glass"
REVIEW_GLASS = frozenset({"records.review_break_glass", "records.read_break_glass"})
KEEPING = REVIEW_GLASS | {
    "records.read",
    "records.hold",
    "records.release_hold",
    "records.order_destruction",
    "records.confirm_destruction",
    "request.answer",
    "request.read",
    "release.decide",
    "release.read",
    "source.declare",
    "source.read",
    "access_log.read",
    "access_log.audit",
}
EXPORTS = frozenset({"export.make", "export.unmask"})

# That such a thing exists is itself not for everyone to know (S1-21).
CONFIDENTIAL = frozenset(
    {
        "disclosure",
        "obligation",
        "approval",
        "person",
        "access_log",
        "records",
        "release",
        "request",
        "verification",
        "draw",
        "case",
        "evidence",
        "sanction",
        "appeal",
        "hold",
        "recommendation",
        "eligibility",
        "certificate",
        "candidacy",
        "board",
        "history",
    }
)
