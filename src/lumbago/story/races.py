"""Races to come: however they are named, what announces one, what tells of one that is over, and when it is."""

# ruff: noqa: E501 - a pattern is read best in one piece

from __future__ import annotations

import re
from collections.abc import Iterator

from lumbago.language.numbers import DAYS, TENS, number_of
from lumbago.language.tokens import Text

_COUNT = r"\d{1,3}(?:\.\d)?|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|sixteen|twenty"
_UNIT = r"days?|wks?|weeks?|months?|mths?"
_DAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_NEAR_DAY = rf"(?:tomorrow|tonight|this\ weekend|next\ weekend|(?:this|next|coming|on)\ {_DAY_NAME}|{_DAY_NAME})"
_MONTH = r"(?:jan|febr?|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ch|il|ust|ember|tember|ober)?"
_SEASON = r"(?:spring|summer|autumn|the\ fall|the\ new\ year)"
_KINDS = r"""(?:half[ -]?marathon|marathon|ultra(?:marathon)?|triathlon|(?:sprint\ |olympic\ |my\ |a\ )tri|duathlon|ironman|hyrox|fun\ run|colou?r\ run|turkey\ trot
  |race\ for\ life|relay|handicap|cross[ -]country|xc|hm|vlm|gnr|comrades|(?:park)?meet|champs|championships?|nationals|regionals|races?)"""
_LENGTHS = (
    rf"(?:\d{{1,3}}[ -]?(?:k|kms?|milers?|mile\ race)|{TENS}[ -]?(?:k|miler)|(?:five|ten|fifteen)[ -]?(?:k|milers?))"
)
_PLACES = r"""(?:london|berlin|boston|chicago|new\ york|nyc|paris|valencia|manchester|brighton|edinburgh|dublin|amsterdam|rotterdam
  |copenhagen|philly|philadelphia|melbourne|sydney|gold\ coast|great\ (?:north|south|manchester|scottish)(?:\ run)?|loch\ ness
  |two\ oceans|city\ (?:to|2)\ (?:surf|bay)|cork|belfast|bath|leeds|hackney|cardiff)"""
_NOT_HALF = r"""(?:an?|one|two|the|first|second|other|top|bottom|upper|lower|better|last|back|front|only|past|by|in|at|about|maybe|around|than|just
  |roughly|almost|nearly|your|his|her|each|this|that|these|and|or|right|left|my|inner|outer|over|under|not)"""
_NO_RACE = r"\ (?:an?|the|of|my|your|way|hours?|mile|as|past|is\ my|what|that|it|its|the\ size|size|speed|time|ten|marathons?|full|term|asleep|dead|decent|price)\b"
_ANY_RACE = re.compile(
    rf"""\b(?: (?P<kind>{_KINDS}) | (?P<half>(?!{_NOT_HALF}\b)[a-z]\w+\ half\b(?!{_NO_RACE})
        |(?:my|a|first)\ half\b(?=\ (?:in|on|this|next|coming|training|block|plan|build|prep|ready)\b)(?!\ in\ \d:)) | (?P<length>{_LENGTHS}) | (?P<place>{_PLACES}) )\b""",
    re.VERBOSE,
)
_GONE_BY = re.compile(
    r"""\b(?:ran|did|done|finished|completed|raced|since|after|following|post|survived|pb'?d?\ (?:at|in)|recover\w+|last|ago|had(?!\ (?:planned|signed|entered|booked|hoped|a\ place))|got\ round
        |was|were|used\ to|missed|cancelled|watched|watching|won|medal|every\ year|anyone|if\ you|halfway\ through|during|from(?<!out\ from))\b""",
    re.VERBOSE,
)
_GONE_AFTER = re.compile(
    r"^\W{0,2}(?:was|were|went|felt|left\ me|last|ago|done|finished|in\ (?:19|20)\d\d|pace|pb|in\ \d\d?:\d\d|shirt|medal)\b"
)
_ANNOUNCED = re.compile(
    r"""\b(?:train(?:ing|ed|in'?)?\ (?:for|to|towards)|prep(?:ping|aring)?\ for|out\ from|had\ planned|build(?:ing)?\ (?:up\ )?(?:for|to|towards)|sign(?:ed)?\ up
        |entered|registered|inscri\w+|(?:place|spot|bib|entry|number)\ (?:in|for)|booked|down\ for|ready\ for|eye\ on|goal|target\w*|aim\w*
        |can\ i\ (?:still\ )?(?:do|run|race|jog)|will\ i\ (?:be|make|still)|should\ i\ (?:still\ )?(?:do|run|race|pull)|still\ (?:do|run|race|make)
        |hop(?:e|ing)\ to\ (?:do|run|make|get)|want(?:ing)?\ to\ (?:do|run|make|get)|going\ to\ (?:do|run)|(?:supposed|meant|due|planning|planned)\ (?:to|on|the)
        |i'?m\ (?:doing|running)|doing\ the|have\ (?:got\ )?(?:a|my|the)|i'?ve\ (?:got|a)|got|get\ to\ the|start\ line\ of|next|upcoming|miss|withdraw|defer|pull\ out\ of)\b""",
    re.VERBOSE,
)
_COMING = re.compile(
    r"^\W{0,2}(?:coming\ up|is\ coming|to\ come|looming|approach\w+|training|build|prep|block|attempt|ballot|place|entry)\b"
)
_BY_THEN = re.compile(
    rf"""\b(?:(?P<fortnight>(?:in\ )?(?:a|under\ a)\ fortnight|a\ week\ (?:on\ |today|tomorrow|{_DAY_NAME})|week\ after\ next|next\ week|{_NEAR_DAY}\ week)
        |(?P<day>{_NEAR_DAY})|(?P<later>(?:in|this|next|end\ of|start\ of|early|late|mid)\ (?:{_MONTH}|{_SEASON}|year)))\b""",
    re.VERBOSE,
)
_WEEKS_LEFT = re.compile(
    rf"""\b(?:in|got|only|just)\ (?:about\ |just\ |under\ |the\ next\ )?(?P<n>{_COUNT})[\ -](?P<unit>{_UNIT})\b(?!\ (?:ago|of|off|with))
      | \b(?P<n2>{_COUNT})[\ -](?P<unit2>{_UNIT})\ (?:(?:to|till?|until)\ (?:go|race|the|my)|out\b|away|before|from\ (?:now|the|my|race)|(?:to|till?|until)\s*$)
      | \bso\ (?P<n3>{_COUNT})[\ -](?P<unit3>{_UNIT})\b""",
    re.VERBOSE,
)
_SENTENCE = re.compile(r"[!?;\n]|\.(?!\d)")
_SIMPLE_NEAR = re.compile(r"(?:for|to|do|run|entered|next|still)\s(?:the|my|a|this)?\s?(?:\w+\s)?$")
_SOON_DAYS, _WEEK_DAYS = 5.0, 10.0
_JUST_BEFORE = 12  # letters


_FOR_IT = re.compile(r"\b(?:for|before|until|till)\ (?:the|my|a|an|this|our)?\ ?(?:first\ )?(?:\w+\ ){0,2}$")
_IN_TRAINING = re.compile(r"^\W{0,2}(?:training|build|prep|block|attempt|ballot|coming\ up)\b")
_TRAINING_FOR = re.compile(
    r"""\btrain(?:ing|in|s)?'?\ (?:for|towards)\ (?!(?:an?\ )?(?:years?|months?|weeks?|while|bit|life|fun|fitness|ages|long|about|over|nearly|\d+\ \w+|two|three|four
        |five|six|it|that|this|anything|nothing|any|an?\ hour|health|strength|me|no|work|the\ past|the\ last|what|which|months|so|some)\b)""",
    re.VERBOSE,
)
_PLACE_IN_MONTH = re.compile(
    rf"""\b(?i:got|doing|entered|running|get\ back\ to|have)\ (?:(?i:the|my|to)\ )*(?!Covid|COVID|Flu|I\b)(?:[A-Z][\w']+\ ?){{1,3}}(?:(?i:to)\ [A-Z]\w+\ )?
        (?i:in|on|this|next)\ (?i:{_MONTH}|{_SEASON})\b""",
    re.VERBOSE,
)
_PAST_TELLING = re.compile(r"\b(?:was|were|used\ to|not|n't|never|ago|when\ i|had\ been|years|without|if)\b[^.]*$")
_JUST_A = re.compile(r"(?:got|doing|have|do|is|'s|entered|run|running)\s(?:a|my|the)?\s?$")
_CUED = re.compile(r"^\W{0,2}(?:is|s|'s|race|this|next|coming|tomorrow)\b")
_BARE_DAY = re.compile(_DAY_NAME)
_SIMPLE = ("race", "races", "relay", "relays", "meet", "xc", "handicap", "champs", "cross country", "cross-country")
_NAMED_BEFORE = re.compile(r"(?:[A-Z][\w']+|charity|club|local)\ $")


def race_ahead(text: Text) -> tuple[float | None, int, int] | None:
    """A race to come that the writer names: the weeks until it where they are told, and the stretch of text that says it."""
    found = [told for told in (*_named(text), *_trained_for(text)) if told]
    return next((told for told in found if told[0] is not None), next(iter(found), None))


_RAN = re.compile(
    r"""\b(?:ran|did|done|finished|completed|raced|since|after|following|survived|smashed|got\ (?:round|through|to\ the\ end\ of)|limped\ round
        |hobbled\ round|racing|run\ my|medal\ (?:at|from)|pb'?d?\ (?:at|in))\ (?:the|a|an|my|that|our|this|last|\w+'s)?\ ?(?:first\ )?(?:[\w']+\ ){0,3}$""",
    re.VERBOSE,
)
_JUST_NOW = re.compile(
    rf"""\b(?:yesterday|yday|last\ (?:night|week|weekend|{_DAY_NAME})|(?:this|the)\ (?:morning|weekend|other\ day)|at\ the\ weekend|on\ {_DAY_NAME}|{_DAY_NAME}\b(?!s)
        |(?:a|one|two|three|four|five|couple\ of|few|[2-9]|1\d)\ (?:days?|weeks?|wks?)\ (?:ago|back)|a\ week\ (?:ago|on)|(?:the\ )?(?:week|weekend|day)\ (?:before|afore|after))\b""",
    re.VERBOSE,
)
_NOT_JUST = re.compile(
    rf"\b(?:in\ {_MONTH}|20\d\d|19\d\d|years?\ ago|months?\ ago|every|times|training|usual|normal|easy|if|when\ can|before\ i|upped|up\ to|{_DAY_NAME}s)\b",
    re.VERBOSE,
)


_OTHERS = re.compile(
    r"\b(?:my|our|his|her)\ (?:mate|friend|brother|sister|wife|husband|partner|dad|mum|mam|mom|son|daughter|cousin|uncle|boss|coach|neighbou?r|pal)\b|\b(?:he|she|they)\b"
)


def race_behind(text: Text) -> tuple[int, int] | None:
    """A race just run: a race by name with what tells of running it before and a day of the last weeks in its sentence."""
    for found in _ANY_RACE.finditer(text.lower):
        start, end = found.span()
        before = _SENTENCE.split(text.lower[max(0, start - 60) : start])[-1]
        after = _SENTENCE.split(text.lower[end : end + 40])[0]
        if (
            _OTHERS.search(before)
            or not _RAN.search(before)
            or _NOT_JUST.search(before[-30:] + "|" + after)
            or _IN_TRAINING.match(after)
        ):
            continue
        if found["length"] and not re.search(r"race|(?:[2-9]\d|1[5-9]\d)\s?k|fifty|100", found[0]):
            continue
        if _JUST_NOW.search(before) or _JUST_NOW.search(after[:30]):
            return start, end
    return None


def _trained_for(text: Text) -> Iterator[tuple[float | None, int, int]]:
    """ "Training for Around the Bay", "got Rotorua in May": a race by the way it is spoken of, whatever its name."""
    for pattern, words in ((_TRAINING_FOR, text.lower), (_PLACE_IN_MONTH, text.raw)):
        for found in pattern.finditer(words):
            before = _SENTENCE.split(text.lower[max(0, found.start() - 40) : found.start()])[-1]
            if not _PAST_TELLING.search(before):
                yield None, found.start(), found.end()


def _named(text: Text) -> Iterator[tuple[float | None, int, int] | None]:
    for found in _ANY_RACE.finditer(text.lower):
        start, end = found.span()
        before = _SENTENCE.split(text.lower[max(0, start - 70) : start])[-1]
        after = _SENTENCE.split(text.lower[end : end + 45])[0]
        in_training = bool(_IN_TRAINING.match(after))
        announced = [m.end() for m in _ANNOUNCED.finditer(before)]
        gone = [m.end() for m in _GONE_BY.finditer(before) if m.end() > len(before) - 40]
        for_it = not found["length"] and bool(_FOR_IT.search(before))
        if for_it:
            announced.append(len(before))
        if not in_training and (_GONE_AFTER.match(after) or (gone and gone[-1] > max(announced, default=-1))):
            continue
        near = bool(announced and announced[-1] > len(before) - 30) or in_training
        bare = bool(found["length"] or found["place"])
        called = bool(_NAMED_BEFORE.search(text.raw[max(0, start - 20) : start]))
        if _JUST_A.search(before):
            called = True
        weeks, when = _weeks_left(
            before[-40:],
            after[:34],
            (found["length"] and not called) or (bare and not (near or called)),
            near or for_it or bool(_CUED.match(after)) or not before.strip(" ,(my"),
        )
        simple = found["kind"] in _SIMPLE
        if when is None and found["length"]:
            if not (near and called):
                continue
        elif when is None and simple and not in_training:
            if not (near and _SIMPLE_NEAR.search(before)):
                continue
        elif when is None and not near and not for_it and not _COMING.match(after):
            continue
        yield weeks, start, end


def _weeks_left(before: str, after: str, bare: object, cued: bool) -> tuple[float | None, str | None]:
    """Weeks until a race by the words around its name, and the words that say when; a bare distance needs more than a weekday."""
    for side in (after, before):
        found = _WEEKS_LEFT.search(side)
        if found and (side is after or found["n2"] or len(before) - found.end() < _JUST_BEFORE):
            word, unit = next((found[f"n{n}"], found[f"unit{n}"]) for n in ("", "2", "3") if found[f"n{n}"])
            if unit.startswith("m"):
                return None, found[0]
            days = DAYS["day"] if unit.startswith("d") else DAYS["week"]
            return round(number_of(word) * days / DAYS["week"], 1), found[0]
    for side in (after, before):
        found = _BY_THEN.search(side if side is after else side[-24:])
        if found and found["later"]:
            return None, found[0]
        if found and found["fortnight"]:
            return _WEEK_DAYS / DAYS["week"], found[0]
        if (
            found
            and found["day"]
            and not bare
            and (cued or (not found["day"].startswith("on ") and not _BARE_DAY.fullmatch(found["day"])))
        ):
            return _SOON_DAYS / DAYS["week"], found[0]
    return None, None
