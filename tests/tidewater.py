# ruff: noqa: E501  # the sentences are the sample's, each on its line
"""A brief of the sample account Tidewater, as the pipeline would make it: for tests of the views."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from assistant.brief import (
    Action,
    After,
    AgendaItem,
    Anticipated,
    Brief,
    Claim,
    Closing,
    Core,
    CriterionMet,
    Finding,
    Fit,
    Gap,
    GiveGet,
    Logistic,
    NextStep,
    Objective,
    Opening,
    Origin,
    ParticipantBrief,
    PartName,
    Preparation,
    Question,
    SpinStage,
    StoryTold,
    TeachPoint,
    Usage,
    Writer,
    WrittenBy,
)
from assistant.dossier import Dossier, Fact, FactKind, Meeting, Participant, SourceNote, Voice
from assistant.evidence import MEETING, PROFILE, SCHEDULE

OURS = (MEETING, PROFILE, SCHEDULE)
DETENTION = "detention-is-a-dock-problem"
SAME_DOOR = "two-people-can-promise-the-same-door"
HALLOWMERE = "hallowmere-terminal-gate-queue"
CARDS = {
    DETENTION: "Detention follows dock variance, not carrier rates",
    SAME_DOOR: "In a shared sheet two people can promise the same door",
    HALLOWMERE: "Hallowmere Terminal shortened its queue without a new lane",
    "carriers-will-not-use-it": "Our carriers will not use it",
    "we-tried-this-before": "We tried this before, and it failed",
    "it-has-no-capacity-now": "IT can do nothing before its upgrade or freeze is over",
    "will-it-pay-back": "Show me that it pays back",
}
STEP_WORDING = (
    "Assuming we successfully accomplish these objectives, would it be reasonable to agree that "
    "our next step should be to schedule a dock-mapping workshop on site at Pelican Point with you "
    "and Marcus on Thursday 10 December 2026?"
)


def _facts() -> tuple[Fact, ...]:
    rows: list[tuple[str, int, FactKind, Voice, str, str]] = [
        ("S2", 6, "company", "internal", "", "Ind: Logistics / terminal operator | Empl: 1,850"),
        ("S2", 8, "company", "internal", "", "Docks: own docks, 74 doors total (38 at Pelican Pt)"),
        (
            "S1",
            6,
            "company",
            "internal",
            "",
            "38 doors at Pelican, ~410 trucks a day, 30ish carriers",
        ),
        (
            "S1",
            7,
            "technology",
            "internal",
            "",
            "appts on a shared spreadsheet, rest by phone. gate clerk retypes each one into the TMS",
        ),
        (
            "S1",
            13,
            "trigger",
            "customer",
            "Dana",
            (
                "We signed Corvane Retail in October. From March 1 they send us 60 more trucks a day into "
                "Pelican Point."
            ),
        ),
        (
            "S1",
            14,
            "challenge",
            "customer",
            "Dana",
            "I have no room for those trucks with the way we book doors today.",
        ),
        (
            "S1",
            16,
            "challenge",
            "customer",
            "Dana",
            "Detention cost us $1.4 million last year, and I can't tell you which dock it came from.",
        ),
        (
            "S1",
            17,
            "challenge",
            "customer",
            "Marcus",
            "Four in ten trucks show up outside their slot, so my crew is either idle or buried.",
        ),
        (
            "S1",
            18,
            "challenge",
            "customer",
            "Marcus",
            "By two in the afternoon the queue is out on the county road.",
        ),
        (
            "S1",
            20,
            "priority",
            "customer",
            "Dana",
            "I want truck turn time at Pelican under 60 minutes by June 30. It is 94 today.",
        ),
        (
            "S1",
            21,
            "priority",
            "customer",
            "Dana",
            "Corvane will fine us $250 for every truck we turn away.",
        ),
        (
            "S1",
            23,
            "person",
            "customer",
            "Dana",
            "Gail will ask what it costs to do nothing. She signs anything over $100,000.",
        ),
        (
            "S1",
            24,
            "concern",
            "customer",
            "Marcus",
            "My clerks have seen two systems come and go. If it adds clicks they go back to the phone.",
        ),
        (
            "S1",
            25,
            "concern",
            "customer",
            "Marcus",
            "The small carriers won't log into another portal.",
        ),
        (
            "S1",
            26,
            "concern",
            "customer",
            "Priya",
            "IT can't take on an integration before the TMS upgrade is done in April.",
        ),
        (
            "S1",
            29,
            "promise",
            "internal",
            "",
            "send Marcus the list of gate log fields we need, by Mon 30 Nov",
        ),
        (
            "S1",
            30,
            "promise",
            "customer",
            "Marcus",
            "I'll pull one week of gate logs before we talk.",
        ),
        (
            "S1",
            31,
            "promise",
            "internal",
            "",
            "Dana wants to see how another terminal did it, told her I'd bring an example",
        ),
        (
            "S1",
            34,
            "other",
            "internal",
            "",
            "my read: Dana sponsors it, Marcus blocks if he feels it is done to him",
        ),
        (
            "S3",
            10,
            "company",
            "public",
            "",
            "I run operations for three Gulf Coast terminals with about 2,400 people.",
        ),
        (
            "S3",
            16,
            "trigger",
            "public",
            "",
            "Proud of the team: Tidewater Gulf is the new gateway partner of Corvane Retail.",
        ),
    ]
    return tuple(
        Fact(
            id=f"F{n}",
            kind=kind,
            voice=voice,
            text=quote,
            quote=quote,
            source=source,
            line=line,
            speaker=speaker,
        )
        for n, (source, line, kind, voice, speaker, quote) in enumerate(rows, 1)
    )


def _claim(text: str, *evidence: str, origin: Origin = "notes") -> Claim:
    return Claim(text=text, origin=origin, evidence=evidence)


def _inferred(text: str, *evidence: str) -> Claim:
    return _claim(text, *evidence, *OURS, origin="inferred")


PEOPLE = (
    Participant(name="Dana Whitfield", role="COO", side="customer"),
    Participant(name="Marcus Oyelaran", role="Terminal Manager, Pelican Point", side="customer"),
    Participant(name="Priya Raman", role="Director IT", side="customer"),
    Participant(name="Sam Okafor", role="Account executive", side="seller"),
)


def tidewater_meeting() -> Meeting:
    """Build the meeting of the invite."""
    return Meeting(
        title="Tidewater Gulf / Harbourline - dock appointments at Pelican Point",
        start=datetime(2026, 12, 3, 10, 0, tzinfo=ZoneInfo("America/Chicago")),
        minutes=45,
        zone="America/Chicago",
        place="Video call, https://meet.example/j/7700",
        participants=PEOPLE,
    )


def tidewater_brief(**changed: object) -> Brief:
    """Build the brief: two insights, a story, five concerns, eleven questions."""
    dossier = Dossier(
        account="Tidewater Gulf Terminals",
        sources=(
            SourceNote(id="S1", name="intro-call-notes.md", kind="notes"),
            SourceNote(
                id="S2",
                name="crm-dump.txt",
                kind="notes",
                warnings=(
                    "it gives Wed 12/2 for the call, the invite Thu 3 Dec: the invite was used",
                ),
            ),
            SourceNote(id="S3", name="profile-paste.txt", kind="notes"),
            SourceNote(id="S4", name="invite.ics", kind="invite"),
        ),
        facts=_facts(),
        meeting=tidewater_meeting(),
        unknowns=(),
        dropped=1,
    )
    fields: dict[str, object] = {
        "created_at": datetime(2026, 11, 30, 14, 5, tzinfo=UTC),
        "seller": "Harbourline",
        "meeting": dossier.meeting,
        "written_by": WrittenBy(
            model="qwen2.5-coder-1.5b-instruct",
            prompts={"draft_teach": "draft_teach@0123456789ab"},
            cards=dict.fromkeys(CARDS, "0" * 64),
        ),
        "usage": Usage(
            calls=9,
            prompt_tokens=5120,
            cached_tokens=3980,
            completion_tokens=327,
            seconds=14.2,
        ),
        "parts": _parts(),
        "dossier": dossier,
        "preparation": _preparation(),
        "opening": _opening(),
        "core": _core(),
        "closing": _closing(),
        "after": _after(),
        "findings": (
            Finding(
                check="spin",
                severity="warning",
                where="learn.questions[1].question",
                message="F3 may answer this already",
            ),
            Finding(
                check="next_step",
                severity="note",
                where="opening.next_step.customer_actors",
                message="Priya Raman has not accepted the invitation",
            ),
        ),
        "gaps": (
            Gap(kind="insight", need="fines for trucks that are turned away", evidence=("F11",)),
        ),
        "cards": CARDS,
    }
    return Brief.model_validate({**fields, **changed})


def _parts() -> dict[PartName, Writer]:
    composed: list[PartName] = [
        "snapshot",
        "objectives",
        "opening",
        "share",
        "anticipate",
        "give_get",
        "closing",
        "after",
    ]
    return {**dict.fromkeys(composed, "composed"), "teach": "mended", "learn": "model"}


def _preparation() -> Preparation:
    challenges = (
        _claim("Detention cost $1.4 million last year; nobody knows from which dock.", "F7"),
        _claim("Four in ten trucks come outside their slot; the crew is idle or buried.", "F8"),
        _claim("By two in the afternoon the queue is out on the county road.", "F9"),
    )
    return Preparation(
        snapshot=(
            _claim(
                "74 doors at three terminals, 38 of them at Pelican Point; some 410 trucks a day there.",
                "F2",
                "F3",
            ),
            _claim(
                "Appointments live in a shared spreadsheet and on the phone; a clerk retypes each into the TMS.",
                "F4",
            ),
            *challenges[:2],
        ),
        fit=Fit(
            verdict="fits",
            criteria=(
                CriterionMet(
                    name="Runs its own docks", need="required", state="met", evidence=("F2",)
                ),
                CriterionMet(
                    name="Between 300 and 10,000 employees",
                    need="preferred",
                    state="met",
                    evidence=("F1", "F20"),
                ),
                CriterionMet(
                    name="Books its docks by hand today",
                    need="preferred",
                    state="met",
                    evidence=("F4",),
                ),
                CriterionMet(
                    name="Has no docks, or has handed them to somebody else",
                    need="disqualifier",
                    state="missed",
                ),
                CriterionMet(
                    name="Is in North America or Europe", need="preferred", state="unknown"
                ),
            ),
        ),
        trigger=_claim(
            "From March 1 Corvane Retail sends 60 more trucks a day into Pelican Point.", "F5"
        ),
        priorities=(
            _claim(
                "Truck turn time at Pelican Point under 60 minutes by June 30; it is 94 today.",
                "F10",
            ),
            _claim("Corvane will fine $250 for every truck turned away.", "F11"),
        ),
        challenges=challenges,
        participants=(
            ParticipantBrief(
                name="Dana Whitfield",
                role="COO",
                side="customer",
                wants=_claim(
                    "Turn time under 60 minutes by June 30, and to see how another terminal did it.",
                    "F10",
                    "F18",
                ),
            ),
            ParticipantBrief(
                name="Marcus Oyelaran",
                role="Terminal Manager, Pelican Point",
                side="customer",
                wants=_claim(
                    "No more clicks for his clerks; blocks if he feels it is done to him.",
                    "F13",
                    "F19",
                ),
            ),
            ParticipantBrief(
                name="Priya Raman",
                role="Director IT",
                side="customer",
                unknown="What exactly does the freeze until April cover?",
            ),
            ParticipantBrief(name="Sam Okafor", role="Account executive", side="seller"),
        ),
        objectives=_objectives(),
        logistics=(
            Logistic(
                task="Send Marcus the list of gate log fields that we need", due=date(2026, 11, 30)
            ),
            Logistic(
                task="Ask Marcus for the gate logs that he offered to pull", due=date(2026, 12, 2)
            ),
            Logistic(
                task="Ask Priya to accept the invitation, or to name someone else",
                due=date(2026, 12, 2),
            ),
        ),
        unknowns=(
            "How many people work there: 1,850 or 2,400? The sources disagree.",
            "Who is Luis, the dock supervisor at night, and should he be heard?",
        ),
    )


def _objectives() -> tuple[Objective, ...]:
    day = date(2026, 12, 3)
    return (
        Objective(
            id="O1",
            side="seller",
            statement="Dana Whitfield agrees to a dock-mapping workshop on site on Thursday 10 December 2026.",
            measure="The day, and who of theirs takes part, are agreed before the call ends.",
            due=day,
            fallback="Dana Whitfield agrees to a review of one week of gate logs.",
            evidence=("F6", *OURS),
        ),
        Objective(
            id="O2",
            side="customer",
            statement="Dana Whitfield decides whether dock congestion is worth working on with us.",
            measure="They say yes or no, and what would have to be true for a yes.",
            due=day,
            evidence=("F6", *OURS),
        ),
        Objective(
            id="O3",
            side="seller",
            statement="Dana Whitfield puts a figure on what waiting costs at Pelican Point.",
            measure="We have written down a number with its unit, in their words.",
            due=day,
            evidence=("F7", *OURS),
        ),
        Objective(
            id="O4",
            side="customer",
            statement="Marcus Oyelaran has named what must not get worse for his clerks.",
            measure="He has said what he will look at, and when.",
            due=day,
            evidence=("F13", *OURS),
        ),
    )


def _opening() -> Opening:
    return Opening(
        purpose=_inferred(
            "To find out together what is behind the congestion at Pelican Point before Corvane's "
            "trucks arrive, and whether working on it with us is worth your while.",
            "F5",
        ),
        goals_question="Before we begin: what must have happened in these 45 minutes for them to have been worth your time?",
        agenda=(
            AgendaItem(
                minutes=5,
                item="Your goals for today, and what our next step could be",
                serves=("O2", "O4"),
            ),
            AgendaItem(
                minutes=18,
                item="How a truck gets its slot today, and what waiting costs",
                serves=("O1", "O3"),
            ),
            AgendaItem(minutes=9, item="What another terminal found", serves=("O2",)),
            AgendaItem(minutes=6, item="Your questions and doubts", serves=("O2", "O4")),
            AgendaItem(
                minutes=7, item="Summary, next step, who does what by when", serves=("O1", "O2")
            ),
        ),
        next_step=NextStep(
            action="a dock-mapping workshop on site",
            customer_actors=("Dana Whitfield", "Marcus Oyelaran"),
            when=date(2026, 12, 10),
            wording=STEP_WORDING,
            fallback_wording="If that is too early: would a review of one week of gate logs with you and Marcus by "
            "Thursday 10 December 2026 be a step that you can agree to?",
            why=_inferred(
                "It is an advance: it costs them time and one week of gate logs, so a yes means something."
            ),
            evidence=("F6", *OURS),
        ),
    )


def _core() -> Core:
    return Core(
        teach=(
            TeachPoint(
                card=DETENTION,
                point=_claim(
                    "Detention looks like a price your carriers set. Most of it is decided at your own doors, where "
                    "trucks that came on time wait because unloading has drifted from the plan. In our sample "
                    "detention review of October 2025, 71% of 18,400 detention charges at 29 shippers belonged to "
                    "trucks that had arrived on time.",
                    DETENTION,
                    origin="card",
                ),
                why_them=_claim(
                    "You told us that detention cost you $1.4 million last year, and that you cannot say which dock it came from.",
                    "F7",
                ),
                ask="What would you find if you set last month's detention charges beside the arrival times?",
                serves=("O3",),
            ),
            TeachPoint(
                card=SAME_DOOR,
                point=_claim(
                    "The cost of a shared schedule sheet is not the time it takes to keep. It is that two people can "
                    "promise the same door, and neither of them sees it. In our sample dock study of November 2025, "
                    "12% of the appointments kept in a shared sheet clashed with another one.",
                    SAME_DOOR,
                    origin="card",
                ),
                why_them=_claim(
                    "Marcus said that four in ten trucks show up outside their slot.", "F8"
                ),
                ask="How do you find out that two trucks hold the same slot?",
                serves=("O2",),
            ),
        ),
        learn=_learn(),
        share=(
            StoryTold(
                card=HALLOWMERE,
                similarity=(
                    "a terminal with a queue on the public road",
                    "a terminal manager and a COO decide",
                ),
                situation="Hallowmere Terminal on the North Sea coast handles containers and steel through 6 gate lanes. "
                "The terminal manager had a gate system from another supplier, paid for and in use.",
                complication="Trucks waited 47 minutes at the gate, and the queue reached the public road, with near "
                "misses at 11 a quarter. New lanes would take two years.",
                turning_point="They counted for a fortnight why trucks stood in the lane, and found that many had come for "
                "cargo that was not released. They put one thing in front of the gate: a haulier could book a time only "
                "when the cargo was ready.",
                resolution="Within 5 months the wait was 21 minutes, and within 9 months near misses had fallen to 4 a quarter.",
                bridge_question="What would you want to count at your own gate first?",
                serves=("O2",),
                evidence=(HALLOWMERE, "F9", "F18"),
            ),
        ),
        anticipate=_anticipate(),
        give_get=GiveGet(
            seller_gives=(
                _claim(
                    f"An insight they can check against their own figures: {CARDS[DETENTION]}.",
                    DETENTION,
                    origin="card",
                ),
                _claim(
                    "The example of another terminal that Dana asked for.",
                    HALLOWMERE,
                    "F18",
                    origin="inferred",
                ),
                _inferred("A written summary by Friday 4 December 2026."),
            ),
            seller_gets=(
                _inferred("What waiting costs them, as a figure with its unit."),
                _inferred("Who decides and who signs, beside Gail.", "F12"),
                _inferred("A yes to the workshop, or a clear no."),
            ),
            customer_gives=(
                _inferred("45 minutes, and an open account of how it works today."),
                _inferred("One week of gate logs, which Marcus offered.", "F17"),
            ),
            customer_gets=(
                _inferred("A clearer view of what their problem is worth, with us or without us."),
                _inferred("A next step that they can say no to."),
                _inferred("Something to compare themselves with.", HALLOWMERE),
            ),
        ),
    )


def _learn() -> tuple[Question, ...]:
    rows: list[tuple[SpinStage, int, str, str]] = [
        ("situation", 0, "Who decides today which carrier gets which slot?", ""),
        ("situation", 0, "How does a change on the day reach the people at the gate?", ""),
        (
            "problem",
            1,
            "You said that you have no room for those trucks with the way you book doors today. What makes it hard to book them differently?",
            "F6",
        ),
        (
            "problem",
            2,
            "You said that you cannot tell which dock detention comes from. Why is it difficult to see?",
            "F7",
        ),
        (
            "problem",
            3,
            "Marcus, four in ten trucks show up outside their slot. What do you see just before it happens?",
            "F8",
        ),
        (
            "implication",
            1,
            "You want truck turn time at Pelican under 60 minutes by June 30. What happens to that when 60 more trucks a day come?",
            "F10",
        ),
        (
            "implication",
            2,
            "When Gail asks what it costs to do nothing, what can you show her today?",
            "F12",
        ),
        (
            "implication",
            3,
            "What does an idle hour in the morning and a buried one in the afternoon do to your crew?",
            "F8",
        ),
        (
            "value",
            1,
            "If doors were booked by what they can serve, how many of Corvane's trucks would fit?",
            "F6",
        ),
        (
            "value",
            2,
            "If you could see detention by dock, what would you change first, and what would that be worth?",
            "F7",
        ),
        (
            "value",
            3,
            "If nine in ten trucks came in their slot, what would your crew do with the time?",
            "F8",
        ),
    ]
    reasons = {
        "situation": "The sources do not say.",
        "problem": "To hear the problem in their own words, and its cause.",
        "implication": "To hear what it costs, and whom.",
        "value": "To hear from them what solving it would be worth.",
    }
    return tuple(
        Question(
            stage=stage,
            problem=problem,
            question=question,
            why=reasons[stage],
            serves=("O3",),
            evidence=(fact, PROFILE, MEETING) if fact else (PROFILE,),
        )
        for stage, problem, question, fact in rows
    )


def _anticipate() -> tuple[Anticipated, ...]:
    return (
        Anticipated(
            they_say="The small carriers won't log into another portal.",
            kind="objection",
            card="carriers-will-not-use-it",
            clarify="What do your carriers get from you today when they book, and what do they have to do for it?",
            respond="They will not do it as a favour, and they should not have to. A carrier books from a link in a message, "
            "without a login and at no charge, and gets something back: a time that holds. Those who only phone can go on "
            "phoning; your clerk then books in the same calendar, and sees which door is free.",
            proof="In our sample first-site review of January 2026, carriers booked 83% of appointments themselves after 12 weeks, across 38 first sites.",
            check="Which of your carriers, large or small, would you want to ask first?",
            evidence=("carriers-will-not-use-it", "F14"),
        ),
        Anticipated(
            they_say="My clerks have seen two systems come and go. If it adds clicks they go back to the phone.",
            kind="concern",
            card="we-tried-this-before",
            clarify="What went wrong then, and who had to live with it?",
            respond="Then I would rather hear about that project than talk about mine. Usually it was rolled out everywhere at once, "
            "or it gave the people at the gate more work than it took away. So we begin with one lane or a few doors, and with a "
            "single question: what do your people write down twice?",
            proof="Quernby Chemicals had stopped a gate project after 14 months. It began again with one lane, and visits with a complete "
            "record rose from 72% to 99% within 3 months.",
            check="If your people at the gate were to judge it after four weeks, what would they look at?",
            evidence=("we-tried-this-before", "F13"),
        ),
        Anticipated(
            they_say="IT can't take on an integration before the TMS upgrade is done in April.",
            kind="concern",
            card="it-has-no-capacity-now",
            clarify="What exactly does the freeze cover, and from which day on can your team take something new?",
            respond="Then we leave IT out of it until that day. The slot rules take longer than the interface anyway, and operations can "
            "settle them now. We start without a connection, with the orders your team exports by hand, and IT joins when its window "
            "opens. All I ask for now is half an hour in which IT tells us its conditions.",
            proof="Aldermoss Wholesale had 12 projects waiting in IT: it began with one nightly file, and the connection back into its "
            "warehouse system came half a year later.",
            check="What could operations settle now, so that IT only has to connect it later?",
            evidence=("it-has-no-capacity-now", "F15"),
        ),
        Anticipated(
            they_say="Gail will ask what it costs to do nothing.",
            kind="concern",
            card="",
            clarify="What lies behind that for you, and what would you need to see?",
            evidence=("F12",),
        ),
        Anticipated(
            they_say="Show me that it pays back.",
            kind="question",
            card="will-it-pay-back",
            clarify="Which bill would have to move for it to count as paid back in your house?",
            respond="I would not believe a figure from us either. Let us take three months of your own detention and overtime bills and "
            "trace them to the doors. If the difference is not clear, you have lost an hour.",
            proof="Tarnwick Logistics paid $61,000 a month in detention before the start, and $19,000 a month within 6 months.",
            check="Who in finance would have to agree with the way we count?",
            evidence=("will-it-pay-back",),
        ),
    )


def _closing() -> Closing:
    return Closing(
        summary_prompts=(
            (
                "You came with “I have no room for those trucks with the way we book doors today.” What have you seen today that "
                "changes how you look at it?"
            ),
            "Which of your goals for today have we reached, and which are still open?",
        ),
        reconfirm_wording="At the start we said that our next step should be to schedule a dock-mapping workshop on site on "
        "Thursday 10 December 2026. Does that still hold, and who will be there?",
        actions=(
            Action(
                task="Pull one week of gate logs",
                owner="Marcus Oyelaran",
                side="customer",
                due=date(2026, 12, 8),
                evidence=("F17", SCHEDULE),
            ),
            Action(
                task="Confirm who joins the workshop at Pelican Point",
                owner="Dana Whitfield",
                side="customer",
                due=date(2026, 12, 8),
                evidence=OURS,
            ),
            Action(
                task="Send the written summary with the agreed figures",
                owner="Sam Okafor",
                side="seller",
                due=date(2026, 12, 4),
                evidence=OURS,
            ),
        ),
        evidence=("F6", *OURS),
    )


def _after() -> After:
    return After(
        outcome_tests=(
            "Advance: Dana Whitfield has agreed to a dock-mapping workshop on site, with a day and people.",
            "Continuation: kind words and no day; then ask for a review of one week of gate logs.",
            "Halt: a clear no, or nobody who can decide. Write down the reason.",
            "Disqualification: not true of them: “Runs its own docks”.",
        ),
        questions=(
            "Which objectives were met, and which words of theirs show it?",
            "What did we learn that changes the plan, and what did they learn?",
            "What did each side undertake to do by Thursday 10 December 2026?",
        ),
        evidence=OURS,
    )
