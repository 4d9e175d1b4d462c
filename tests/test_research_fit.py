"""Fit: each criterion judged from what the facts say, and the whole."""

from __future__ import annotations

from typing import Literal

import pytest

from assistant.dossier import Fact
from assistant.knowledge.profile import Criterion, Need, SellerProfile
from assistant.research.fit import assess_fit, figures
from assistant.testing import a_fact, a_profile

OWN = Criterion(
    id="own",
    name="Own docks",
    need="required",
    field="docks",
    values=("own docks", "docks of its own"),
)
SIZE = Criterion(
    id="size", name="300 to 10,000", need="preferred", field="employees", min=300, max=10000
)
DOORS = Criterion(id="doors", name="8 doors", need="preferred", field="docks", min=8)
RATE = Criterion(id="rate", name="40 a day", need="preferred", field="trucks a day", min=40)
SMALL = Criterion(id="small", name="Under 50", need="disqualifier", field="employees", max=49)
NOTHING = Criterion(
    id="nothing",
    name="Ships nothing",
    need="disqualifier",
    field="freight",
    values=("don't ship anything", "no docks of its own"),
)


def profile(*criteria: Criterion) -> SellerProfile:
    return a_profile(icp=criteria)


def company(*texts: str, **given: object) -> tuple[Fact, ...]:
    return tuple(
        a_fact(text, id=f"F{n}", kind="company", source=f"S{n}", **given)
        for n, text in enumerate(texts, 1)
    )


def state(criterion: Criterion, *texts: str) -> str:
    (judged,) = assess_fit(profile(criterion), company(*texts)).criteria
    return judged.state


LANDS = Criterion(
    id="region",
    name="In Europe",
    need="preferred",
    field="region",
    values=("Germany", "Österreich", "Switzerland", "Netherlands", "Finland", "Poland"),
)


@pytest.mark.parametrize(
    ("account", "line", "expected"),
    [
        ("Rosenhof", "Rosenhof Lebensmittelwerke GmbH", "met"),
        ("Ottinger", "Ottinger Brauerei GmbH & Co. KG", "met"),
        ("Vlasakker Papier", "Vlasakker Papier B.V.", "met"),
        ("Kylmä", "Kylmä Ketju Oy", "met"),
        ("Zielona", "Zielona Farmacja Sp. z o.o.", "met"),
        ("Rosenhof", "Huber Transporte GmbH", "unknown"),  # their haulier
        ("", "Rosenhof Lebensmittelwerke GmbH", "unknown"),
        ("Rosenhof", "Rosenhof buys from Meier GmbH", "unknown"),
        ("Nordhavn", "Nordhavn Foods ApS", "unknown"),  # Denmark is none of ours
        ("Nordhavn", "Nordhavn Foods A/S", "unknown"),
        ("Caldera", "Caldera Pharma Ltd", "unknown"),  # Ireland, India, Kenya ...
        ("Tallow", "Tallow Foods Inc.", "unknown"),
    ],
)
def test_a_region_is_met_by_the_form_of_their_own_company(
    account: str, line: str, expected: str
) -> None:
    """A form that only our countries have places it; another's, or one of anywhere, does not."""
    (judged,) = assess_fit(profile(LANDS), company(line), account=account).criteria

    assert judged.state == expected
    assert expected == "unknown" or judged.evidence == ("F1",)


def test_our_own_signature_places_nobody() -> None:
    """What we write ourselves is internal."""
    ours = company("Rosenhof Lebensmittelwerke GmbH", voice="internal")

    (judged,) = assess_fit(profile(LANDS), ours, account="Rosenhof").criteria

    assert judged.state == "unknown"


@pytest.mark.parametrize(
    ("field", "text", "values"),
    [
        ("employees", "Empl: 1,850", [1850]),
        ("employees", "I run operations with about 2,400 people.", [2400]),
        ("employees", "Rund 1.450 Mitarbeiterinnen und Mitarbeiter arbeiten hier.", [1450]),
        (
            "employees",
            "More than 11,300 associates work with us, 3,100 of them at the docks.",
            [11300],
        ),
        ("employees", "1.8k employees", [1800]),
        ("employees", "Company size: 120 employees", [120]),
        ("employees", "room for 40 more colleagues", []),
        ("docks", "We have 60 docking stations for 120 people.", []),
        ("docks", "16 dock doors: 11 outbound, 5 for paper rolls", [16]),
        ("docks", "fifteen no sorry sixteen doors eleven for shipping", [16]),
        ("docks", "Docks: own docks, 74 doors total (38 at the terminal)", [74]),
        ("docks", "It opens on 1 April with 9 docks more.", []),
        ("sites", "three Gulf Coast terminals", [3]),
        ("sites", "212 stores in six states from nine distribution centers of its own", [9]),
        ("sites", "Wir arbeiten an zwei Standorten.", [2]),
        ("trucks a day", "about a hundred and thirty trucks a day", [130]),
        ("trucks a day", "ca. 180 LKW/Tag", [180]),
        ("trucks a day", "Trucks per day: 0", [0]),
        ("trucks a day", "they send us 60 more trucks a day", []),
        ("trucks a day", "14 trucks wait at the gate", []),
        ("forklifts", "They run 25 forklifts.", [25]),
    ],
)
def test_figures_are_read_where_they_count_the_field(
    field: str, text: str, values: list[float]
) -> None:
    """Neither additions nor compounds nor a part of the whole is the field's number."""
    assert [figure.value for figure in figures(field, company(text))] == values


@pytest.mark.parametrize(
    "fact",
    [
        a_fact("we think they have 900 people", voice="internal"),
        a_fact("40 people left us this year", kind="challenge"),
        a_fact("I want 20 people more at the docks", kind="priority"),
    ],
    ids=["our guess", "a loss", "a wish"],
)
def test_what_is_no_statement_of_theirs_is_no_figure(fact: Fact) -> None:
    """A remark of ours, a loss and a wish do not say how large they are."""
    assert figures("employees", [fact]) == ()


def test_the_greatest_number_of_a_source_is_the_whole() -> None:
    """A plant's 410 people are among the company's 2,600."""
    said = ("2,600 people work here, 410 of them at the plant.", "410 employees in three shifts")

    assert state(SIZE, *said) == "met"


def test_two_sources_that_disagree_on_a_limit_leave_it_open() -> None:
    """One inside, one outside: nobody can tell."""
    assert state(SIZE, "Empl: 9,000", "about 12,000 people") == "unknown"
    assert state(SIZE, "Empl: 1,850", "about 2,400 people") == "met"
    assert state(SIZE, "Empl: 11,000", "about 12,000 people") == "missed"


def test_a_least_number_is_met_by_any_source_that_gives_it() -> None:
    """A site with 6 doors does not take away the 22 of another."""
    assert state(DOORS, "22 doors in all", "6 doors at the new site") == "met"
    assert state(RATE, "30 trucks a day") == "missed"
    assert state(RATE, "Nothing was said of trucks.") == "unknown"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22 own docks", "met"),
        ("Our own\ndocks have 640 doors.", "met"),
        ("Own docks: no docks", "missed"),
        ("They have no own docks.", "missed"),
        ("The site has no docks of its own.", "missed"),
        ("We keep losing reefers in our own yard.", "unknown"),
        ("yard system none, own docks", "met"),
    ],
)
def test_words_meet_a_criterion_unless_they_are_denied(text: str, expected: str) -> None:
    """The line that denies a thing names it as well."""
    assert state(OWN, text) == expected


@pytest.mark.parametrize("text", ["We don’t ship anything, really.", "It has no docks of its own."])
def test_a_disqualifier_may_itself_be_a_denial(text: str) -> None:
    """`don't ship anything` is met by those words, whatever their apostrophe."""
    assert state(NOTHING, text) == "met"


REGION = Criterion(
    id="region",
    name="Here",
    need="preferred",
    field="region",
    values=("Ohio", "Boise"),
    ask="Where are your sites?",
)


@pytest.mark.parametrize(
    ("text", "state", "ask"),
    [
        ("Until Ogden opens, Boise has to carry more.", "met", "Where are your sites?"),
        ("The new cold store in Soest has 9 docks.", "unknown", "Where are your sites?"),
        ("We work at two sites, in Soest and in Zwickau.", "unknown", ""),
        ("3 plants: Macon, Dothan, Ocala.", "unknown", ""),
        ("Our Ogden distribution center opens in summer.", "unknown", ""),
        ("Wir bauen im Werk Soest.", "unknown", ""),
        ("It supplies 212 stores in six states.", "unknown", "Where are your sites?"),
        ("Our plants open in January.", "unknown", "Where are your sites?"),
        ("The plant is in October the busiest.", "unknown", "Where are your sites?"),
    ],
)
def test_where_the_sites_are_is_not_asked_of_who_named_them(
    text: str, state: str, ask: str
) -> None:
    """A town that the profile does not know proves no region, and answers the question."""
    (judged,) = assess_fit(profile(REGION), company(text)).criteria

    assert (judged.state, judged.ask) == (state, ask)
    assert judged.evidence == (("F1",) if state == "met" or not ask else ())


@pytest.mark.parametrize(
    "fact",
    [
        a_fact("3 plants: Macon, Dothan.", kind="company", voice="internal"),
        a_fact("New customer from May, a brewery in Leon.", kind="trigger"),
    ],
)
def test_a_remark_of_ours_and_a_customer_of_theirs_name_no_site(fact: Fact) -> None:
    """Neither tells where they are."""
    (judged,) = assess_fit(profile(REGION), (fact,)).criteria

    assert (judged.evidence, judged.ask) == ((), "Where are your sites?")


Verdict = Literal["fits", "partial", "no", "unknown"]


@pytest.mark.parametrize(
    ("texts", "verdict"),
    [
        (("22 own docks", "Empl: 900"), "fits"),
        (("22 own docks",), "fits"),
        (("22 own docks", "Empl: 11,300"), "partial"),
        (("Empl: 900",), "unknown"),
        (("Own docks: none", "Empl: 900"), "no"),
        (("22 own docks", "Empl: 30"), "no"),
        (("22 own docks", "We don't ship anything."), "no"),
        ((), "unknown"),
    ],
)
def test_the_verdict_follows_from_what_must_be_and_must_not(
    texts: tuple[str, ...], verdict: Verdict
) -> None:
    """A required one missed or a disqualifier met is a no; a wish missed is a partly."""
    fit = assess_fit(profile(OWN, SIZE, SMALL, NOTHING), company(*texts))

    assert fit.verdict == verdict


def test_a_judgement_names_its_facts_and_how_to_find_out() -> None:
    """What is met or missed can be looked up, what is unknown can be asked."""
    asked = OWN.model_copy(update={"ask": "Who runs your docks?"})

    met, unknown = assess_fit(profile(SIZE, asked), company("Empl: 900")).criteria

    assert met.evidence == ("F1",)
    assert (unknown.state, unknown.evidence, unknown.ask) == ("unknown", (), "Who runs your docks?")


@pytest.mark.parametrize(
    ("texts", "expected", "evidence"),
    [
        (("22 own docks",), "missed", ("F1",)),
        (("Empl: 900", "We run 180 trucks a day."), "missed", ("F2",)),
        (("Own docks: none",), "unknown", ()),
        (("Empl: 900",), "unknown", ()),
        (("22 own docks", "We don't ship anything."), "met", ("F2",)),
    ],
)
def test_a_disqualifier_whose_opposite_is_proven_is_ruled_out(
    texts: tuple[str, ...], expected: str, evidence: tuple[str, ...]
) -> None:
    """By the facts that prove it; what somebody says of the disqualifier itself comes first."""
    nothing = NOTHING.model_copy(update={"ruled_out_by": ("own", "rate")})

    judged = assess_fit(profile(OWN, RATE, nothing), company(*texts)).criteria[-1]

    assert (judged.state, judged.evidence) == (expected, evidence)


@pytest.mark.parametrize("need", ["required", "preferred"])
def test_our_own_remarks_never_decide(need: Need) -> None:
    """A guess of ours is no ground to turn somebody down or to go on."""
    guess = company("they have no own docks I think", voice="internal")

    (judged,) = assess_fit(profile(OWN.model_copy(update={"need": need})), guess).criteria

    assert judged.state == "unknown"
