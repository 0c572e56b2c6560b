"""Whoever is accused reads the evidence that a notice cites, and no other."""

from tests.domain.case.proceeding import Proceeding
from tests.web.evidence.pictures import photo
from tests.web.office import Office
from tests.web.proceedings import case, discipline, jia, today
from tests.web.test_evidence import ALL, FOR, ONE, accesses, added, fetched


def test_whoever_is_accused_reads_what_a_notice_cites_and_nothing_else(
    office: Office,
) -> None:
    discipline(office)
    case(office)
    for content in (photo(), photo("PNG")):
        added(jia(office), content)
    told = Proceeding(today(office), on=today(office).now.date(), case="C-1")
    told.notice(evidence=("C-1:1",))
    li = office.caller("declarant", "li")

    assert fetched(li, f"{ONE}/copy").status_code == 200
    assert fetched(li, f"{ALL}/2/copy").status_code == 404
    for path in (ALL, ONE, f"{ONE}/original"):
        assert fetched(li, path, **FOR).status_code == 403
    assert [access.evidence for access in accesses(office)] == ["C-1:1"]
