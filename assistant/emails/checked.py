"""Every check an e-mail must pass before anybody sees it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.checks.gate import Outgoing, check_gate
from assistant.dossier import Dossier
from assistant.email import Email
from assistant.evidence import Evidence
from assistant.knowledge.pack import Pack
from assistant.knowledge.profile import SellerProfile
from assistant.parts.rules import check_statements


def checked(
    email: Email,
    dossier: Dossier,
    *,
    profile: SellerProfile,
    pack: Pack,
    days: Sequence[date],
    today: date,
) -> Email:
    """Return the e-mail with what its checks found: those of every sentence, then the gate.

    `days` are those that code computed for it, beside the days of its rows.
    """
    evidence = Evidence(
        dossier=dossier,
        profile=profile,
        cards={card.id: card for card in pack.approved()},
        today=today,
        schedule=tuple(dict.fromkeys([*days, *(row.due for row in email.promises)])),
    )
    found = (
        *check_statements(email, evidence),
        *check_gate(email, Outgoing(evidence, pack.unnameable)),
    )
    return email.model_copy(update={"findings": tuple(dict.fromkeys(found))})
