"""A person who is erased: gone to the last byte, and nobody else with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel
from sqlalchemy import text

from assistant.brief import Brief, Gap
from assistant.debrief import AgreedStep, Debrief, NextStepKept, Reason
from assistant.errors import LockedError, StoreError, UsageError
from assistant.gaps import FILE, read_gaps, record_gaps
from assistant.store import erase
from assistant.store.accounts import export, timeline
from assistant.store.database import Database, open_database
from assistant.store.keep import keep_brief, keep_debrief
from assistant.store.person import Person, bare
from assistant.store.place import find_place
from assistant.store.scrub import STRUCTURE, Scrub
from tests.debriefs import a_brief_of, a_debrief, an_action, an_objection

TIDEWATER = "Tidewater Gulf Terminals"
DANA = "Dana Whitfield"
ADDRESS = "dwhitfield@tidewatergulf.example"


@pytest.fixture
def database(database_url: str, tmp_path: Path) -> Database:
    """An empty database, of each kind in turn."""
    return open_database(find_place(database_url, workspace=tmp_path, default=tmp_path / "x"))


def erased(database: Database, name: str, *, gaps: Path = Path("nowhere")) -> erase.Erasure:
    """Erase a person from a workspace that has collected no gaps."""
    return erase.erase_person(database, name, gaps=gaps)


def planned(database: Database, name: str, *, gaps: Path = Path("nowhere")) -> erase.Erasure:
    """Plan the same."""
    return erase.plan_erasure(database, name, gaps=gaps)


def with_addresses() -> Brief:
    """Build the sample brief as it is where the sources hold addresses."""
    brief = a_brief_of(TIDEWATER)
    people = tuple(
        one.model_copy(update={"email": ADDRESS}) if one.name == DANA else one
        for one in brief.meeting.participants
    )
    dossier = brief.dossier.model_copy(update={"emails": (ADDRESS, "moyelaran@tidewater.example")})
    meeting = brief.meeting.model_copy(update={"participants": people})
    return brief.model_copy(update={"dossier": dossier, "meeting": meeting})


def a_full_debrief() -> Debrief:
    """Build a debrief in which she speaks, acts, objects and is spoken of."""
    facts = a_brief_of().dossier.facts
    return a_debrief(
        next_step=NextStepKept(
            proposed_early=True,
            reconfirmed=True,
            agreed=AgreedStep(
                action="a workshop with Dana and Marcus",
                customer_actors=(DANA, "Marcus Oyelaran"),
                when=date(2026, 12, 10),
                quote="I will be there on the tenth with Marcus",
                at="S1:44",
            ),
        ),
        actions=(
            an_action("Send Dana the list", owner="Sam Okafor", quote="I'll send her the list"),
            an_action("Pull gate logs", owner="dana whitfield"),
        ),
        objections=(
            an_objection("We tried that in 2019 and it never worked", at="S1:13"),
            an_objection("The small carriers won't log in", at="S1:25"),
        ),
        facts=facts,
        gaps=(Gap(kind="story", need="a story that Dana can use"),),
        lessons=("DANA WHITFIELD wants figures", f"write to {ADDRESS}, +1 251 555 0142"),
    )


def bytes_of(database: Database, postgres: Path | None) -> Iterator[tuple[Path, bytes]]:
    """Yield every file of the database: its own and those beside it, or the server's tables."""
    if database.place.file is not None:
        folder = database.place.file.parent
        yield from ((p, p.read_bytes()) for p in folder.iterdir() if p.is_file())
        return
    assert postgres is not None
    with database.engine.connect() as connection:
        connection.exec_driver_sql("CHECKPOINT")
        number = connection.exec_driver_sql(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).scalar_one()
    folder = postgres / "data" / "base" / str(number)
    yield from ((p, p.read_bytes()) for p in folder.iterdir() if p.is_file())


def found_in(database: Database, postgres: Path | None, *texts: str) -> set[str]:
    """Return which of the texts stand in the files, in any case and however JSON spells them."""
    found = set()
    for _, content in bytes_of(database, postgres):
        low = content.lower()
        for one in texts:
            for spelt in (one.lower(), json.dumps(one.lower())[1:-1]):
                if spelt.encode("utf-8") in low:
                    found.add(one)
    return found


def store_texts_as_they_are(database: Database) -> None:
    """Keep the server from compressing the documents, so that their bytes can be searched."""
    with database.writing() as session:
        session.execute(text("ALTER TABLE groundwork_document ALTER text SET STORAGE EXTERNAL"))


def look_at_all_values(database: Database) -> None:
    """Have the server look at the values for its statistics, as it does by itself in time."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")


@pytest.fixture
def server(request: pytest.FixtureRequest, database: Database) -> Path | None:
    """The folder of the server, None with SQLite."""
    if database.place.file is not None:
        return None
    folder: Path = request.getfixturevalue("postgres")
    return folder


HERS = ("Dana", "Whitfield", ADDRESS, "251 555 0142", "Detention cost us", "never worked")
OTHERS = ("Marcus Oyelaran", "Four in ten trucks", "moyelaran@tidewater.example", "small carriers")


def test_not_a_byte_of_an_erased_person_is_left(database: Database, server: Path | None) -> None:
    """Name, address, number and words leave the files themselves; other people's stay."""
    if server:
        store_texts_as_they_are(database)
    keep_brief(database, with_addresses(), stage="discovery")
    keep_brief(database, with_addresses(), stage="discovery")  # the first is superseded
    keep_debrief(database, a_full_debrief())
    if server:
        look_at_all_values(database)
    assert found_in(database, server, *HERS) == set(HERS)

    gone = erased(database, DANA)

    assert found_in(database, server, *HERS) == set()
    kept = str(export(database, at=datetime(2026, 12, 3, tzinfo=UTC)))
    assert [one for one in OTHERS if one not in kept] == []
    assert gone.addresses == (ADDRESS,)
    assert [(one.account, one.documents) for one in gone.accounts] == [(TIDEWATER, 3)]
    assert gone.accounts[0].left == ()


def test_what_is_left_is_valid_and_still_of_use(database: Database) -> None:
    """Each document validates as its schema; the others' actions, facts and days are there."""
    keep_brief(database, with_addresses())
    keep_debrief(database, a_full_debrief())
    erased(database, DANA)

    (account,) = export(database, TIDEWATER, at=datetime(2026, 12, 3, tzinfo=UTC))["accounts"]
    first, second = (one["document"] for one in account["documents"])
    brief, debrief = Brief.model_validate(first), Debrief.model_validate(second)
    told = timeline(database, TIDEWATER)

    assert {one.name for one in brief.meeting.participants} == {
        "Marcus Oyelaran",
        "Priya Raman",
        "Sam Okafor",
    }
    assert {fact.speaker for fact in brief.dossier.facts} == {"", "Marcus", "Priya"}
    known = {fact.id for fact in brief.dossier.facts}
    cited = {id_ for claim in brief.preparation.snapshot for id_ in claim.evidence}
    assert {id_ for id_ in cited if id_.startswith("F")} <= known
    assert [(a.task, a.owner, a.quote) for a in told.open_actions] == [
        ("Send [erased] the list", "Sam Okafor", "I'll send her the list"),
        ("Pull gate logs", "[erased]", "[erased]"),
    ]
    assert [o.said for o in told.objections] == ["[erased]", "The small carriers won't log in"]
    assert debrief.next_step.agreed is not None
    assert debrief.next_step.agreed.customer_actors == ("[erased]", "Marcus Oyelaran")
    assert debrief.next_step.agreed.when == date(2026, 12, 10)


def test_what_they_said_goes_from_every_place_of_the_call(database: Database) -> None:
    """A reason or an objection names no speaker; who spoke there is kept beside the debrief."""
    hers, his = "We tried one in 2019", "My clerks will not use it"
    reasons = tuple(
        Reason(test="praise", held=True, text="Kind words.", quote=quote, at=at)
        for quote, at in ((hers, "S1:4"), (his, "S1:5"))
    )
    debrief = a_debrief(
        reasons=reasons,
        actions=(an_action("Send logs", owner="Marcus", quote=hers, at="S1:4"),),
        objections=(an_objection(hers, at="S1:4"), an_objection(his, at="S1:5")),
        lessons=(f"They said: {hers}.",),
    )
    speakers = {"S1:4": "Dana", "S1:5": "Marcus Oyelaran", "S1:90": "Dana Whitfield"}
    keep_debrief(database, debrief, speakers=speakers)
    keep_brief(database, with_addresses())

    erased(database, DANA)

    (account,) = export(database, at=datetime(2026, 12, 3, tzinfo=UTC))["accounts"]
    left = Debrief.model_validate(account["documents"][0]["document"])
    assert [one.quote for one in left.reasons] == ["[erased]", his]
    assert [one.said for one in left.objections] == ["[erased]", his]
    assert left.lessons == ("[erased]",)
    assert [(one.task, one.quote) for one in left.actions] == [("Send logs", "[erased]")]
    with database.reading() as session:
        kept = session.execute(text("SELECT speakers FROM groundwork_document")).scalars().all()
    assert kept == ['{"S1:5": "Marcus Oyelaran"}', "{}"]


def test_an_address_is_erased_where_nobody_is_named_beside_it(database: Database) -> None:
    """It is known from another account to be theirs."""
    brief = with_addresses()
    own = brief.meeting.participants[0].model_copy(update={"email": "Ops@tidewater.example"})
    people = (own, *brief.meeting.participants[1:])
    meeting = brief.meeting.model_copy(update={"participants": people})
    keep_brief(database, brief.model_copy(update={"meeting": meeting}))
    keep_debrief(database, a_debrief(account="Rosenhof", lessons=("to ops@tidewater.example",)))

    gone = erased(database, DANA)

    assert [here.account for here in gone.accounts] == ["Rosenhof", TIDEWATER]
    assert "ops@" not in str(export(database, at=datetime(2026, 12, 3, tzinfo=UTC))).lower()


def test_what_was_marked_as_done_stays_done(database: Database) -> None:
    """Erasing derives the rows anew; what somebody decided about them is not lost."""
    from assistant.store.accounts import mark_done

    keep_debrief(database, a_full_debrief())
    open_ = timeline(database, TIDEWATER).open_actions
    mark_done(
        database,
        TIDEWATER,
        next(a.id for a in open_ if a.owner == "Sam Okafor"),
        on=date(2026, 12, 1),
    )

    erased(database, DANA)

    assert [a.task for a in timeline(database, TIDEWATER).open_actions] == ["Pull gate logs"]


def test_a_plan_says_what_will_go_and_changes_nothing(database: Database) -> None:
    """The numbers are the ones that the erasure then has."""
    keep_brief(database, with_addresses())
    before = export(database, at=datetime(2026, 12, 3, tzinfo=UTC))

    plan = planned(database, DANA)

    assert export(database, at=datetime(2026, 12, 3, tzinfo=UTC)) == before
    assert plan.accounts[0].said > 0
    assert plan == erased(database, DANA)
    assert planned(database, DANA).accounts == ()


def test_others_of_the_same_first_name_keep_theirs(database: Database, server: Path | None) -> None:
    """In the same account, where "Dana" alone is no longer hers, and in another account."""
    both = a_debrief(
        actions=(an_action(owner=DANA), an_action("Call back", owner="Dana Price")),
        lessons=("Dana Price decides", "Dana will ask", "Whitfield will ask"),
    )
    keep_debrief(database, both)
    keep_debrief(database, a_debrief(account="Rosenhof", actions=(an_action(owner="Dana"),)))

    gone = erased(database, DANA)

    assert found_in(database, server, "Whitfield", "Dana Price decides") == {"Dana Price decides"}
    assert [one.account for one in gone.accounts] == [TIDEWATER]
    assert gone.accounts[0].left == ("Dana will ask",)
    assert timeline(database, "Rosenhof").open_actions[0].owner == "Dana"


def test_a_first_name_that_several_bear_is_too_little(database: Database) -> None:
    """Nothing is erased that may be somebody else's."""
    keep_debrief(
        database, a_debrief(actions=(an_action(owner=DANA), an_action(owner="Dana Price")))
    )

    with pytest.raises(UsageError, match="more than one Dana; give the whole name"):
        erased(database, "Dana")

    assert len(timeline(database, TIDEWATER).open_actions) == 2


def test_a_company_that_bears_the_name_keeps_the_part_and_not_the_whole(
    database: Database, server: Path | None
) -> None:
    """A surname in a company's name is the company's; the person's whole name is not."""
    keep_debrief(database, a_debrief(account="Whitfield Marine", lessons=(f"met {DANA}",)))
    keep_debrief(database, a_debrief(account=f"{DANA} Consulting"))

    erased(database, DANA)

    assert found_in(database, server, DANA, "Whitfield Marine") == {"Whitfield Marine"}
    assert timeline(database, "Whitfield Marine").account == "Whitfield Marine"


def test_nobody_of_the_name_leaves_all_as_it_was(database: Database) -> None:
    """And a name without letters is refused."""
    keep_brief(database, with_addresses())
    before = export(database, at=datetime(2026, 12, 3, tzinfo=UTC))

    assert erased(database, "Ines Duarte").accounts == ()
    assert export(database, at=datetime(2026, 12, 3, tzinfo=UTC)) == before
    with pytest.raises(UsageError, match="expected a name"):
        erased(database, " -- ")


def test_while_somebody_reads_nothing_or_everything_is_erased(tmp_path: Path) -> None:
    """The error says which of the two, and the same command ends what was begun."""
    path = tmp_path / "a.db"
    place = find_place(f"sqlite:///{path}", workspace=tmp_path, default=path)
    database = open_database(place, wait_s=0.1)
    keep_brief(database, with_addresses())

    with open_database(place).reading() as session:
        session.execute(text("SELECT count(*) FROM groundwork_document")).all()
        with pytest.raises(LockedError, match="try again in a moment; nothing of this was kept"):
            erased(database, DANA)
        assert planned(database, DANA).accounts != ()
        with pytest.raises(LockedError, match=r"out of every document and row.*run the same"):
            database.sweep()
    erased(database, DANA)

    assert found_in(database, None, *HERS) == set()


def test_the_words_that_a_schema_allows_are_left_alone() -> None:
    """Kinds, ids and days are in the list that is not touched, whoever is called as they are."""
    seen: set[type[BaseModel]] = set()
    waiting: list[type[BaseModel]] = [Brief, Debrief]
    fixed: set[str] = set()
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, field in model.model_fields.items():
            shown = str(field.annotation)
            if "Literal" in shown or "datetime" in shown:
                fixed.add(name)
            waiting += [one for one in _models_in(field.annotation) if one not in seen]

    assert len(seen) > 20
    assert fixed - STRUCTURE == set()
    assert Scrub(Person("Not Touched")).clean({"verdict": "not touched"}) == {
        "verdict": "not touched"
    }


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


@pytest.mark.parametrize(
    ("name", "line", "left"),
    [
        ("Dana Whitfield", "Whitfield, Dana; dana-whitfield.md", "[erased]; [erased].md"),
        ("Dana Whitfield", "D. Whitfield's and Danas team", "[erased] and [erased] team"),
        ("Dana Whitfield", "Bandana, Danaher, Whitfieldshire", "Bandana, Danaher, Whitfieldshire"),
        ("Dana Whitfield", "Dana Price met Tom Whitfield", "Dana Price met Tom Whitfield"),
        ("Dana Whitfield", "Ask Whitfield Logistics", "Ask Whitfield Logistics"),
        ("Dana Whitfield", "tom@whitfield.example", "tom@whitfield.example"),
        ("Will Price", "Will you tell Will the price?", "Will you tell [erased] the price?"),
        ("Will Price", "Mr Price: will.price@x.example", "Mr [erased]: [erased]"),
        ("Dana Whitfield", "Called Dana Mon 23 Nov", "Called [erased] Mon 23 Nov"),
        ("Will Price", "First name: Will", "First name: [erased]"),
        (
            "Will Price",
            "Called Will Mon 23 Nov. Price list sent.",
            "Called [erased] Mon 23 Nov. Price list sent.",
        ),
        ("José Müller", "Jose\u0301 Mu\u0308ller, MUELLER", "[erased], [erased]"),
        ("Jan van der Berg", "Berg, Jan van der; Herr Berg", "[erased] van der; Herr [erased]"),
        (
            "Jean-Luc Moreau",
            "Jean-Luc, J.-L. Moreau; Jean Dupont",
            "[erased], [erased]; Jean Dupont",
        ),
        ("Søren Nørgaard", "Soren: s.noergaard@x.dk", "[erased]: [erased]"),
        ("Siobhán O'Neill", "O’Neill and Siobhan Oneill", "[erased] and [erased]"),
        ("Mark Young", "Mark said: mark the young team", "[erased] said: mark the young team"),
        ("Mark Young", "- Mark - owns QA\nMark the date", "- [erased] - owns QA\nMark the date"),
        ("Bill Cash", "Bill's bill. Cash flow, Mr Cash", "[erased] bill. Cash flow, Mr [erased]"),
        ("Rose Hunter", "my read: rose likes it", "my read: [erased] likes it"),
        ("Rose Hunter", "Costs rose. Hunter reports to Al.", "Costs rose. [erased] reports to Al."),
        ("Li Wei", "Li told us of lithium", "[erased] told us of lithium"),
        ("佐藤 花子", "佐藤 花子 said", "[erased] said"),
    ],
)
def test_a_person_is_found_however_they_are_named(name: str, line: str, left: str) -> None:
    """And a word, a place, a company or a namesake is not taken for them."""
    assert Person(name).erase(line) == left


def test_the_collected_gaps_forget_the_person_too(database: Database, tmp_path: Path) -> None:
    """Parts of the name where the account knows them; the whole name in every line.

    What is recorded now holds no names; the file may have lines from before.
    """
    keep_debrief(database, a_debrief(lessons=(f"met {DANA}",)))
    for account, need in ((TIDEWATER, "what buyers ask"), ("Rosenhof", "how buyers and staff pay")):
        gap = Gap(kind="story", need=need)
        record_gaps(tmp_path, [gap], account=account, today=date(2026, 11, 24))
    file = tmp_path / FILE
    old = file.read_text().replace("what buyers", "what Dana")
    file.write_text(old.replace("buyers and staff", "another Dana and Dana Whitfield"))

    plan = planned(database, DANA, gaps=tmp_path)
    assert "Whitfield" in file.read_text()
    gone = erased(database, DANA, gaps=tmp_path)

    assert plan.needs == gone.needs == 2
    assert {gap.need for gap in read_gaps(tmp_path)} == {
        "what [erased] ask",
        "how another Dana and [erased] pay",
    }


def test_gaps_that_cannot_be_read_leave_the_database_as_it_was(
    database: Database, tmp_path: Path
) -> None:
    """All or nothing: who shares the name could not be told a second time."""
    keep_brief(database, with_addresses())
    (tmp_path / FILE).write_text("no line of ours")

    with pytest.raises(StoreError, match="is not a line that was recorded"):
        erased(database, DANA, gaps=tmp_path)

    assert planned(database, DANA).accounts != ()


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Dana Whitfield", "D. WHITFIELD"),
        ("Dana Whitfield", "dana w. w/ Dana W."),
        ("José Müller", "jose mueller"),
        ("Jose Muller", "José Müller"),
        ("Søren Nørgaard", "soeren noergaard"),
        ("Soren Norgaard", "Søren Nørgaard"),
        ("Siobhán O'Neill", "Siobhan Oneill"),
        ("Jan van der Berg", "berg, jan"),
        ("佐藤 花子", "佐藤花子"),
    ],
)
def test_a_document_that_names_the_person_is_never_passed_over(name: str, line: str) -> None:
    """The quick look that spares most documents sees every form that is erased."""
    person = Person(name)

    assert person.is_named_in(line)
    assert person.may_be_in(bare(f'{{"text": "said {line}"}}'))
    assert not person.may_be_in(bare('{"text": "Marcus Oyelaran said nothing"}'))
