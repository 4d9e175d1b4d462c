"""The parts of a brief in the order in which they are read."""

from __future__ import annotations

from typing import Any

from assistant.parts.after import AFTER
from assistant.parts.anticipate import ANTICIPATE
from assistant.parts.closing import CLOSING
from assistant.parts.give_get import GIVE_GET
from assistant.parts.learn import LEARN
from assistant.parts.objectives import OBJECTIVES
from assistant.parts.opening import OPENING
from assistant.parts.recipe import Recipe
from assistant.parts.share import SHARE
from assistant.parts.snapshot import SNAPSHOT
from assistant.parts.teach import TEACH

RECIPES: tuple[Recipe[Any], ...] = (
    OBJECTIVES,
    OPENING,
    SNAPSHOT,
    TEACH,
    LEARN,
    SHARE,
    ANTICIPATE,
    GIVE_GET,
    CLOSING,
    AFTER,
)
