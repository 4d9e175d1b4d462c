"""What the flows need, handed in: no flow reads a clock, a file or the environment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.index import Index
    from assistant.knowledge.pack import Pack
    from assistant.knowledge.profile import SellerProfile
    from assistant.models import Writer
    from assistant.parts.ladder import Made


@dataclass(frozen=True)
class Tools:
    """The seller's profile and cards, the index that finds them, who writes, and the moment.

    Importing it imports none of them, so that a flow pays only for what it uses.
    """

    profile: SellerProfile
    pack: Pack
    index: Index
    model: Writer | None
    now: datetime
    on_part: Callable[[Made[Any]], None] = field(default=lambda _: None)  # each as it is ready
