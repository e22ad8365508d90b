"""The standing cast: Ada, a new runner; Ben, a masters marathoner; Cleo, who must be sent to hospital.

Each is an answer made by hand, so that writers can be tested without the rooms before them.
"""

from __future__ import annotations

from datetime import date

from lumbago.model.activities import Change
from lumbago.model.answer import Answer
from lumbago.model.explanation import Advice, Contributor, Explanation, PatternFit
from lumbago.model.findings import Conflict, Finding, Findings, Quote
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Activity, Fit, Level, Origin, Status, Units, Verdict, Weight, When
from lumbago.model.plan import ExerciseDose, Plan, PlanGoal, PlanWithheld, Session, SessionKind, Step, Week
from lumbago.model.reading import Ask, Quantities, Reading, StoryGoal
from lumbago.model.request import Goal, Locale, Request
from lumbago.model.triage import Fired, Triage

AS_OF = date(2026, 11, 25)

ADA_STORY = (
    "I started running six weeks ago. My low back aches after my runs, nothing down the leg, no fever. "
    "It is a 2/10. My sister had sciatica. I foam roll my back. I want to run a 5k."
)
BEN_STORY = (
    "I'm 54 and training for a marathon. Seven weeks ago I ran 26 km after a month of 16 km long runs and my low back "
    "has hurt since, worse on the downhills. I had back pain years ago. Maybe my legs tingle. I stretch every day."
)
CLEO_STORY = (
    "My lower back went after deadlifts on Saturday. Since yesterday I can't feel myself pee and it is numb between my legs. "
    "Both my feet feel <b>dead</b> & heavy."
)


def quote(story: str, words: str) -> Quote:
    """The first place where a story has these words."""
    start = story.index(words)
    return Quote(words, start, start + len(words))


def told(
    story: str,
    finding: str,
    words: str,
    status: Status = Status.PRESENT,
    when: When = When.NOW,
    value: float | None = None,
) -> Finding:
    """A finding read in a story."""
    units = {"age": "a", "pain-now": "{score}", "duration-days": "d"}
    return Finding(finding, status, when, value, units.get(finding), quotes=(quote(story, words),))


def ada(knowledge: Knowledge) -> Answer:
    """A new runner with an ordinary sore back: home care, a run-walk week, questions still open."""
    findings = Findings(
        (
            told(ADA_STORY, "new-runner", "started running six weeks ago"),
            told(ADA_STORY, "low-back-pain", "low back aches"),
            told(ADA_STORY, "onset-after-run", "after my runs"),
            told(ADA_STORY, "leg-pain", "nothing down the leg", Status.ABSENT),
            told(ADA_STORY, "fever", "no fever", Status.ABSENT),
            told(ADA_STORY, "pain-now", "2/10", value=2.0),
            told(ADA_STORY, "shooting-pain", "sciatica", when=When.OTHER_PERSON),
            told(ADA_STORY, "tried-foam-roller", "foam roll my back"),
            Finding("age", Status.PRESENT, value=29.0, unit="a", origin=Origin.ANSWER),
            Finding("pregnant", Status.ABSENT, origin=Origin.ANSWER),
            Finding("cancer-history", Status.ABSENT, origin=Origin.ANSWER),
            Finding("mild-pain", Status.PRESENT, implied_by=("pain-now",)),
        )
    )  # fmt: skip
    rounds = Step(repeat=8, steps=(Step(SessionKind.RUN, 60.0), Step(SessionKind.WALK, 120.0)))
    stop = ("Pain climbs as you go, or goes over 5 of 10.", "You limp or change how you run.")
    exercises = (ExerciseDose("squat", 2, 10), ExerciseDose("side-plank", 3, 4, 8, a_side=True))
    sessions = (
        Session(date(2026, 11, 26), SessionKind.RUN_WALK, 1440.0, None, (rounds,), effort_cr10=3.0, stop_if=stop,
                say="Run slowly enough to talk."),
        Session(date(2026, 11, 27), SessionKind.STRENGTH, 1200.0, exercises=exercises, stop_if=("Sharp pain.",)),
        Session(date(2026, 11, 29), SessionKind.WALK, 1200.0, stop_if=stop),
    )  # fmt: skip
    week = Week(
        date(2026, 11, 25),
        "Short runs with walking in between let your back show what it can take.",
        "first-week",
        sessions,
    )
    goal = PlanGoal(5000.0, date(2027, 2, 3), "tight", date(2027, 1, 27), "session-caps", why="It can just be done.")
    return Answer(
        id="ada",
        knowledge=knowledge.version,
        request=Request(AS_OF, ADA_STORY, goal=Goal(5000.0, date(2027, 2, 3))),
        reading=Reading(findings, Quantities(pain_now=2.0)),
        findings=findings,
        quantities=Quantities(pain_now=2.0, age=29.0, goal=StoryGoal("5k", 5000.0, 10.0)),
        triage=Triage(
            level=Level.SELF_CARE,
            fired=(Fired("nothing-serious-found", Level.SELF_CARE, ()),),
            notes=(Fired("nsaid-around-runs", None, ("low-back-pain",)),),
            ask=("bladder-change", "saddle-numbness", "leg-weakness", "major-trauma"),
            ask_again=("leg-weakness",),
            open_hard_stops=("pelvic-nerve-change",),
            provisional=True,
            activity=Activity.RUN,
            recheck_on=date(2026, 12, 9),
        ),
        explanation=Explanation(
            patterns=(
                PatternFit("nonspecific-mechanical", Fit.FAIR, ("low-back-pain",), (), ("varies-with-position",)),
            ),
            contributors=(Contributor("new-to-running", Weight.MODERATE, ("new-runner",), (), ("couch-to-5k",)),),
            ask=("sitting-worse",),
        ),
        advice=(Advice("foam-roll-low-back", Verdict.UNSUPPORTED, (quote(ADA_STORY, "foam roll my back"),)),),
        plan=Plan(
            AS_OF,
            (week,),
            ("first-week", "session-caps"),
            goal,
            first_do=("Before the first run, walk 30 minutes.",),
            leave_out=("Hills, most of all running downhill.",),
            stop_and_ask=("At once: new trouble with pee or poo.", "In any case look again on 9 December 2026."),
        ),
        ask=("bladder-change", "saddle-numbness", "leg-weakness", "major-trauma", "sitting-worse"),
        warnings=(),
    )


def ben(knowledge: Knowledge) -> Answer:
    """A masters marathoner, in miles, seven weeks on: an ordinary visit, several contributors, activities that show one."""
    findings = Findings(
        (
            told(BEN_STORY, "low-back-pain", "my low back has hurt since"),
            told(BEN_STORY, "downhill-worse", "worse on the downhills"),
            told(BEN_STORY, "long-run-jump", "26 km after a month of 16 km long runs"),
            told(BEN_STORY, "previous-back-pain", "I had back pain years ago", when=When.PAST),
            told(BEN_STORY, "leg-numbness-tingling", "Maybe my legs tingle", Status.UNSURE),
            told(BEN_STORY, "duration-days", "Seven weeks ago", value=49.0),
            told(BEN_STORY, "age", "I'm 54", value=54.0),
            Finding("pain-began-on", Status.PRESENT, value=date(2026, 10, 7), origin=Origin.ANSWER),
            Finding("over-six-weeks", Status.PRESENT, implied_by=("duration-days",)),
            Finding("age-over-50", Status.PRESENT, implied_by=("age",)),
            Finding("night-pain", Status.ABSENT, origin=Origin.ANSWER),
        ),
        (
            Conflict(
                "night-pain",
                Finding("night-pain", Status.ABSENT, origin=Origin.ANSWER),
                Finding("night-pain", Status.PRESENT),
            ),
        ),
    )
    run = Session(date(2026, 11, 26), SessionKind.RUN, 2400.0, 8046.72, effort_cr10=3.0, say="Easy, on the flat.")
    week = Week(AS_OF, "You keep running, but less.", "first-week", (run,))
    shown = Change(
        "long-run-spike",
        "longest-ratio",
        date(2026, 10, 7),
        26000,
        16000,
        1.625,
        Weight.STRONG,
        ("3f2a",),
        ("long-run-jump",),
    )
    return Answer(
        id="ben",
        knowledge=knowledge.version,
        request=Request(AS_OF, BEN_STORY, locale=Locale(Units.MILES, "911")),
        reading=Reading(findings, Quantities(), asks=(Ask("both-legs-symptoms", quote(BEN_STORY, "legs tingle")),)),
        findings=findings,
        quantities=Quantities(weekly_km=64.4, longest_run_km=26.0, age=54.0, goal=StoryGoal("marathon")),
        triage=Triage(
            level=Level.ROUTINE,
            fired=(Fired("not-better-at-four-weeks", Level.ROUTINE, ("over-six-weeks",)),),
            notes=(),
            ask=(),
            ask_again=(),
            open_hard_stops=(),
            provisional=False,
            activity=Activity.RUN,
            recheck_on=date(2027, 1, 6),
        ),
        explanation=Explanation(
            patterns=(
                PatternFit("extension-related", Fit.GOOD, ("downhill-worse",), ("night-pain",), ("arching-worse",)),
                PatternFit("nonspecific-mechanical", Fit.WEAK, ("low-back-pain",), (), ()),
            ),
            contributors=(
                Contributor("long-run-spike", Weight.STRONG, ("long-run-jump",), (), ("too-much-too-soon",), (shown,)),
                Contributor("hills", Weight.WEAK, ("downhill-worse",), (), ("avoid-uphill",)),
                Contributor("previous-back-pain", Weight.MODERATE, ("previous-back-pain",), (), ()),
            ),
            ask=("arching-worse", "sitting-worse"),
        ),
        advice=(Advice("stretch-after", Verdict.UNCLEAR, (quote(BEN_STORY, "stretch every day"),)),),
        plan=Plan(
            AS_OF,
            (week,),
            ("first-week",),
            PlanGoal(42195.0, None, "not-safe", None, "goal-dates", why="Not while your back hurts."),
        ),
        ask=("arching-worse", "sitting-worse"),
        warnings=("The answer `night-sweat` is not a question of ours; the rest was used.",),
    )


def cleo(knowledge: Knowledge) -> Answer:
    """Nerve signs in bladder and saddle: emergency, no plan, no patterns; her words hold signs that must be escaped."""
    findings = Findings(
        (
            told(CLEO_STORY, "low-back-pain", "lower back went"),
            told(CLEO_STORY, "lost-bladder-feeling", "can't feel myself pee"),
            told(CLEO_STORY, "saddle-numbness", "numb between my legs"),
            told(CLEO_STORY, "both-legs-weak", "Both my feet feel <b>dead</b> & heavy"),
            Finding("bladder-change", Status.PRESENT, implied_by=("lost-bladder-feeling",)),
        )
    )
    rule = knowledge.rules["pelvic-nerve-change"]
    return Answer(
        id="cleo",
        knowledge=knowledge.version,
        request=Request(AS_OF, CLEO_STORY, locale=Locale(Units.KM, "999")),
        reading=Reading(findings, Quantities(), subject="My daughter"),
        findings=findings,
        quantities=Quantities(),
        triage=Triage(
            level=Level.EMERGENCY_NOW,
            fired=(
                Fired("both-legs-nerve", Level.EMERGENCY_NOW, ("both-legs-weak",)),
                Fired("pelvic-nerve-change", Level.EMERGENCY_NOW, ("bladder-change", "saddle-numbness")),
            ),
            notes=(),
            ask=(),
            ask_again=(),
            open_hard_stops=(),
            provisional=False,
            activity=Activity.REST,
            recheck_on=AS_OF,
        ),
        explanation=Explanation(hidden=("serious-spinal",)),
        advice=(),
        plan=PlanWithheld(
            rule.say,
            Level.EMERGENCY_NOW,
            ("Call 999 or go to an emergency department now.", "Do not run or train."),
            ("pelvic-nerve-change",),
        ),
        ask=(),
        warnings=(),
    )


CAST = (ada, ben, cleo)
