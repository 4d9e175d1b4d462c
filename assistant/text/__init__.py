"""Text: the one form to compare in, and the numbers, dates, names and quotations that it holds."""

from assistant.text.date_forms import Moment
from assistant.text.dates import DateMention, contradicts_itself, dates, says_when
from assistant.text.directions import Direction, directions
from assistant.text.names import Name, names
from assistant.text.numbers import codes, labels
from assistant.text.quantities import Quantity, quantities
from assistant.text.quotes import Quotation, locate, quotations, stands_in, unquoted
from assistant.text.roles import Role, roles
from assistant.text.tokens import count_tokens, estimate_tokens, is_estimate
from assistant.text.units import QuantityKind, rate_of
from assistant.text.words import (
    STOPWORDS,
    Span,
    content,
    is_common,
    is_listed,
    normalise,
    plain,
    sentences,
    stem,
    word_list,
    words,
)

__all__ = [
    "STOPWORDS",
    "DateMention",
    "Direction",
    "Moment",
    "Name",
    "Quantity",
    "QuantityKind",
    "Quotation",
    "Role",
    "Span",
    "codes",
    "content",
    "contradicts_itself",
    "count_tokens",
    "dates",
    "directions",
    "estimate_tokens",
    "is_common",
    "is_estimate",
    "is_listed",
    "labels",
    "locate",
    "names",
    "normalise",
    "plain",
    "quantities",
    "quotations",
    "rate_of",
    "roles",
    "says_when",
    "sentences",
    "stands_in",
    "stem",
    "unquoted",
    "word_list",
    "words",
]
