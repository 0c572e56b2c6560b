"""Figures put on record, with definition and position, as they are reported."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Response

from domain.figures.reporting import (
    FiguresReported,
    ReportedCell,
    ReportFigures,
    in_order,
)
from projections.models.statistics import Tally
from web.answers.reported import Report, report
from web.api.figures import counted
from web.auth import concerning_unit
from web.replies import carry_out, new_id
from web.resource import Resource
from web.schemas.queries import Reporting

reports = Resource(
    "reports", about="Figures put on record as they were reported.", kind="figures"
)
# To what figures can be narrowed when they are reported: never to a person.
NARROWING = ("year", "category", "unit", "by_unit")

reports.shows(
    "/statistics/reports/<report>", may="statistics.read", answer=Report, by=report
)


@reports.command(
    "/statistics/reports", may="statistics.publish", body=Reporting, made=True
)
def report_figures(body: dict[str, Any]) -> Response:
    """Put figures on record as they are reported, for a replay to count again."""
    concerning_unit(body.get("unit"))
    name, to = new_id(), body.pop("to")
    why = {key: body.pop(key) for key in ("reason", "occurred_on") if key in body}
    narrowed = {key: body[key] for key in NARROWING if key in body}
    told = [said(name, to, tally, narrowed) for tally in counted(body)]
    command = ReportFigures(report=name, figures=tuple(told), **why)
    return carry_out(command, name, made_in="/v1/statistics/reports")


def said(
    name: str, to: str, tally: Tally, narrowed: Mapping[str, Any]
) -> FiguresReported:
    """Return a figure as it goes on record."""
    cells = [ReportedCell(**asdict(cell)) for cell in tally.cells]
    return FiguresReported(
        report=name,
        definition=tally.definition.id,
        position=tally.position,
        as_of=tally.as_of,
        cells=in_order(cells),
        total=tally.total,
        to=to,
        **narrowed,
    )
