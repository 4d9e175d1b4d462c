"""What is still to come, told from what happens already, in English and German."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.research.ahead import is_ahead

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    [
        "Corvane will fine us $250 for every truck we turn away.",
        "They'll dock us two percent for each late menu.",
        "The council is going to charge us for every skip on the pavement.",
        "From January they fine us $90 a pallet.",
        "Starting in March the airline charges us for each late crate.",
        "As of May 2027 the insurer pays only for trays that carry a code.",
        "With effect from 1 July the hotel deducts every late breakfast.",
        "From that day two shifts must load what three load now.",
        "Our landlord announced a fee for each night we load after ten.",
        "Two of our four nurses retire in 2027.",
        "The harbour will close two berths next spring.",
        "Ab April verlangt der Handel 97 % pünktliche Lieferung, sonst zahlen wir Strafe.",
        "Ab dem 1. Februar kürzt die Kasse uns jede zweite Rechnung.",
        "Der Konzern wird uns dafür bestrafen.",
        "Die Bahn wird uns ab Dezember jede verspätete Palette berechnen.",
        "Die Klinik hat angekündigt, dass sie Verspätungen abzieht.",
        "Nächstes Jahr fallen uns zwei Fahrer weg.",
        "Sobald die neue Halle im März 2027 öffnet, fehlen uns 20 Leute.",
    ],
)
def test_what_is_announced_or_begins_later_is_ahead(text: str) -> None:
    """Nobody feels it yet: what it costs today cannot be asked."""
    assert is_ahead(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "Who will make 400 of them change?",
        "The carriers will not log into another portal.",
        "If a nurse is late, the whole ward will wait.",
        "Our drivers will often sit there for two hours.",
        "Anyone will tell you that the lift is slow.",
        "You'll hear the same from every nurse here.",
        "The board wants the will of the founder kept.",
        "Detention cost us $1.4 million last year, and it will get worse.",
        "They fined us in May and will again.",
        "Since March they charge us for late returns.",
        "From October they deduct three percent.",
        "From Monday to Friday the lobby is full.",
        "From January to March we lose half our bookings.",
        "Between 5 and 8 in the morning 14 trucks wait.",
        "Standgeld was 412.000 EUR in 2025, and I expect more in 2026.",
        "Seit Januar zahlen wir Strafe.",
        "Der Wagen wird jeden Morgen zu spät verladen.",
        "Die Ware wird nass.",
        "Kunden werden abgewiesen.",
        "Die Betten werden erst am Nachmittag gemacht.",
        "Wenn das Labor schließt, wird die Probe schlecht.",
        "",
    ],
)
def test_what_happens_already_or_whenever_something_does_is_not_ahead(text: str) -> None:
    """Nor is a question, a refusal or a habit; "wird" and a participle are of today."""
    assert not is_ahead(text, TODAY)


@pytest.mark.parametrize(
    ("today", "ahead"),
    [
        (date(2026, 11, 24), True),
        (date(2027, 1, 15), False),
        (date(2027, 3, 1), False),
        (date(2027, 8, 1), True),  # the next one
    ],
)
def test_a_month_without_a_year_is_ahead_until_it_has_come(today: date, ahead: bool) -> None:
    """Some months later it is the next one that is meant."""
    assert is_ahead("From January they fine us for each late pallet.", today) is ahead
