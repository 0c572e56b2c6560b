"""What stands in the log after something was asked, fact by fact."""

from typing import Any

from tests.web.office import Office


def facts_after(office: Office, position: int) -> list[Any]:
    """Return what was recorded behind a position of the log, in its order."""
    casework = office.desk.casework
    found = office.desk.log.select_notifications(position + 1, limit=1000)
    return [casework.mapper.to_domain_event(event).fact for event in found]  # type: ignore[attr-defined]  # ours
