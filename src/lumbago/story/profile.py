"""Who tells the story: age and sex, where the words say it."""

# ruff: noqa: E501 - a pattern is read best in one piece

from __future__ import annotations

import re
from collections.abc import Iterator

from lumbago.language.numbers import TENS, UNITS, Amount, number_of
from lumbago.language.tokens import Text

YOUNGEST, OLDEST = 4, 100
YOUNGEST_WRITER = 10  # whose shoes may be five years old
_SEX_OF = {"f": "female", "w": "female", "m": "male"}
_DECADE = {"early": 2.0, "mid": 5.0, "late": 8.0}
_FIRST_SCHOOL_YEAR = 5  # a child in school year 9 is 13 or 14

_TEENS = "thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_N = rf"(?P<n>\d{{1,3}}|(?:{TENS})(?:[ -](?:{UNITS}))?|{_TEENS}|eleven|twelve)"
_OLD = rf"(?:fifty|sixty|seventy|eighty|ninety)(?:[ -](?:{UNITS}))?"  # whoever began at sixty is sixty at the least
_TIES = "|".join(tens[:-1] + "ies" for tens in TENS.split("|"))
_NO_AGE_AFTER = (
    r"(?!\s*(?:%|/(?!\s*[fm]\b)|:|[.,]\d|k\b|km|mi|mm|cm|kg|lb|f(?:oo|ee)?t\b|'|st\b|th\b|nd\b|rd\b|stone|sec|hour|hr|day|wk|week|month|mth|mph"
    r"|mpw|pounds|times|x\b|years?\ (?:in|of|running)|off|out|down|runs|reps|percent|degrees))"
)
_CHILD = r"daughter|son|kid|boy|girl|lass|teenager|lad|child|niece|nephew|grandson|granddaughter"
_ADULT = r"mum|mom|mam|mother|dad|father|wife|husband|partner|brother|sister|friend|mate|gran|nan|grandad|girlfriend|boyfriend"


def _patterns(*texts: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.VERBOSE) for text in texts)


_OWN_AGE = _patterns(
    r"\b(?:i'?m|i\ am|am|aged?|age:?|(?:just\ |recently\ )?turn(?:ed|ing)|i'?ll\ be)\s+"
    rf"(?:a\s+|only\s+|just\s+)?{_N}\b{_NO_AGE_AFTER}",
    rf"(?<!it's\ )(?<!its\ )(?<!is\ )(?<!are\ )\b{_N}\s*-?\s*(?:years?|yrs?)\s*-?\s*(?:old|young|of\ age)\b",
    rf"\b{_N}\s*(?:yo|y/o|y\.o\.?)\b",
    r"(?<![\d.,])\b(?P<n>[1-9]\d)\s*/?\s*(?P<sex>f|m)\b(?!\s*(?:pace|/|per))",
    rf"\b(?P<sex>f|m|female|male|woman|man)\s*[,/]?\s*(?P<n>[1-9]\d)\b{_NO_AGE_AFTER}",
    r"^\W*[a-z]+(?:\ [a-z]+){0,2},(?:\ [a-z][a-z\ -]{2,24},)?\s*(?P<n>[1-9]\d)\s*[.,;]",
    r"(?:^|(?<!\d)[.!?\n])\s*(?P<n>[1-9]\d)\s*[,.]\s",
    r"(?:^|[.!?\n,])\s*(?P<n>[1-9]\d)\ (?:here|years\ young|and\ (?:still|counting|retired|never|feel\w*|proud|fit|run\w*|jog\w*|been))\b",
    r"(?<!stopping\ )(?<!holding\ )(?<!hold\ )(?<!sitting\ )(?<!weighing\ )\b(?:now|at)\ (?P<n>1[3-9]|[2-9]\d)(?![.,]\d)(?=\s*[.,;!)]|\ years?\b(?!\ (?:in|of|running))|\ and\b)",
    rf"\bat\ (?:the\ )?(?:ripe\ )?(?:old\ )?age\ of\ (?P<from>[5-9]\d|{_OLD})\b",
    rf"\b(?:run\w*|jog\w*|it|up|still|yes|lycra)\ at\ (?P<from>{_OLD})\b{_NO_AGE_AFTER}",
    rf"\b(?:have|has|with)\ {_N}\ years\b(?!\ (?:of|in|ago|back|running|left|experience|with|and\ (?:of|in)))",
    r"\bbeing\ (?P<n>1[2-7])\b(?!\s*(?:k|mi|%|min|st|week|day))",
    r"\b(?P<n>[1-9]\d)\ (?:of\ )?age\b",
    r"\b(?:v|vet|f?mv|fv|wv|lv)\ ?(?P<n>[3-8][05])\b",
    r"[,(]\s*(?P<n>[1-9]\d)\s*[,)](?=\s*(?:retired|pensioner|nurse|teacher|office|desk|mum|mom|dad|runner|male|female|here|from|no|never|fit|been|still|jog|run|plod))",
    r"[.!?]\s+(?P<n>[1-9]\d)\s*[.!]?\s*$",
    rf"(?:^|[.!?]\s+)(?P<n>(?:{TENS})(?:[ -](?:{UNITS}))?)\s*[.,;!]",
    rf"\b(?:runner|here|lady|gran\w*|grandad|pensioner|bloke|woman|man|guy|girl|lad)\s*,?\s*(?:here\s*,?\s*)?{_N}\s*[.,;!]",
    rf"\b(?:pensioner|man|woman|lady|bloke|lad|girl|boy|runner)\ of\ {_N}\b{_NO_AGE_AFTER}",
    rf"\bat\ (?:my\ age\ \(?)?{_N}\b\)?(?=\s*(?:i\b|you\b|one\b))",
    r"\b(?:pushing|nearly|almost|approaching|coming\ up\ to|just\ shy\ of|getting\ on\ for)\s+"
    r"(?P<nearly>[4-9]0)\b(?!\s*(?:k|mi|%|min))",
    rf"\bin\ my\ (?P<decade>early|mid|late)?[ -]?(?:(?P<n>[2-8]0)s|(?P<tens>{_TIES}))\b",
    r"\b(?:i'?m|im|am)\ in\ (?:school\ )?year\ (?P<school>[5-9]|1[0-3])\b",
    r"\b(?:i'?m|im|am|run|race|compete|play)\ (?:in|an?|for|with|at)?\ ?(?:the\ |our\ |club\ )?(?:u|under)[\ -]?(?P<under>1[1-8])'?s?\b",
)
_ON_SCALES = re.compile(r"\b(?:scales?|weigh(?:ed|ing|s)?|weigh-in)\b[^.!?\d]{0,40}$")  # "got on the scales and I'm 58"
_THEIR_AGE = _patterns(
    rf"\b(?:{_CHILD}|{_ADULT})\s*(?:is|,\s*who\ is|,\s*who'?s|,|\(|who'?s|who\ is|just\ turned|aged|of)?\s*{_N}\b{_NO_AGE_AFTER}",
    r"\b(?:he|she)(?:'?s|\ is|\ was|\ just\ turned|\ turned|\ has\ just\ turned)\s+"
    rf"(?:only\s+|just\s+|nearly\s+)?{_N}\b{_NO_AGE_AFTER}",
    r"\b(?:he|she)(?:'?s|\ is)\ in\ (?:school\ )?year\ (?P<school>[5-9]|1[0-3])\b",
)
_SEX = re.compile(
    r"""(?<!my\ )\b(?: (?P<f>female|woman|lady|girl|mum\ of|mother\ of|mum\ to|gal)
                  | (?P<m>male|man|guy|bloke|dad\ of|father\ of|lad) )\b""",
    re.VERBOSE,
)
_WOMEN_ONLY = re.compile(
    r"\b(?:pregnant|my\ periods?|post-?partum|pp|breast\ ?feeding|menopaus\w*|my\ bump|gave\ birth|c-section)\b",
    re.VERBOSE,
)


def ages(text: Text, about_other: bool = False) -> Iterator[Amount]:
    """Every age in years, the surest wording first. about_other: the story is somebody else's, so "she's 14" is the age."""
    for pattern in (*_THEIR_AGE, *_OWN_AGE) if about_other else _OWN_AGE:
        for found in pattern.finditer(text.lower):
            if _ON_SCALES.search(text.lower, max(0, found.start() - 60), found.start()):
                continue
            years = _years(found.groupdict())
            if (YOUNGEST if about_other else YOUNGEST_WRITER) <= years <= OLDEST:
                yield Amount(years, *found.span())


def _years(said: dict[str, str | None]) -> float:
    if said.get("school"):
        return float(said["school"] or 0) + _FIRST_SCHOOL_YEAR - 1
    if said.get("under"):
        return float(said["under"] or 0) - 1
    if said.get("nearly"):
        return float(said["nearly"] or 0) - 1
    if said.get("tens"):
        words = str(said["tens"]).removesuffix("ies") + "y"
        return number_of(words) + _DECADE.get(said.get("decade") or "", 0.0)
    return number_of(said.get("n") or said.get("from") or "") + _DECADE.get(said.get("decade") or "", 0.0)


def sex(text: Text) -> str | None:
    """ "female" or "male" where it is said beside an age, named, or follows (periods, a birth)."""
    beside = (found for pattern in _OWN_AGE if "sex" in pattern.groupindex for found in pattern.finditer(text.lower))
    first = next(beside, None)
    if first:
        return _SEX_OF[first["sex"][0]]
    if _WOMEN_ONLY.search(text.lower):
        return "female"
    named = _SEX.search(text.lower)
    return None if not named else "female" if named["f"] else "male"
