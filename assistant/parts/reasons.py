"""Why a model's words are not used, as a seller may read it."""

from __future__ import annotations

from assistant.errors import AnswerError, ModelError, RefusalError
from assistant.parts.phrases import leads_elsewhere


def reason(error: ModelError) -> str:
    """Return an error in words that hold none of the model's own.

    A refusal is shown as the model worded it, unless it tries to lead the reader elsewhere.
    """
    if isinstance(error, AnswerError):
        return "its answer was not of the form asked for, not even when asked again"
    if isinstance(error, RefusalError) and leads_elsewhere(str(error)):
        return "the model declined to answer"
    return str(error)
