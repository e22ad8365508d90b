"""A pasted page or thread: the asker's own story, and what others say in it.

Both are texts of the length of the page, blank where somebody else speaks, so that every offset holds in the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from lumbago.language.posts import Post, Whose, marked_posts
from lumbago.language.voices import is_article, unmarked_posts

_NO_BREAK = re.compile(r"[^\n\r\f\v]")
_HOW_MANY = re.compile(
    r"^[^\w\n]{0,4}(?:all )?(\d{1,4}) (?:answers|replies|responses|comments)\b", re.IGNORECASE | re.MULTILINE
)
_YES = re.compile(
    r"\W*(?:yes|yeah|yep|yup|ya|aye|correct|true|right|exactly|indeed|sometimes|often|a (?:bit|little)|both|definitely"
    r"|i (?:do|have|did|am|was)|it (?:does|is|did))\b",
    re.IGNORECASE,
)
_LAST_QUESTION = re.compile(r"[^.!?\n]*\?[\s\"')]*\Z")
_LAST_WORDS = 400  # characters in which the last question of a post is looked for


@dataclass(frozen=True, slots=True)
class Page:
    """A text, its posts (they cover it), and two twins of its length: the asker's story, and everything else.

    is_article: a site's own text, in which nobody asks.
    """

    posts: tuple[Post, ...]
    story: str
    others: str
    warnings: tuple[str, ...] = ()
    is_article: bool = False


def read_page(text: str) -> Page:
    """Cut a text into posts and part the asker's words from the rest. Linear in its length.

    In doubt it is one person's story: words that are cut away may hold a danger sign.
    """
    if posts := marked_posts(text):
        nobody = not any(post.is_asker for post in posts)
        return _page(text, posts, _comments_only(posts) if nobody else _told_apart(posts, text), nobody)
    if guessed := unmarked_posts(text):
        posts = tuple(Post(start, end, Whose.ASKER if own else Whose.OTHER) for start, end, own in guessed)
        return _page(text, posts, _GUESSED)
    if is_article(text):
        return _page(text, (Post(0, len(text), Whose.PAGE),), _ARTICLE, is_article=True)
    return Page((Post(0, len(text), Whose.ASKER),), text, blank(text))


def blank(text: str) -> str:
    """A text of the same length that holds nothing but its line breaks."""
    return _NO_BREAK.sub(" ", text)


def _page(text: str, posts: tuple[Post, ...], warning: str, is_article: bool = False) -> Page:
    own = sorted([*((p.start, p.end) for p in posts if p.is_asker), *_questions_answered_yes(posts, text)])
    rest = [(before, after) for (_, before), (after, _) in zip([(0, 0), *own], [*own, (len(text), 0)], strict=True)]
    return Page(posts, _only(text, own), _only(text, rest), (warning,), is_article)


def _only(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with all but these spans blank."""
    parts, at = [], 0
    for start, end in spans:
        parts += [blank(text[at:start]), text[start:end]]
        at = end
    return "".join([*parts, blank(text[at:])])


def _questions_answered_yes(posts: tuple[Post, ...], text: str) -> Iterator[tuple[int, int]]:
    """ "Any numbness?" "Yes": without the question, the answer would say nothing."""
    said = [post for post in posts if post.whose is not Whose.PAGE]
    for one, other in pairwise(said):
        if one.whose is Whose.OTHER and other.is_asker and _YES.match(text, other.start, other.end):
            start = max(one.start, one.end - _LAST_WORDS)
            if asked := _LAST_QUESTION.search(text[start : one.end]):
                yield start + asked.start(), one.end


_GUESSED = (
    "This looks like a thread by several people that does not say who wrote what: the first post, and later ones that read "
    "like the same person, were taken as your story, and the rest was only searched for advice. If that is wrong, send your "
    "own words alone."
)
_UNTOLD = "The level given here rests on nothing told: tell your own story, or answer the safety questions, before you trust it."
_ARTICLE = (
    "This looks like an article and not like somebody's own story, so none of it was read as yours; it was only searched for "
    f"advice. {_UNTOLD}"
)


def _comments_only(posts: tuple[Post, ...]) -> str:
    writers = len({post.speaker.casefold() for post in posts if post.speaker})
    people = f"{writers} people" if writers > 1 else "other people"
    return (
        f"This looks like an article with comments by {people}, and nothing says which of them you are, so none of it was "
        f"read as your story; it was only searched for advice. {_UNTOLD}"
    )


def _told_apart(posts: tuple[Post, ...], text: str) -> str:
    """How many people were found, and whose words were read."""
    others = [post for post in posts if post.whose is Whose.OTHER]
    names = {post.speaker.casefold() for post in others if post.speaker}
    unnamed = sum(post.speaker is None for post in others)
    told = _HOW_MANY.search(text)
    count = len(names) or (int(told[1]) if told else unnamed)
    asker = next((post.speaker for post in posts if post.is_asker and post.speaker), None)
    who = f"“{asker}”" if asker else "the person who asks"
    people = "one other person" if count == 1 else f"{count} other people"
    return (
        f"This page holds the words of {who} and of {people}: only those of {who} were read as your story, and the rest was "
        "only searched for advice. If you wrote more of it, send your own words alone."
    )
