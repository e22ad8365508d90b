"""The safety sheet: what the measurements say, for somebody who must decide whether to trust the program."""

# ruff: noqa: E501 - sentences of the page

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from scoring import HARMLESS, HERE, PIECES, READING, TRIAGE, URGENT, Fault, Figures, Result, shown

SHEET = HERE.parent / "docs" / "explanation" / "safety-sheet.md"
WORST = 10  # findings named a set
CAME_ABOUT = {
    "shared": "rules and words were built on them",
    "build": "read while building: what they showed was mended",
    "check": "never read; only figures looked at, repeatedly while building",
    "once": "never read; opened a single time",
}


def safety_sheet(results: Sequence[Result], pieces: Mapping[str, Figures]) -> str:
    """The whole page, from what was measured of the sets and of the sets of pieces. The same results give the same bytes."""
    before, after = (_short, _measured, _sets, _levels, _reading), (_misses, _findings, _limits)
    parts = (*(part(results) for part in before), _pieces(pieces), *(part(results) for part in after))
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A table of the page."""
    names = list(head)
    yield f"| {' | '.join(names)} |"
    yield f"| {' | '.join('---' for _ in names)} |"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
    yield ""


def _short(results: Sequence[Result]) -> Iterator[str]:
    held = results[-1]  # once where it was opened, else check
    got = held.figures
    urgent, harmless = got["below"].whole, got["frightened"].whole
    yield "# Safety sheet\n"
    yield "`make accuracy` writes this page from what it has just measured. Nothing here is typed by hand but the explanations.\n"
    yield (
        "**In short.** Nothing here is evidence from patients, and no clinician has reviewed the rules, the stories or the labels. "
        f"On `{held.name}`, {held.stories} stories that nobody read while building, the text alone gave:\n"
    )
    yield f"- {got['below'].part} of {urgent} urgent stories **below their level**, {got['below-unasked'].part} of them not brought there by true answers to the questions that quote their words,"
    yield f"- {got['flag-recall'].part} of {got['flag-recall'].whole} red flags read ({got['flag-recall-asked'].part} read or asked about with a quote),"
    yield f"- {got['frightened'].part} of {harmless} harmless stories sent to a clinician the same day.\n"


def _measured(results: Sequence[Result]) -> Iterator[str]:
    yield "## What was measured\n"
    yield "Each story went in as text, once, with no question answered, and the first answer was compared with labels.\n"
    yield (
        "- **Levels**: `emergency-now` go to an emergency department now; `same-day` speak to a clinician today; `within-days` see one "
        "within about a week; `routine` book an ordinary appointment; `self-care` a plan at home, and what to watch for."
    )
    yield "- **Urgent**: labelled `same-day` or `emergency-now`. **Harmless**: labelled `routine` or `self-care`."
    yield "- **Accepted**: the labelled level, or one that the label says a reasonable clinician could choose as well."
    yield "- **Below its level**: less urgent than every accepted level."
    yield (
        "- **Covered by a quoted question**: the program did not take the words as a danger sign, but shows them to the writer and asks. "
        "The quoted questions, answered as the labels say, must bring the story to its level; a question about something that the labels "
        "have no name for counts as answered with yes. This is a question, not a result: the writer must still answer it rightly."
    )
    yield "- **Red flag read**: its sign taken as present now. Findings count only with the right value (yes, no, unsure) and time (now, past, somebody else's)."
    yield (
        "- **Trap**: a red flag that is denied, over or somebody else's. A trap story is taken when any red flag is read as present "
        "that the labels do not give.\n"
    )
    versions = sorted({each.knowledge for each in results})
    yield f"Brackets give the counts and the 95 % Wilson interval. Knowledge measured: {', '.join(f'`{each}`' for each in versions)}.\n"


def _sets(results: Sequence[Result]) -> Iterator[str]:
    yield "## How the sets came about\n"
    yield from table(
        ["set", "stories", "urgent", "within days", "harmless", "writers", "labellers", "what was done with it"],
        (
            [
                f"`{each.name}`",
                each.stories,
                sum(each.levels[level] for level in URGENT),
                each.levels["within-days"],
                sum(each.levels[level] for level in HARMLESS),
                each.writers or "not told",
                each.labellers or "not told",
                CAME_ABOUT[each.name],
            ]
            for each in results
        ),
    )
    yield (
        "The writers of `build`, `check` and `once` had seen no vocabulary, no rule and no earlier story. They were told only facts to "
        "convey and a person to be. A different reader then labelled each story from its text alone, without the task and without "
        "running the program. The `shared` stories are newly written after public pages; one annotator labelled them and a second, blind, "
        "checked.\n"
    )
    if all(each.name != "once" for each in results):
        yield "A fourth set, `once`, to be measured a single time, is written, labelled and still closed.\n"
    yield "**All these writers and readers were sessions of a language model. None of them is a clinician, and no clinician has reviewed their work.**\n"


def _levels(results: Sequence[Result]) -> Iterator[str]:
    yield "## How often the level is right\n"
    yield (
        "Beside Lumbago stand three rules that ask nothing: *always self-care*; *NHS-list keywords*, everyday words for the NHS's own list of "
        "when to seek help with back pain; *anchor words*, any word that often goes with danger. They are in `benchmarks/baselines.yaml`.\n"
    )
    for each in results:
        who = {"Lumbago": each.figures, **each.baselines}
        yield f"### Levels on {each.name}\n"
        yield from table(
            [f"{each.stories} stories", *who],
            ([words, *(shown(figure, one[figure]) for one in who.values())] for figure, words in TRIAGE.items()),
        )


def _reading(results: Sequence[Result]) -> Iterator[str]:
    yield "## How well it reads\n"
    yield from table(
        ["", *(f"`{each.name}`" for each in results)],
        ([words, *(shown(figure, each.figures[figure]) for each in results)] for figure, words in READING.items()),
    )


def _pieces(pieces: Mapping[str, Figures]) -> Iterator[str]:
    yield "### Danger signs told in a sentence or two\n"
    yield (
        "Pieces tell one thing each, in as many ways as their writers could think of, often more oblique than a post. "
        "`pieces` were read while building, and the second reader learns from them; `pieces-check` were not.\n"
    )
    yield from table(
        ["", *(f"`{name}`" for name in pieces)],
        ([words, *(shown(figure, each[figure]) for each in pieces.values())] for figure, words in PIECES.items()),
    )


def _misses(results: Sequence[Result]) -> Iterator[str]:
    yield "## Every miss\n"
    yield "Every story below its level, urgent or not, and every harmless one sent to a clinician the same day.\n"
    for each in results:
        yield f"### Misses on {each.name}\n"
        if each.misses:
            yield from table(
                ["story", "should be", "was given", "red flags missed", "covered by a quoted question"],
                (
                    [m.id, m.gold, m.given, ", ".join(m.flags) or "none", "yes" if m.asked else "**no**"]
                    for m in each.misses
                ),
            )
        else:
            yield "None below its level.\n"
        yield f"Harmless, sent to same-day or higher: {', '.join(each.frightened) or 'none'}.\n"


def _findings(results: Sequence[Result]) -> Iterator[str]:
    yield "## The worst findings\n"
    yield f"Red flags first, the most missed first; at most {WORST} a set. Missed or wrong here means value and time too: a doubt read as a yes counts on both sides.\n"
    for each in results:
        yield f"### Findings on {each.name}\n"
        yield from table(
            ["finding", "told as present, missed", "of these asked about", "other labels missed", "wrongly read"],
            map(_fault, each.faults[:WORST]),
        )


def _fault(fault: Fault) -> list[object]:
    told = [said for said in fault.missed if (said.value, said.when) == ("yes", "now")]
    asked = sum(said.asked for said in told)
    return [f"`{fault.finding}`", len(told), asked, len(fault.missed) - len(told), len(fault.wrong)]


def _limits(_: Sequence[Result]) -> Iterator[str]:
    yield "## Limits\n"
    yield "- **No patients.** People who write for themselves may put things in ways that no writer here thought of."
    yield (
        "- **Labels can be wrong.** One reader a story. Where a second one read blind (210 stories, `check` among them), they agreed on 97 to "
        "100 of 100 red flags. Both were the same model with the same brief: that shows steady labels, not right ones. How far two clinicians "
        "would agree is not known."
    )
    yield (
        "- **Writers, labellers and builders were all language models.** They may share habits of speech and blind spots, which makes "
        "every set easier than strangers would be."
    )
    yield "- **The mix is made.** Danger is far more common here than among runners with sore backs, so no share of right alarms carries over."
    yield "- **`shared` and `build` are fitted.** They show what the program has learned, not what it will do with a stranger."
    yield "- **`check` is not untouched.** Nobody reads it, but each look at its figures lets a little of it into the work. `once` is the cleaner measure, a single time."
    yield "- **The second reader** learnt from `shared` and `build`, so that what it does to their figures says nothing."
    yield "- **The intervals know chance only.** Stories of one writer or one task resemble each other, so the true ranges are wider."
    yield (
        "- **The first answer only.** In use every danger that the words left open is asked about before a week with running is given. "
        "What people answer was not measured."
    )
    yield "- **English only**, as runners write it. It is no medical device."
