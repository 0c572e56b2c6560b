"""Which facts may be in the way of a promotion, and what makes trails of them."""

from collections.abc import Mapping

from domain.appeal import AppealDecided
from domain.case import facts as case
from domain.hold import (
    HoldLifted,
    HoldNotified,
    HoldOverridden,
    HoldPlaced,
    HoldReviewed,
)
from domain.obligation import (
    ExtensionGranted,
    FulfilmentWithdrawn,
    ObligationBecameOverdue,
    ObligationCancelled,
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
    ObligationWaived,
)
from domain.person import (
    CoveredPersonRegistered,
    PositionAssumed,
    PositionChanged,
    PositionVacated,
)
from domain.promotion.appealed import Appealed
from domain.promotion.held import Held
from domain.promotion.investigated import Investigated
from domain.promotion.obliged import Obliged
from domain.promotion.sanctioned import Sanctioned
from domain.promotion.served import Served
from domain.promotion.stretch import Trail
from domain.promotion.verified import Verified
from domain.record import Fact
from domain.sanction import facts as sanction
from domain.verification import facts as verification

# By the facts that matter: what the stream on which they stand leaves in the way.
TRAILS: Mapping[type[Fact], type[Trail]] = {
    **dict.fromkeys(
        (
            sanction.SanctionImposed,
            sanction.SanctionPeriodRecomputed,
            sanction.RightsRestored,
            sanction.SanctionStayed,
            sanction.StayEnded,
            sanction.SanctionVaried,
            sanction.SanctionQuashed,
            sanction.SanctionReleased,
            sanction.ReleaseWithheld,
            sanction.MeasureTaken,
        ),
        Sanctioned,
    ),
    **dict.fromkeys(
        (
            case.PreliminaryInquiryOpened,
            case.InvestigationOpened,
            case.DecisionTimeExtended,
            case.NoticeOfAllegationsServed,
            case.InterimMeasureImposed,
            case.InterimMeasureLifted,
            case.CaseFinding,
            case.NoCaseFound,
            case.DecisionMade,
            case.CaseClosed,
            case.CaseReopened,
        ),
        Investigated,
    ),
    AppealDecided: Appealed,
    **dict.fromkeys(
        (HoldPlaced, HoldNotified, HoldReviewed, HoldLifted, HoldOverridden), Held
    ),
    **dict.fromkeys(
        (
            verification.VerificationOpened,
            verification.VerificationConcluded,
            verification.DiscrepancyDetected,
            verification.DiscrepancyResolved,
            verification.VerificationFinding,
        ),
        Verified,
    ),
    **dict.fromkeys(
        (
            ObligationRaised,
            ExtensionGranted,
            ObligationBecameOverdue,
            ObligationFulfilled,
            ObligationFulfilledLate,
            FulfilmentWithdrawn,
            ObligationWaived,
            ObligationCancelled,
        ),
        Obliged,
    ),
    **dict.fromkeys(
        (
            CoveredPersonRegistered,
            PositionAssumed,
            PositionChanged,
            PositionVacated,
        ),
        Served,
    ),
}
