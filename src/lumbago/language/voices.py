"""Who speaks, by the words alone: the one who asks, somebody who answers, or a site; for pages that name nobody."""

from __future__ import annotations

import re
from itertools import pairwise

_A = re.IGNORECASE
_I = re.compile(r"\b(?:i|i['’]?(?:m|ve|d|ll)|my|me|mine|myself)\b", _A)
_YOU = re.compile(r"\b(?:you|your|yours|yourself|you['’]?(?:re|ve|d|ll)|u|ur)\b", _A)
# "You" as people who ask say it.
_ASKING = re.compile(
    r"\b(?:thank ?(?:you|u|ya)|thanks to you|(?:do|did|would|could|can|will|have|has|are"
    r"|were) (?:any of )?you (?:guys|all|lot|folks|think|recommend|suggest|help)"
    r"|you (?:guys|all|lot|folks)|any of you|all of you|what (?:do|would|should|did) you|(?:could|would|can) you"
    r"|let you know|keep you"
    r"|you know|tell you|your (?:help|advice|replies|reply|answers?|suggestions?|tips?|comments?|input|thoughts"
    r"|time|kind))\b",
    _A,
)
_THANKS = re.compile(
    r"\W{0,3}(?:hi |hello |hey |ok |oh |wow |many )?(?:thank you|thanks)[ ,]+(?:so much|very much|all|everyone"
    r"|everybody|guys|folks|again"
    r"|(?:to|for) (?:all|everyone|everybody|(?:the|your|all the) (?:quick |great |kind )?(?:repl|help|advice"
    r"|answers|tips|respon|suggest|input|ideas|comments)))",
    _A,
)
_THANKS_ANY = re.compile(r"\W{0,3}(?:hi |hello |hey |ok |oh |wow |many |great,? )?(?:thank|thanks|thx|cheers)\b", _A)
# A second sufferer joins in, or somebody is called by name.
_JOINS = re.compile(
    r"\b(?:same|similar|exact) (?:kind of |sort of )?(?:exact )?(?:problems?|issues?|thing|pain|trouble|symptoms?"
    r"|boat)\b|\bsame (?:here|with me)\b"
    r"|\bme too\b|\bi (?:had|have|get) .{0,40}\b(?:too|as well)\b|\A@?[\w-]{3,20} (?:said it|is right|nailed it)\b"
    r"|\bi (?:also|too) (?:had|have|get|got)\b|\b(?:worked|works|did it) for me\b",
    _A,
)
_ADVICE = re.compile(
    r"\byou (?:should|need|must|could|might|may|have to|want to|are|were|seem|do|can)\b|\bif you\b|\btry\b"
    r"|\b(?:have|are|do) you\b|you're"
    r"|\byour (?:back|form|gait|shoes|posture|core|psoas|hips?|legs?|spine|feet|foot|run(?:s|ning)?|hamstrings?"
    r"|weight|doctor)\b|\bhope (?:this|that|it)\b|\bgood luck\b",
    _A,
)
# Words that no guess may take out of a story.
_GRAVE = re.compile(
    r"numb|tingl|pins and needles|can['’]?t feel|no feeling|weak|\bpee|\bwee\b|\burin|bladder|bowel|\bpoo(?:p|s"
    r"|ed|ing)?\b|toilet|\bloo\b|inconti|leak|saddle"
    r"|groin|genital|fever|temperature|chill|sweat|cancer|tumou?r|lump|weight loss|losing weight|faint|collaps"
    r"|chest|breath|paraly|foot drop"
    r"|legs? (?:gave|giv|go)|steroid|pregnan|blood|suicid|kill myself|night|wakes? me|fell|crash|accident"
    r"|can['’]?t (?:walk|stand|move)|worse",
    _A,
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_GAP = re.compile(r"\n[ \t\r]*\n[ \t\r]*\n\s*")  # two empty lines or more
_SMALL_I = re.compile(r"\b(?:i|im|ive|dont|cant)\b")
_LARGE_I = re.compile(r"\bI\b")
_HEADING = re.compile(r"^.{1,80}\?[ \t]*$", re.MULTILINE)  # "Why does my back hurt?", as sites head a paragraph
_TITLE = 100  # characters; a shorter line without "I" can be a title
_ANSWERING_BLOCKS, _OFTEN_I = 3, 5
_ARTICLE_WORDS, _ARTICLE_YOU = 120, 5
_SITE_SAYS = re.compile(
    r"^[^\w\n]{0,4}(?:request|book|schedule|make) an appointment|\bcall us\b|\bcontact us\b|\bour (?:team|clinic"
    r"|specialists?|doctors|physios|therapists)\b"
    r"|\b(?:at|the) [A-Z]\w+ (?:[A-Z]\w+ )?(?:Clinic|Hospital|Institute)\b|^[^\w\n]{0,4}(?:comments"
    r"|leave a (?:comment|reply)|share this|related (?:articles|posts)|about the author|references)\b"
    r"|\bin this (?:article|post|guide)\b|^[^\w\n]{0,4}(?:how to|what (?:causes|is|are)|why does) .{5,70}$",
    re.IGNORECASE | re.MULTILINE,
)


def says_i(text: str) -> bool:
    """Whether a text speaks in the first person."""
    return _I.search(text) is not None


def says_you(text: str) -> bool:
    """Whether a text speaks to somebody, other than as people do who ask for help or thank for it."""
    return _YOU.search(_ASKING.sub(" ", text)) is not None


def answers(text: str) -> bool:
    """Whether a text speaks to somebody, or joins in as a second sufferer."""
    return says_you(text) or _JOINS.search(text) is not None


def gives_thanks(text: str) -> bool:
    """Whether a post opens with thanks to all, as the one who asked comes back."""
    return _THANKS.match(text.lstrip()) is not None


def has_own_body(text: str) -> bool:
    """Whether a text before the first mark is a post, and not only the title of one."""
    said = [line for line in text.splitlines() if says_i(line)]
    return sum(map(len, said)) >= _TITLE or any(len(line) >= 40 and line.rstrip()[-1] in ".!?" for line in said)


def is_article(text: str) -> bool:
    """A site's own text: long, to "you", never "I" but in headings, and with what only a site says. In doubt it is a story."""
    return (
        not says_i(_HEADING.sub("", text))
        and len(text.split()) >= _ARTICLE_WORDS
        and sum(1 for _ in _YOU.finditer(text)) >= _ARTICLE_YOU
        and _SITE_SAYS.search(text) is not None
    )


def unmarked_posts(text: str) -> list[tuple[int, int, bool]]:
    """(start, end, is the asker's) for a thread whose posts only empty lines part; empty where it is no such thread.

    The first post is the asker's, and so is each later one that does not speak as those who answer do.
    """
    cuts = [0, *(gap.end() for gap in _GAP.finditer(text)), len(text)]
    blocks = [(start, end) for start, end in pairwise(cuts) if text[start:end].strip()]
    first = next((n for n, (start, end) in enumerate(blocks) if has_own_body(text[start:end])), len(blocks))
    later = [(start, end, text[start:end]) for start, end in blocks[first + 1 :]]
    others = {start: said for start, _, said in later if _answers(said)}
    if sum(says_you(said) and bool(_ADVICE.search(said)) for said in others.values()) < _ANSWERING_BLOCKS:
        return []
    joined = any(_JOINS.search(said) and _SMALL_I.search(said) for said in others.values())
    large = len(_LARGE_I.findall(text[slice(*blocks[first])])) >= _OFTEN_I and not _SMALL_I.search(
        text[slice(*blocks[first])]
    )
    found = [(start, end, True) for start, end in blocks[: first + 1]]
    for start, end, said in later:
        # who joined in with a small "i" goes on with it, where the asker writes it large
        same_hand = joined and large and _SMALL_I.search(said) is not None and not _tells_of_danger(said)
        found.append((start, end, start not in others and not same_hand))
    return found


def _answers(said: str) -> bool:
    if _THANKS_ANY.match(said) or _tells_of_danger(said):
        return False
    return answers(said)


def _tells_of_danger(said: str) -> bool:
    """A grave word in a sentence about oneself: whoever wrote it, it is not left out on a guess."""
    return any(
        says_i(each) and not says_you(each) and _GRAVE.search(each) is not None for each in _SENTENCE.findall(said)
    )
