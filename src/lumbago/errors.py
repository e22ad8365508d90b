"""Every exception, its code and its lay words: what happened, what was kept, what to do."""

from __future__ import annotations


class LumbagoError(Exception):
    """The root: `code` is stable and machine-readable, the message is for people."""

    code = "error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InputError(LumbagoError):
    """Something a runner gave us cannot be used; shown without a traceback. Never holds their text or values."""

    code = "input"
    exit_code = 2
    http_status = 400


class StoryEmpty(InputError):
    code = "story-empty"


class StoryTooLong(InputError):
    code = "story-too-long"


class StoryNotText(InputError):
    code = "story-not-text"


class NothingAsked(InputError):
    code = "nothing-asked"


class AnswersUnreadable(InputError):
    code = "answers-unreadable"


class AnswerImpossible(InputError):
    code = "answer-impossible"


class OptionUnreadable(InputError):
    code = "option-unreadable"


class FileNotFound(InputError):
    code = "file-not-found"


class ActivityUnreadable(InputError):
    """A training file from which nothing could be read."""

    code = "activity-unreadable"


class NotAnActivity(ActivityUnreadable):
    """A sound file that holds no activity: settings, a course, a page."""

    code = "not-an-activity"


class ArchiveRefused(InputError):
    """A zip or folder that is too large, too deep or made to do harm."""

    code = "archive-refused"


class JournalUnusable(InputError):
    """What is kept cannot be opened, read or written."""

    code = "journal-unusable"


class NotBuiltYet(InputError):
    """A part of the fixed command line that this version does not have."""

    code = "not-in-this-version"


class KnowledgeError(LumbagoError):
    """For authors of knowledge files: file, line, key, and what would be right."""

    code = "knowledge"
