# ruff: noqa: E501  # the snapshot's lines are as long as the page's
"""The Markdown page: words stay words, and a person has read the whole of one."""

from __future__ import annotations

import re

import pytest
from hostile import hostile_brief
from inline_snapshot import snapshot
from markdown_it import MarkdownIt
from tidewater import tidewater_brief

from assistant.brief import Brief, Claim
from assistant.render import to_markdown
from assistant.render.markdown import escaped


def parsed_types(text: str) -> set[str]:
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    inner = [child for token in tokens for child in token.children or ()]
    return {token.type for token in (*tokens, *inner)}


def test_an_attack_makes_no_link_image_html_code_or_table() -> None:
    """A viewer that allows HTML sees the same kinds of things in the hostile page as in the plain."""
    assert parsed_types(to_markdown(hostile_brief())) == parsed_types(
        to_markdown(tidewater_brief())
    )


def test_an_attack_makes_no_heading_and_no_reference() -> None:
    """A line break in a text cannot begin a line of ours."""

    def headings(brief: Brief) -> int:
        return sum(line.startswith("#") for line in to_markdown(brief).splitlines())

    assert headings(hostile_brief()) == headings(tidewater_brief())
    assert not re.search(r"^\s*\[[^\]]*\]:", to_markdown(hostile_brief()), re.MULTILINE)


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example/q",
        "HTTPS://evil.example",
        "www.evil.example",
        "ask me@evil.example now",
        "ftp://evil.example",
    ],
)
def test_an_address_is_not_left_for_a_viewer_to_link(text: str) -> None:
    """GitHub links bare addresses; a backslash between keeps them text."""
    shown = escaped(text)

    assert not re.search(r"\w://|\bwww\.\w|\w@\w", shown, re.IGNORECASE)
    assert MarkdownIt("commonmark").render(shown) == f"<p>{text}</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "snake_case_name stays",
        "3 * 4 * 5, [x](y), <b>, `z`, a|b, ~~c~~, \\d, _e_, &lt;",
        "# no heading",
        "- no list",
        "+ no list",
        "1. no list",
        "12) no list",
        "=== no heading",
        "> no quote",
        "It rose by 4-5 % (from $1.4 million) - or so; 50% & more!",
        "👩‍👩‍👧 שלום 你好",
    ],
)
def test_text_is_shown_as_it_stands(text: str) -> None:
    """Also alone on a line, where a mark would begin a list or a heading."""
    shown = MarkdownIt("commonmark", {"html": True}).enable("strikethrough").render(escaped(text))

    assert (
        re.sub(
            r"&(lt|gt|amp|quot);",
            lambda m: {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[m[1]],
            shown,
        )
        == f"<p>{text}</p>\n"
    )


def test_the_address_of_the_meeting_can_be_copied_and_is_no_link() -> None:
    """It stands in the source as it was written, in a code span that no viewer links."""
    brief = tidewater_brief()
    place = "`Room` 4 or https://meet.example/j/77~00_1?pwd=a*b"

    shown = to_markdown(
        brief.model_copy(update={"meeting": brief.meeting.model_copy(update={"place": place})})
    )

    assert place in shown
    line = next(line for line in shown.splitlines() if place in line)
    assert f"<code>{place}</code>" in MarkdownIt("commonmark").render(line)


@pytest.mark.parametrize("text", ["~410 trucks, ~30 carriers", "“~5 min” (~7)"])
def test_about_a_figure_is_written_as_noted_and_strikes_nothing(text: str) -> None:
    """A tilde that can only begin needs no backslash, which would be copied with it."""
    assert escaped(text) == text
    assert "<s>" not in MarkdownIt().enable("strikethrough").render(f"{text} {escaped('x~ ~~y~')}")


def test_plain_words_are_not_cluttered() -> None:
    """The source can be read too: figures, dashes and file names carry no backslash."""
    text = "S1:14, crm_dump.txt, 4-5 %, $1.4 million (2026) - as Dana's own: 10:00!"

    assert escaped(text) == text


def test_a_line_without_words_is_still_a_list_item() -> None:
    """An empty claim breaks nothing."""
    brief = tidewater_brief()
    preparation = brief.preparation.model_copy(
        update={"snapshot": (Claim(text="", origin="inferred"),)}
    )

    assert "- [inference]" in to_markdown(brief.model_copy(update={"preparation": preparation}))


def test_the_markdown_of_a_brief() -> None:
    """What a seller reads, whole."""
    assert to_markdown(tidewater_brief()) == snapshot("""\
# Tidewater Gulf Terminals

Tidewater Gulf / Harbourline - dock appointments at Pelican Point  \n\
Thu 3 Dec 2026, 10:00–10:45 America/Chicago (UTC−06:00) · `Video call, https://meet.example/j/7700`

- **Whom:** Dana Whitfield (COO), Marcus Oyelaran (Terminal Manager, Pelican Point), Priya Raman (Director IT) of Tidewater Gulf Terminals
- **Why now:** From March 1 Corvane Retail sends 60 more trucks a day into Pelican Point. [S1:13]
- **Fit:** Fits our ideal customer.
- **O1, ours:** Dana Whitfield agrees to a dock-mapping workshop on site on Thursday 10 December 2026. [inference] [S1:14]
- **O2, theirs:** Dana Whitfield decides whether dock congestion is worth working on with us. [inference] [S1:14]
- **O3, ours:** Dana Whitfield puts a figure on what waiting costs at Pelican Point. [inference] [S1:16]
- **O4, theirs:** Marcus Oyelaran has named what must not get worse for his clerks. [inference] [S1:24]
- **Next step:** A dock-mapping workshop on site, with Dana Whitfield, Marcus Oyelaran, by Thu 10 Dec 2026. [S1:14]
  - **Say:** Assuming we successfully accomplish these objectives, would it be reasonable to agree that our next step should be to schedule a dock-mapping workshop on site at Pelican Point with you and Marcus on Thursday 10 December 2026?
- **Mind:** Learn, question 2: S1:6 may answer this already

## Preparation

### What matters now

- 74 doors at three terminals, 38 of them at Pelican Point; some 410 trucks a day there. [S2:8] [S1:6]
- Appointments live in a shared spreadsheet and on the phone; a clerk retypes each into the TMS. [S1:7]
- Detention cost $1.4 million last year; nobody knows from which dock. [S1:16]
- Four in ten trucks come outside their slot; the crew is idle or buried. [S1:17]

### Their priorities

- Truck turn time at Pelican Point under 60 minutes by June 30; it is 94 today. [S1:20]
- Corvane will fine $250 for every truck turned away. [S1:21]

### Their challenges

- By two in the afternoon the queue is out on the county road. [S1:18]

### People

- **Dana Whitfield (COO):** Turn time under 60 minutes by June 30, and to see how another terminal did it. [S1:20] [S1:31]
- **Marcus Oyelaran (Terminal Manager, Pelican Point):** No more clicks for his clerks; blocks if he feels it is done to him. [S1:24] [S1:34]
- **Priya Raman (Director IT):** *What exactly does the freeze until April cover?*
- **For us:** Sam Okafor (Account executive)

### How each objective is judged, by Thu 3 Dec 2026

- **O1:** The day, and who of theirs takes part, are agreed before the call ends. [inference] [S1:14] *Else: Dana Whitfield agrees to a review of one week of gate logs.*
- **O2:** They say yes or no, and what would have to be true for a yes. [inference] [S1:14]
- **O3:** We have written down a number with its unit, in their words. [inference] [S1:16]
- **O4:** He has said what he will look at, and when. [inference] [S1:24]

### Fit

- Fits: 3 of 3 known criteria met; unknown: is in North America or Europe. [S2:8] [S2:6] [S3:10] [S1:7]

### Ask, for the sources do not say

- How many people work there: 1,850 or 2,400? The sources disagree.
- Who is Luis, the dock supervisor at night, and should he be heard?

### Before the call

- **By Mon 30 Nov 2026:** Send Marcus the list of gate log fields that we need
- **By Wed 2 Dec 2026:** Ask Marcus for the gate logs that he offered to pull
- **By Wed 2 Dec 2026:** Ask Priya to accept the invitation, or to name someone else

## Opening

- **Purpose:** To find out together what is behind the congestion at Pelican Point before Corvane's trucks arrive, and whether working on it with us is worth your while. [inference] [S1:13]
- **Their goals:** Before we begin: what must have happened in these 45 minutes for them to have been worth your time? [inference] [S1:13]
- **Agenda:** 45 minutes [inference] [S1:13]
  - **5 min:** Your goals for today, and what our next step could be *O2, O4*
  - **18 min:** How a truck gets its slot today, and what waiting costs *O1, O3*
  - **9 min:** What another terminal found *O2*
  - **6 min:** Your questions and doubts *O2, O4*
  - **7 min:** Summary, next step, who does what by when *O1, O2*
- **Next step:** Assuming we successfully accomplish these objectives, would it be reasonable to agree that our next step should be to schedule a dock-mapping workshop on site at Pelican Point with you and Marcus on Thursday 10 December 2026? [S1:14]
- **Else:** If that is too early: would a review of one week of gate logs with you and Marcus by Thursday 10 December 2026 be a step that you can agree to? [S1:14]
- **Why:** It is an advance: it costs them time and one week of gate logs, so a yes means something. [inference]

## Core

### Teach

- Detention looks like a price your carriers set. Most of it is decided at your own doors, where trucks that came on time wait because unloading has drifted from the plan. In our sample detention review of October 2025, 71% of 18,400 detention charges at 29 shippers belonged to trucks that had arrived on time. [Detention follows dock variance, not carrier rates]
  - **Why them:** You told us that detention cost you $1.4 million last year, and that you cannot say which dock it came from. [S1:16]
  - **Ask:** What would you find if you set last month's detention charges beside the arrival times?
- The cost of a shared schedule sheet is not the time it takes to keep. It is that two people can promise the same door, and neither of them sees it. In our sample dock study of November 2025, 12% of the appointments kept in a shared sheet clashed with another one. [In a shared sheet two people can promise the same door]
  - **Why them:** Marcus said that four in ten trucks show up outside their slot. [S1:17]
  - **Ask:** How do you find out that two trucks hold the same slot?

### Learn

- **Situation:** *The sources do not say.*
  - Who decides today which carrier gets which slot? [our profile]
  - How does a change on the day reach the people at the gate? [our profile]
- **Problem:** *To hear the problem in their own words, and its cause.*
  - You said that you have no room for those trucks with the way you book doors today. What makes it hard to book them differently? [S1:14]
  - You said that you cannot tell which dock detention comes from. Why is it difficult to see? [S1:16]
  - Marcus, four in ten trucks show up outside their slot. What do you see just before it happens? [S1:17]
- **Implication:** *To hear what it costs, and whom.*
  - You want truck turn time at Pelican under 60 minutes by June 30. What happens to that when 60 more trucks a day come? [S1:20]
  - When Gail asks what it costs to do nothing, what can you show her today? [S1:23]
  - What does an idle hour in the morning and a buried one in the afternoon do to your crew? [S1:17]
- **Value:** *To hear from them what solving it would be worth.*
  - If doors were booked by what they can serve, how many of Corvane's trucks would fit? [S1:14]
  - If you could see detention by dock, what would you change first, and what would that be worth? [S1:16]
  - If nine in ten trucks came in their slot, what would your crew do with the time? [S1:17]

### Share

- **Like them:** a terminal with a queue on the public road; a terminal manager and a COO decide [Hallowmere Terminal shortened its queue without a new lane] [S1:18] [S1:31]
  - **Situation:** Hallowmere Terminal on the North Sea coast handles containers and steel through 6 gate lanes. The terminal manager had a gate system from another supplier, paid for and in use.
  - **Complication:** Trucks waited 47 minutes at the gate, and the queue reached the public road, with near misses at 11 a quarter. New lanes would take two years.
  - **Turning point:** They counted for a fortnight why trucks stood in the lane, and found that many had come for cargo that was not released. They put one thing in front of the gate: a haulier could book a time only when the cargo was ready.
  - **Resolution:** Within 5 months the wait was 21 minutes, and within 9 months near misses had fallen to 4 a quarter.
  - **Then ask:** What would you want to count at your own gate first?

### Anticipate

- **They said (objection):** The small carriers won't log into another portal. [Our carriers will not use it] [S1:25]
  - **Clarify:** What do your carriers get from you today when they book, and what do they have to do for it?
  - **Respond:** They will not do it as a favour, and they should not have to. A carrier books from a link in a message, without a login and at no charge, and gets something back: a time that holds. Those who only phone can go on phoning; your clerk then books in the same calendar, and sees which door is free.
  - **Proof:** In our sample first-site review of January 2026, carriers booked 83% of appointments themselves after 12 weeks, across 38 first sites.
  - **Check:** Which of your carriers, large or small, would you want to ask first?
- **They said (concern):** My clerks have seen two systems come and go. If it adds clicks they go back to the phone. [We tried this before, and it failed] [S1:24]
  - **Clarify:** What went wrong then, and who had to live with it?
  - **Respond:** Then I would rather hear about that project than talk about mine. Usually it was rolled out everywhere at once, or it gave the people at the gate more work than it took away. So we begin with one lane or a few doors, and with a single question: what do your people write down twice?
  - **Proof:** Quernby Chemicals had stopped a gate project after 14 months. It began again with one lane, and visits with a complete record rose from 72% to 99% within 3 months.
  - **Check:** If your people at the gate were to judge it after four weeks, what would they look at?
- **They said (concern):** IT can't take on an integration before the TMS upgrade is done in April. [IT can do nothing before its upgrade or freeze is over] [S1:26]
  - **Clarify:** What exactly does the freeze cover, and from which day on can your team take something new?
  - **Respond:** Then we leave IT out of it until that day. The slot rules take longer than the interface anyway, and operations can settle them now. We start without a connection, with the orders your team exports by hand, and IT joins when its window opens. All I ask for now is half an hour in which IT tells us its conditions.
  - **Proof:** Aldermoss Wholesale had 12 projects waiting in IT: it began with one nightly file, and the connection back into its warehouse system came half a year later.
  - **Check:** What could operations settle now, so that IT only has to connect it later?
- **They said (concern):** Gail will ask what it costs to do nothing. [S1:23] *No approved response: ask, and promise an answer. A gap.*
  - **Clarify:** What lies behind that for you, and what would you need to see?
- **They may say (question):** Show me that it pays back. [Show me that it pays back]
  - **Clarify:** Which bill would have to move for it to count as paid back in your house?
  - **Respond:** I would not believe a figure from us either. Let us take three months of your own detention and overtime bills and trace them to the doors. If the difference is not clear, you have lost an hour.
  - **Proof:** Tarnwick Logistics paid $61,000 a month in detention before the start, and $19,000 a month within 6 months.
  - **Check:** Who in finance would have to agree with the way we count?

### Give and get

- **We give:**
  - An insight they can check against their own figures: Detention follows dock variance, not carrier rates. [Detention follows dock variance, not carrier rates]
  - The example of another terminal that Dana asked for. [inference] [Hallowmere Terminal shortened its queue without a new lane] [S1:31]
  - A written summary by Friday 4 December 2026. [inference]
- **We get:**
  - What waiting costs them, as a figure with its unit. [inference]
  - Who decides and who signs, beside Gail. [inference] [S1:23]
  - A yes to the workshop, or a clear no. [inference]
- **They give:**
  - 45 minutes, and an open account of how it works today. [inference]
  - One week of gate logs, which Marcus offered. [inference] [S1:30]
- **They get:**
  - A clearer view of what their problem is worth, with us or without us. [inference]
  - A next step that they can say no to. [inference]
  - Something to compare themselves with. [inference] [Hallowmere Terminal shortened its queue without a new lane]

## Closing

- **Summary:** [S1:14]
  - You came with “I have no room for those trucks with the way we book doors today.” What have you seen today that changes how you look at it?
  - Which of your goals for today have we reached, and which are still open?
- **Reconfirm:** At the start we said that our next step should be to schedule a dock-mapping workshop on site on Thursday 10 December 2026. Does that still hold, and who will be there? [S1:14]
- **Actions:**
  - **Marcus Oyelaran, by Tue 8 Dec 2026:** Pull one week of gate logs [S1:30] *theirs*
  - **Dana Whitfield, by Tue 8 Dec 2026:** Confirm who joins the workshop at Pelican Point [meeting] *theirs*
  - **Sam Okafor, by Fri 4 Dec 2026:** Send the written summary with the agreed figures [meeting] *ours*

## After

- **Which outcome was it?:** [meeting]
  - Advance: Dana Whitfield has agreed to a dock-mapping workshop on site, with a day and people.
  - Continuation: kind words and no day; then ask for a review of one week of gate logs.
  - Halt: a clear no, or nobody who can decide. Write down the reason.
  - Disqualification: not true of them: “Runs its own docks”.
- **Ask yourself:** [meeting]
  - Which objectives were met, and which words of theirs show it?
  - What did we learn that changes the plan, and what did they learn?
  - What did each side undertake to do by Thursday 10 December 2026?

## Check before you use it

- **Look at:** Learn, question 2: S1:6 may answer this already *spin*
- **Note:** Opening, next step, who acts: Priya Raman has not accepted the invitation *next step*
- **Left out:** 1 statement, whose quote was not found in the source.
- **S2 crm-dump.txt:** it gives Wed 12/2 for the call, the invite Thu 3 Dec: the invite was used

## Gaps

- **No approved insight was found for:**
  - fines for trucks that are turned away [S1:21]

## Notes

A mark such as \\[S1:14\\] is source 1, line 14; a card’s title is approved material; “inference” is our own conclusion. A mark holds for what stands under its line. The checks compare figures, dates, names and quotations with their sources. They cannot see a wrong relation between right words: read what you will say against its note.

**S1 intro-call-notes.md**

- S1:6 “38 doors at Pelican, ~410 trucks a day, 30ish carriers” (our own remark, not to be said or sent)
- S1:7 “appts on a shared spreadsheet, rest by phone. gate clerk retypes each one into the TMS” (our own remark, not to be said or sent)
- S1:13 “We signed Corvane Retail in October. From March 1 they send us 60 more trucks a day into Pelican Point.” (Dana, the customer’s words)
- S1:14 “I have no room for those trucks with the way we book doors today.” (Dana, the customer’s words)
- S1:16 “Detention cost us $1.4 million last year, and I can't tell you which dock it came from.” (Dana, the customer’s words)
- S1:17 “Four in ten trucks show up outside their slot, so my crew is either idle or buried.” (Marcus, the customer’s words)
- S1:18 “By two in the afternoon the queue is out on the county road.” (Marcus, the customer’s words)
- S1:20 “I want truck turn time at Pelican under 60 minutes by June 30. It is 94 today.” (Dana, the customer’s words)
- S1:21 “Corvane will fine us $250 for every truck we turn away.” (Dana, the customer’s words)
- S1:23 “Gail will ask what it costs to do nothing. She signs anything over $100,000.” (Dana, the customer’s words)
- S1:24 “My clerks have seen two systems come and go. If it adds clicks they go back to the phone.” (Marcus, the customer’s words)
- S1:25 “The small carriers won't log into another portal.” (Marcus, the customer’s words)
- S1:26 “IT can't take on an integration before the TMS upgrade is done in April.” (Priya, the customer’s words)
- S1:30 “I'll pull one week of gate logs before we talk.” (Marcus, the customer’s words)
- S1:31 “Dana wants to see how another terminal did it, told her I'd bring an example” (our own remark, not to be said or sent)
- S1:34 “my read: Dana sponsors it, Marcus blocks if he feels it is done to him” (our own remark, not to be said or sent)

**S2 crm-dump.txt**

- S2:6 “Ind: Logistics / terminal operator \\| Empl: 1,850” (our own remark, not to be said or sent)
- S2:8 “Docks: own docks, 74 doors total (38 at Pelican Pt)” (our own remark, not to be said or sent)

**S3 profile-paste.txt**

- S3:10 “I run operations for three Gulf Coast terminals with about 2,400 people.” (as we noted it)

**Approved cards**

- Detention follows dock variance, not carrier rates (detention-is-a-dock-problem)
- In a shared sheet two people can promise the same door (two-people-can-promise-the-same-door)
- Hallowmere Terminal shortened its queue without a new lane (hallowmere-terminal-gate-queue)
- Our carriers will not use it (carriers-will-not-use-it)
- We tried this before, and it failed (we-tried-this-before)
- IT can do nothing before its upgrade or freeze is over (it-has-no-capacity-now)
- Show me that it pays back (will-it-pay-back)

---

Made for Harbourline on Mon 30 Nov 2026, 14:05 UTC.  \n\
Model: qwen2.5-coder-1.5b-instruct.  \n\
Learn: written by the model.  \n\
Teach: mended by the model after the checks.  \n\
Snapshot, objectives, opening, share, anticipate, give and get, closing, after: composed by code from cards and notes.  \n\
9 calls, 5,120 tokens read (3,980 from cache), 327 written, 14.2 s.
""")
