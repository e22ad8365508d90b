"""The small closed lists that every stage shares. Strings, so that saved answers read by themselves."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """How soon someone needs care, least to most urgent (evidence/triage.md)."""

    SELF_CARE = "self-care"
    ROUTINE = "routine"
    WITHIN_DAYS = "within-days"
    SAME_DAY = "same-day"
    EMERGENCY_NOW = "emergency-now"

    @property
    def rank(self) -> int:
        """0 for self-care to 4 for emergency-now."""
        return list(Level).index(self)


class Activity(StrEnum):
    """The most that a plan may hold, most to least."""

    RUN = "run"
    WALK = "walk"
    REST = "rest"

    @property
    def caution(self) -> int:
        """0 for run to 2 for rest."""
        return list(Activity).index(self)


class Status(StrEnum):
    """What was said of a finding. What nobody spoke of has none: it is unknown."""

    PRESENT = "present"
    ABSENT = "absent"
    UNSURE = "unsure"


class When(StrEnum):
    NOW = "now"
    PAST = "past"
    OTHER_PERSON = "other-person"


class Origin(StrEnum):
    STORY = "story"
    ANSWER = "answer"
    ACTIVITY = "activity"
    DIARY = "diary"


class Tier(StrEnum):
    """How a rule treats "not sure" (evidence/triage.md section 1)."""

    HARD_STOP = "A"  # one answer is enough; unsure is asked again
    CLUSTER = "B"  # unsure counts half
    WATCH = "C"  # never above routine, never asks


class Basis(StrEnum):
    GUIDELINE = "G"
    SYNTHESIS = "S"
    WEAK = "W"


class Verdict(StrEnum):
    SUPPORTED = "supported"
    PARTLY = "partly"
    UNCLEAR = "unclear"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"
    UNSAFE = "unsafe"


class Weight(StrEnum):
    """How much one finding speaks for or against a pattern, or a contributor's strength."""

    WEAK = "weak"
    MODERATE = "moderate"
    STRONG = "strong"


class Fit(StrEnum):
    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"


class Units(StrEnum):
    KM = "km"
    MILES = "miles"
