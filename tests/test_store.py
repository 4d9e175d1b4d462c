"""The store: the same behaviour on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, update

from assistant.debrief import AgreedStep, NextStepKept
from assistant.errors import StoreError, UsageError
from assistant.store import schema
from assistant.store.accounts import export, history, list_accounts, mark_done, timeline
from assistant.store.database import Database, open_database
from assistant.store.keep import keep_brief, keep_debrief
from assistant.store.place import find_place
from assistant.store.tables import Document
from tests.debriefs import CALL, a_brief_of, a_debrief, an_action, an_objection

TODAY = date(2026, 12, 3)
TIDEWATER = "Tidewater Gulf Terminals"


@pytest.fixture
def database(database_url: str, tmp_path: Path) -> Database:
    """An empty database, of each kind in turn."""
    return open_database(find_place(database_url, workspace=tmp_path, default=tmp_path / "x"))


def test_a_kept_brief_stands_in_the_timeline_of_its_account(database: Database) -> None:
    """With its meeting's day, who of ours goes there, the stage, and the step it proposes."""
    keep_brief(database, a_brief_of(TIDEWATER), stage="discovery")

    (entry,) = timeline(database, TIDEWATER).entries

    assert (entry.kind, entry.held_on) == ("brief", date(2026, 12, 3))
    assert (entry.seller, entry.stage, entry.outcome) == ("Sam Okafor", "discovery", None)
    assert "workshop" in entry.next_step
    assert entry.made_at.tzinfo is not None


@pytest.mark.parametrize(
    "name",
    [
        "tidewater gulf terminals ",
        "TIDEWATER  Gulf\u00a0Terminals",
        "Tidewater\u200b Gulf Terminals",
    ],
    ids=["case", "spaces", "unseen"],
)
def test_two_spellings_of_a_name_are_one_account(database: Database, name: str) -> None:
    """Case, spaces and what cannot be seen make no other company."""
    keep_brief(database, a_brief_of(TIDEWATER))
    keep_debrief(database, a_debrief(account=name))

    assert [line.name for line in list_accounts(database, today=TODAY)] == [TIDEWATER]
    assert len(timeline(database, name).entries) == 2


def test_two_companies_never_share_a_history(database: Database) -> None:
    """A name that only begins alike, or has a legal form more, is another company."""
    keep_debrief(database, a_debrief(actions=(an_action("Ours"),)))
    keep_debrief(database, a_debrief(account=f"{TIDEWATER} LLC", actions=(an_action("Theirs"),)))

    assert [a.task for a in history(database, TIDEWATER).open_actions] == ["Ours"]
    assert [a.task for a in history(database, f"{TIDEWATER} LLC").open_actions] == ["Theirs"]


def test_a_brief_made_again_takes_the_place_of_the_first(database: Database) -> None:
    """The timeline shows one for a meeting; the export still holds both."""
    keep_brief(database, a_brief_of())
    keep_brief(database, a_brief_of(title="Now with an agenda"))
    keep_brief(database, a_brief_of(start=datetime(2026, 12, 10, 10, tzinfo=UTC)))

    titles = [entry.title for entry in timeline(database, TIDEWATER).entries]
    (account,) = export(database, at=datetime.now(UTC))["accounts"]

    assert titles[0] == "Now with an agenda"
    assert len(titles) == 2
    assert [one["superseded"] for one in account["documents"]] == [True, False, False]


def test_a_call_takes_seller_and_stage_from_its_brief(database: Database) -> None:
    """From the last one on or before its day, and never from a later meeting's."""
    keep_brief(database, a_brief_of(start=datetime(2026, 11, 20, 9, tzinfo=UTC)), stage="discovery")
    keep_brief(database, a_brief_of(start=datetime(2026, 12, 9, 9, tzinfo=UTC)), stage="proposal")
    keep_debrief(database, a_debrief())

    call = next(e for e in timeline(database, TIDEWATER).entries if e.kind == "debrief")

    assert (call.seller, call.stage) == ("Sam Okafor", "discovery")


def test_the_last_call_leaves_its_history_to_the_next_brief(database: Database) -> None:
    """Open actions, promises of both sides, objections and dated facts; of the last call only."""
    agreed = AgreedStep(
        action="a dock-mapping workshop",
        customer_actors=("Dana Whitfield", "Marcus Oyelaran"),
        when=date(2026, 12, 10),
        quote="Marcus and I will be there on the tenth",
        at="S1:44",
    )
    brief = a_brief_of()
    keep_debrief(database, a_debrief(held_on=date(2026, 10, 1), objections=(an_objection("Old"),)))
    keep_debrief(
        database,
        a_debrief(
            next_step=NextStepKept(proposed_early=True, reconfirmed=True, agreed=agreed),
            actions=(an_action(), an_action("Send an example", owner="", side="seller", due=None)),
            objections=(an_objection("Is it secure?", card="", answered="not"),),
            facts=brief.dossier.facts[4:6],
        ),
    )

    found = history(database, TIDEWATER, before=TODAY)

    assert (found.held_on, found.outcome) == (CALL, "advance")
    assert [(a.task, a.due) for a in found.open_actions] == [
        ("Send one week of gate logs", date(2026, 11, 30)),
        ("Send an example", None),
    ]
    assert [(p.side, p.who) for p in found.promises] == [
        ("customer", "Dana Whitfield"),
        ("seller", ""),
        ("customer", "Dana Whitfield, Marcus Oyelaran"),
    ]
    raised = [(o.said, o.card, o.raised_on) for o in found.objections]
    assert raised == [("Is it secure?", "", CALL)]
    assert [(f.speaker, f.learned_on, f.place) for f in found.facts] == [
        ("Dana", CALL, "S1:13"),
        ("Dana", CALL, "S1:14"),
    ]


def test_a_history_knows_nothing_of_later_calls(database: Database) -> None:
    """A brief made again for an old meeting does not know how it went."""
    keep_debrief(database, a_debrief(actions=(an_action(),)))

    assert history(database, TIDEWATER, before=CALL).open_actions == ()
    assert history(database, TIDEWATER).open_actions != ()
    assert history(database, "Nobody Ltd").held_on is None


def test_what_is_done_is_no_longer_open_and_stays_done(database: Database) -> None:
    """A debrief that is made again keeps what was marked."""
    keep_debrief(database, a_debrief(actions=(an_action("A"), an_action("B"))))
    first = next(a for a in timeline(database, TIDEWATER).open_actions if a.task == "A")

    assert mark_done(database, TIDEWATER, first.id, on=TODAY) == "A"
    keep_debrief(database, a_debrief(actions=(an_action("B"), an_action("A"))))

    assert [a.task for a in timeline(database, TIDEWATER).open_actions] == ["B"]


def test_an_action_of_another_account_is_not_marked(database: Database) -> None:
    """The number is looked for in the account that was named."""
    keep_debrief(database, a_debrief(actions=(an_action(),)))
    keep_debrief(database, a_debrief(account="Rosenhof"))
    (action,) = timeline(database, TIDEWATER).open_actions

    with pytest.raises(UsageError, match="Rosenhof has no open action"):
        mark_done(database, "Rosenhof", action.id, on=TODAY)

    assert len(timeline(database, TIDEWATER).open_actions) == 1


def test_accounts_are_listed_with_what_is_overdue(database: Database) -> None:
    """The one met last comes first."""
    actions = (an_action(due=date(2026, 11, 30)), an_action("Later", due=date(2026, 12, 24)))
    keep_debrief(database, a_debrief(account="Old", held_on=date(2026, 1, 5), outcome="halt"))
    keep_debrief(database, a_debrief(actions=actions))

    lines = list_accounts(database, today=TODAY)

    assert [(a.name, a.last_outcome, a.open_actions, a.overdue) for a in lines] == [
        (TIDEWATER, "advance", 2, 1),
        ("Old", "halt", 0, 0),
    ]


def test_the_export_gives_back_what_was_kept(database: Database) -> None:
    """Every document whole, to the last character."""
    brief = a_brief_of(title="Straße \u202e \U0001f69a \x00 ‘quoted’")
    keep_brief(database, brief)

    (account,) = export(database, TIDEWATER, at=datetime(2026, 12, 3, tzinfo=UTC))["accounts"]

    assert type(brief).model_validate(account["documents"][0]["document"]) == brief


def test_an_unknown_account_is_told_the_near_ones(database: Database) -> None:
    """A slip of the finger finds what was meant; a database without any says how one comes."""
    with pytest.raises(UsageError, match="no account is kept yet"):
        timeline(database, TIDEWATER)
    keep_brief(database, a_brief_of())

    with pytest.raises(UsageError, match=f"no account is called 'Tidewatr Gulf'; .*{TIDEWATER}"):
        timeline(database, "Tidewatr Gulf")


def test_a_document_without_an_account_is_refused(database: Database) -> None:
    """It would be found by nobody."""
    with pytest.raises(UsageError, match="--account"):
        keep_debrief(database, a_debrief(account=" \u200b"))

    assert not database.exists()


def test_looking_makes_no_database(database: Database) -> None:
    """Who asks for the accounts in a fresh workspace gets none, and no file."""
    assert list_accounts(database, today=TODAY) == ()
    assert not database.exists()


def test_a_database_of_a_newer_version_is_refused(database: Database) -> None:
    """It is neither read nor written to, and the message says what to install."""
    keep_brief(database, a_brief_of())
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE groundwork_schema SET version = 99")

    for act in (
        lambda: list_accounts(database, today=TODAY),
        lambda: keep_brief(database, a_brief_of("Another")),
    ):
        with pytest.raises(StoreError, match=r"of version 99.*install the newer.*nothing was"):
            act()


def test_an_older_database_is_brought_up_step_by_step(database: Database) -> None:
    """Each step runs once, in order, and those behind it are not run again."""
    keep_brief(database, a_brief_of())
    ran: list[str] = []

    def to_two(connection: Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE groundwork_account ADD COLUMN region TEXT")
        ran.append("2")

    def to_three(connection: Connection) -> None:
        connection.exec_driver_sql("UPDATE groundwork_account SET region = 'Gulf'")
        ran.append("3")

    for steps in ((to_two,), (to_two, to_three), (to_two, to_three)):
        with database.engine.begin() as connection:
            schema.bring_up(connection, shown="", steps=steps)

    with database.engine.connect() as connection:
        assert schema.version_of(connection) == 3
    assert ran == ["2", "3"]


def test_a_step_that_fails_leaves_the_old_version(database: Database) -> None:
    """The tables are as they were: half a step would be neither version."""
    keep_brief(database, a_brief_of())

    def half(connection: Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE groundwork_account ADD COLUMN region TEXT")
        raise RuntimeError

    with pytest.raises(RuntimeError), database.engine.begin() as connection:
        schema.bring_up(connection, shown="", steps=(half,))

    with database.engine.connect() as connection:
        assert schema.version_of(connection) == 1
        with pytest.raises(Exception, match="region"):
            connection.exec_driver_sql("SELECT region FROM groundwork_account")


def test_a_write_that_fails_midway_keeps_nothing_of_itself(database: Database) -> None:
    """What was kept before is whole, and the account that it would have made is not there."""
    keep_brief(database, a_brief_of())

    def half() -> None:
        with database.writing() as session:
            session.execute(update(Document).values(text="{}"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()

    assert len(timeline(database, TIDEWATER).entries) == 1


def test_a_document_that_was_damaged_is_named(database: Database) -> None:
    """The message says what is wrong with it, and what to do."""
    keep_debrief(database, a_debrief())
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE groundwork_document SET text = '{\"outcome\": 3'")

    with pytest.raises(StoreError, match=r"a debrief cannot be read.*put back a copy"):
        history(database, TIDEWATER)
