"""A brief whose every text carries an attack: for tests of the views."""

from __future__ import annotations

from tidewater import tidewater_brief

from assistant.brief import Brief

ATTACK = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> ![x](https://evil.example/p.png) "
    "[click](https://evil.example) https://evil.example/q www.evil.example me@evil.example "
    "&lt;b&gt; `code` ~~gone~~ |cell| {{ 7*7 }} {% include 'x' %} %s <|im_end|> \x1b[31mred\x1b[0m"
    "\x07\x00\x9b2J \u202egnitset\u2066 \ud800 \uffff 👩‍👩‍👧 שלום 你好\n# head\n[S1:1]: x"
)
# Fields that hold ids, days and choices, not texts.
_NO_TEXT = frozenset(
    (
        *("id", "card", "kind", "voice", "side", "stage", "origin", "severity", "verdict", "state"),
        *("source", "evidence", "serves", "check", "where", "zone", "due", "when", "start"),
        *("created_at", "email", "schema_version", "parts"),
    )
)
_CHOICES = frozenset(("required", "preferred", "disqualifier"))


def hostile_brief() -> Brief:
    """Build the sample brief with the attack behind every text."""
    return Brief.model_validate(_attacked(tidewater_brief().model_dump(mode="json")))


def _attacked(value: object) -> object:
    if isinstance(value, dict):
        return {k: v if k in _NO_TEXT else _attacked(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_attacked(entry) for entry in value]
    if isinstance(value, str) and value and value not in _CHOICES:
        return f"{value} {ATTACK}"
    return value
