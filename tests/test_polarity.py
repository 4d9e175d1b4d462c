"""Polarity: good sentences with "not" pass, and a line that is turned round is found."""

from __future__ import annotations

import pytest
from conversation import known, said, told

from assistant.checks.voice import check_voice

RULE = "The works council must agree before any driver data is stored."
QUEUE = "By two in the afternoon the queue is out on the county road."
REEFERS = "We keep losing reefers in our own yard."
LOGS = "I'll pull one week of gate logs before we talk."
DESKS = "I want every desk and dock bookable by the hour before our new floor opens."
SLOTS = "Four in ten trucks show up outside their slot, so my crew is idle."
FINE = "Corvane will fine us $250 for every truck we turn away."
SIGN = "We do not sign anything new between December 18 and January 4."
LOADER = "We have a spare loader at door 4 every night."
# Of other trades, written when the check was done: 18 of 21 were judged so at first.
MENU = "We plate every starter before the guests sit down."
WARD = "The night nurses count the drugs twice a shift."
PERMIT = "The city has to sign the permit before we open the terrace."
VET = "We ship nothing but the odd sample."
OVEN = "Please preheat for no longer than 20 minutes before the first batch."
FLEET = "Our vans come back late from the coast."


def judged(line: str, text: str) -> list[str]:
    """Return what is found in a sentence that cites a line of Dana's."""
    found = check_voice([said(text, "F1", "meeting")], known(told(line, "Dana")))
    return [finding.message for finding in found]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (RULE, "No driver data is stored before the works council has agreed."),
        (RULE, "Driver data is not stored until the works council agrees."),
        (RULE, "We do not store any driver data until the works council has agreed."),
        (REEFERS, "I do not know why you keep losing reefers in your own yard."),
        (REEFERS, "We don't know why you keep losing reefers in your own yard."),
        (REEFERS, "We have not yet understood why you keep losing reefers in your own yard."),
        (REEFERS, "Is it not in your own yard that you keep losing reefers?"),
        (LOGS, "You do not need to pull more than one week of gate logs before we talk."),
        (DESKS, "You do not need us to make every desk and dock bookable by the hour."),
        (SLOTS, "Four in ten trucks do not come in their slot."),
        (SLOTS, "Four in ten trucks do not show up inside their slot."),
        (FINE, "Corvane does not fine you for trucks that you take, only for those turned away."),
        (SIGN, "You do not sign anything new between December 18 and January 4: we do not ask it."),
        (QUEUE, "It is not the night alone: by two in the afternoon the queue is on the road."),
        (MENU, "Guests do not sit down before you plate every starter."),
        (MENU, "We do not plate starters for you; you plate every starter yourselves."),
        (WARD, "The night nurses need not be asked to count the drugs: they do, twice a shift."),
        (WARD, "We do not know how long the night nurses count the drugs each shift."),
        (PERMIT, "You do not open the terrace before the city has signed the permit."),
        (PERMIT, "The terrace does not open until the city signs the permit."),
        (VET, "You do not ship anything, the odd sample aside."),
        (VET, "You ship nothing, the odd sample aside."),
        (OVEN, "Do not preheat for more than 20 minutes before the first batch."),
        (OVEN, "You do not preheat longer than 20 minutes before the first batch."),
        (FLEET, "Your vans do not come back early from the coast."),
        (FLEET, "Nobody asks you to send the vans that come back late from the coast."),
        (FLEET, "I have not heard why your vans come back late from the coast."),
    ],
)
def test_a_good_sentence_with_not_passes(line: str, text: str) -> None:
    """What is ours, what need not be, the same order, the same bound, the opposite denied."""
    assert judged(line, text) == []


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (RULE, "The works council does not need to agree before any driver data is stored."),
        (RULE, "The works council does not agree before any driver data is stored."),
        (REEFERS, "You do not keep losing reefers in your own yard."),
        (REEFERS, "You don't keep losing reefers in your own yard."),
        (REEFERS, "You never lose reefers in your own yard."),
        (LOGS, "You will not pull one week of gate logs before we talk."),
        (DESKS, "You do not want every desk and dock bookable by the hour."),
        (SLOTS, "Four in ten trucks do not show up outside their slot."),
        (FINE, "Corvane will not fine you for every truck you turn away."),
        (SIGN, "You sign anything new between December 18 and January 4."),
        (QUEUE, "By two in the afternoon the queue is not out on the county road."),
        (LOADER, "You do not have a spare loader at door 4 every night."),
        (LOADER, "Nobody has a spare loader at door 4 every night."),
        (MENU, "You do not plate every starter before the guests sit down."),
        (WARD, "The night nurses do not count the drugs twice a shift."),
        (PERMIT, "The city does not have to sign the permit before you open the terrace."),
        (PERMIT, "The city has not to sign the permit before you open the terrace."),
        (VET, "You ship the odd sample and everything else."),
        (OVEN, "Do not preheat for 20 minutes before the first batch."),
        (FLEET, "Your vans do not come back late from the coast."),
        (FLEET, "Your vans come back early from the coast."),
    ],
)
def test_a_sentence_that_turns_its_line_round_is_found(line: str, text: str) -> None:
    """Each is one word away from a good one."""
    assert judged(line, text) != []
