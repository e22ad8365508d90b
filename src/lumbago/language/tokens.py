"""A text as tokens in clauses in sentences, each token with its place in the original."""

from __future__ import annotations

import re
from dataclasses import dataclass

WORD = r"\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?|[a-zà-öø-ÿ]+(?:'[a-zà-öø-ÿ]+)*"
_WORD = re.compile(rf"can\s+not\b(?!\s+only\b)|{WORD}|[&+@=]|/(?=10\b)")
_QUOTES = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201b": "'",
    "\u02bc": "'",
    "`": "'",
    "\u00b4": "'",
    "\u201c": '"',
    "\u201d": '"',
}
_SENTENCE_END = re.compile(r"[.!?\u2026]|\n\s*\n|\n\s*[-*\u2022]")
_WRAPPED_AT = 60  # a line break after a shorter line ends a thought; after a longer one it is only the edge of the page
# Words; a text without full stops is cut at the first clause beyond, or at the latest after twice as many, so that
# reading takes no longer a word however long the text.
_LONGEST_SENTENCE = 200
_CLAUSE_END = re.compile(r"[,;:()\[\]\u2013\u2014]|\s-+\s|->|--|\.\.")
_SYMBOLS = {"&": "and", "+": "and", "@": "at", "=": "is"}
_ONE_OF_TWO = frozenset("leg foot calf thigh knee shin toe ankle hamstring quad buttock hip".split())
# Words that open a new clause wherever they stand, and those that do so only before a new subject.
_OPENERS = frozenset("but although though tho however whereas except because cos coz cuz which unless yet".split())
_JOINERS = frozenset("and so then also plus or".split())
_SUBJECTS = frozenset(
    "i im ive id ill my its it he she hes shes they we theres there the now today that this his her their when if not no".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign. `norm` is lower case without apostrophes; `start`, `end` are code points of the text.

    after_mark: a comma, dash or full stop stands before it, over which no term reaches.
    """

    norm: str
    start: int
    end: int
    sentence: int
    clause: int
    after_mark: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """The original, its lower-case twin of the same length, its tokens, and which sentences end in a question mark."""

    raw: str
    lower: str
    tokens: tuple[Token, ...]
    questions: frozenset[int]


def lower_same_length(raw: str) -> str:
    """Lower case with plain quotes, code point for code point, so that offsets hold."""
    out = []
    for char in raw:
        low = char.lower()
        out.append(_QUOTES.get(char, low if len(low) == 1 else char))
    return "".join(out)


def tokenise(raw: str) -> Text:
    """Split a text into tokens, clauses (commas, dashes, but, and I ...) and sentences."""
    lower = lower_same_length(raw)
    tokens: list[Token] = []
    questions: set[int] = set()
    sentence = clause = begun = 0  # begun: the token that opened the sentence
    last_end = 0
    matches = list(_WORD.finditer(lower))
    for place, found in enumerate(matches):
        gap = lower[last_end : found.start()]
        marked = False
        if tokens and _ends_sentence(gap, lower, last_end):
            marked = True
            if "?" in gap:
                questions.add(sentence)
            sentence, clause, begun = sentence + 1, clause + 1, place
        elif tokens and _CLAUSE_END.search(gap):
            marked = True
            clause += 1
        norm = _SYMBOLS.get(found.group()) or _norm(found.group())
        following = matches[place + 1].group().replace("'", "") if place + 1 < len(matches) else ""
        starts_here = not tokens or tokens[-1].clause != clause
        if not starts_here and (norm in _OPENERS or (norm in _JOINERS and following in _SUBJECTS)):
            clause += 1
        if place - begun >= _LONGEST_SENTENCE and (
            clause != tokens[-1].clause or place - begun >= 2 * _LONGEST_SENTENCE
        ):
            sentence, clause, begun = sentence + 1, tokens[-1].clause + 1, place
        tokens.append(Token(norm, found.start(), found.end(), sentence, clause, marked))
        last_end = found.end()
    if "?" in lower[last_end:]:
        questions.add(sentence)
    return Text(raw, lower, tuple(tokens), frozenset(questions))


_DROPPED_G = frozenset(  # "nothin came", "it's wakin me", not "again", "within", "aspirin"
    f"{stem}in"
    for stem in """noth someth anyth everyth go com runn walk sitt stand ly lay pee piss pish wak sleep gett feel hurt kill ach burn
    tingl shoot giv lift bend do mak tak try hav los leak dripp fall tripp dragg catch slapp swell throbb stabb spinn shak shiver
    sweat puk vomit spew bleed eat drink work say think tell ask look start stopp hold carry push pull turn twist climb jogg cycl
    driv morn even wobbl stagger limp hobbl buckl fold collaps freez fix talk mov stretch cough sneez laugh scream cry wip touch
    press bust burst strain pass wait liv us wear dropp creep spread gnaw grind nagg lett putt keep see hear watch train rac rest
    breath flar happen stumbl scuff wast shuffl wett heav retch bring throw sway ring wring dripp cramp chatter
    swimm suffer flopp flapp veer scrap play lurch flex bruis smok ooz soak drench""".split()
)
_AS_SPOKEN = {
    **dict.fromkeys(("nuthin", "nuthing", "nuttin", "nuffin", "nothink"), "nothing"),
    **dict.fromkeys(("sumthin", "sumthing", "sumfin", "somethink"), "something"),
    **dict.fromkeys(("enuf", "enuff"), "enough"),
    "anythink": "anything",
    "neva": "never",
    "wiv": "with",
}


def spelt_out(word: str) -> str:
    """ "nothin" is "nothing", "enuf" is "enough": as the knowledge spells it."""
    return word + "g" if word in _DROPPED_G else _AS_SPOKEN.get(word, word)


def _norm(word: str) -> str:
    """Without apostrophes; "leg's" is one leg, not two; "can not" is one word; "nothin" and "enuf" are spelt out."""
    word = spelt_out(word)
    if word.startswith("can") and word.endswith("not") and len(word) > len("cannot"):
        return "cannot"
    return word[:-2] if word.endswith("'s") and word[:-2] in _ONE_OF_TWO else word.replace("'", "")


def _ends_sentence(gap: str, lower: str, at: int) -> bool:
    if _SENTENCE_END.search(gap):
        return True
    broken = gap.find("\n")
    return broken >= 0 and at + broken - (lower.rfind("\n", 0, at + broken) + 1) < _WRAPPED_AT
