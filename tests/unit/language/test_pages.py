"""A pasted page is parted into the asker's story and what others say; an ordinary story is never cut."""

from __future__ import annotations

import gc
import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbago.language.pages import Page, blank, read_page
from lumbago.language.posts import Whose

ROOT = Path(__file__).resolve().parents[3]
# kind of page -> (text, words of the asker's story, words that others wrote)
PAGES: dict[str, tuple[str, list[str], list[str]]] = {
    "helpline": (
        "Sore after hills\n\nby Petra\n(Ohio)\n\nI ran hills on Sunday and my low back is stiff now. What should "
        "I do?\n\n"
        "Answer by Marcus:\n\nHi Petra,\nI had a sore hip once. You should rest a week.\nMarcus\n\n"
        "What's New?\n\n  1. I am a man of 60 with knee pain\n",
        ["my low back is stiff", "Sore after hills"],
        ["sore hip once", "rest a week", "man of 60"],
    ),
    "three answers with numbers": (
        "Why does my back ache after track?\n\nIt aches for an hour and then it goes.\n\n3 ANSWERS\n\n"
        "  1. You need a better bed.\n\n  2. Mine was a slipped disc.\n\n    1. lie down\n\n  3. Swim!\n\nRelated "
        "questions\nIs my knee worn?\n",
        ["aches for an hour"],
        ["better bed", "slipped disc", "Swim", "knee worn"],
    ),
    "phpBB": (
        "Back pain on long runs\n\nPost by gulliver » Tue Mar 12, 2019 9:14 am\n\nMy back hurts after ten miles. "
        "Any ideas?\n\n"
        "Re: Back pain on long runs\nPost by Oldfoot » Tue Mar 12, 2019 11:02 am\n\nI get numb feet with that. "
        "Try yoga.\n\n"
        "Post by gulliver » Wed Mar 13, 2019 8:00 am\n\nToday it is on the left side only.\n",
        ["hurts after ten miles", "on the left side only"],
        ["numb feet", "Try yoga"],
    ),
    "vBulletin": (
        "03-12-2019, 09:14 AM #1\nhillgoat\nJunior Member\nJoin Date: Jan 2018\nPosts: 12\n\nMy low back locks up "
        "when I run downhill.\n\n"
        "03-12-2019, 10:20 AM #2\nflatfoot\nSenior Member\nJoin Date: Feb 2012\nPosts: 1,204\n\n"
        "Quote:\nOriginally Posted by hillgoat\nMy low back locks up when I run downhill.\n\nI have a bad hip. "
        "Stretch it.\n\n"
        "03-13-2019, 07:30 AM #3\nhillgoat\nJunior Member\nJoin Date: Jan 2018\nPosts: 13\n\n"
        "Originally Posted by flatfoot\nI have a bad hip. Stretch it.\n\nI did, and now my calf tingles.\n",
        ["locks up when I run", "now my calf tingles"],
        ["bad hip", "Stretch it"],
    ),
    "Xenforo": (
        "sandra k, Mar 12, 2019 #1\nMy back has been stiff since I changed shoes.\nLike\nReply\n"
        "tomtom, Mar 12, 2019 #2\nsandra k said: ↑\nMy back has been stiff since I changed shoes.\nClick to "
        "expand...\n"
        "I had a stress fracture from that.\n"
        "sandra k, Mar 13, 2019 #3\nIt aches at night as well.\n",
        ["stiff since I changed", "aches at night"],
        ["stress fracture"],
    ),
    "quote tags": (
        "[quote=Bertil]I tore my hamstring, [quote=\"Una\"]and I my calf[/quote] you should ice it[/quote]\n"
        "My low back is sore since I began to run. Does ice help there?",
        ["low back is sore"],
        ["tore my hamstring", "my calf", "ice it"],
    ),
    "member cards": (
        "Ouch!\n\nOptions\nI have run for years and now my lower back hurts each morning.\n\nReplies\n\n"
        "  • kiwi77\n    kiwi77 Posts: 1,107 Member\n    Options\n    I have sciatica myself.\n"
        "  • plum\n    Options\n    You need new shoes.\n",
        ["hurts each morning"],
        ["sciatica", "new shoes", "kiwi77"],
    ),
    "old Reddit": (
        "Lower back and tempo runs (self.running)\nsubmitted 3 hours ago by tempo_tim\n\n"
        "[–]tempo_tim 12 points 3 hours ago\nMy lower back seizes in every tempo run.\nReply Share\n"
        "[–]slowjoe 5 points 2 hours ago\nI peed blood once. See someone.\nReply Share\n"
        "[–]tempo_tim 1 point 1 hour ago\nNo blood here, but my foot slaps.\n",
        ["seizes in every tempo", "my foot slaps"],
        ["peed blood once"],
    ),
    "new Reddit": (
        "u/fell_runner\n•\n3 yr. ago\nMy back goes into spasm on descents.\n\nUpvote\n12\nDownvote\nReply\nShare\n\n"
        "level 1\nu/quad_god · 3 yr. ago\nMine was a kidney stone, go to the doctor.\n\n"
        "level 2\nu/fell_runner · OP · 3 yr. ago\nIt does come in waves too.\n",
        ["spasm on descents", "come in waves"],
        ["kidney stone"],
    ),
    "Reddit names above": (
        "sore_sam\n• 5h ago\nMy lower back is sore after each long run.\n\nReply\n\nbarefoot_bo\n• 4h ago\nI ran "
        "with a broken rib. You should not.\n\n"
        "sore_sam\nOP\n• 3h ago\nThere is a pain in my groin as well.\n",
        ["sore after each long run", "pain in my groin"],
        ["broken rib"],
    ),
    "a quote without a name": (
        "u/ann\n[quote]My knee was a wreck.[/quote]\nMine is the back, low on the left.\n\nu/bo\n"
        "[quote]Mine is the back, low on the left.[/quote]\n[quote]My hip went.[/quote]\nYou need rest.\n",
        ["low on the left"],
        ["knee was a wreck", "hip went", "need rest"],
    ),
    "a quote without an end": (
        "u/ann\nOriginally posted by cy\nMy knee was a wreck.\nMine is the back, and my foot is numb.\n\n"
        "u/bo\nann said:\nmy foot is numb\n"
        "Click to expand...\nYou need rest.\n",
        ["Mine is the back"],
        ["knee was a wreck", "need rest"],
    ),
    "quotes over heads and in each other": (
        "u/ann\nMine is the back, low on the left.\n\nu/bo\n"
        "[quote=cy]\nMy hip went.\nu/cy\nand my knee\n[/quote]\nYou need rest.\n\n"
        "On Tue, 12 Mar 2019 at 09:14, Jo wrote:\n> [quote=cy]My toe went.[/quote]\n",
        ["low on the left"],
        ["hip went", "and my knee", "need rest", "toe went"],
    ),
    "quotes behind signs on a board": (
        "u/ann\nMine is the back, low on the left.\n\nu/my_back\n"
        "> Mine is the back, low on the left.\nI had a tumour. You rest.\n\n"
        "u/ann\n> I had a tumour. You rest.\nI do. It hurts after\n> 5 km\n"
        "More questions:\nMy foot is asleep?\n",
        ["low on the left", "> 5 km", "foot is asleep"],
        ["had a tumour"],
    ),
    "StackExchange": (
        "Back pain from treadmill\n\nI run on a treadmill and my lower back aches by the end.\n\nasked Mar 12 '19 "
        "at 9:14\n\n2 Answers\n\n"
        "Your belt is too slow. I fell off one.\n\nanswered Mar 12 '19 at 10:00\n\nBest answer\n\nLean forward, "
        "you will see.\n",
        ["aches by the end"],
        ["fell off one", "Lean forward"],
    ),
    "Yahoo": (
        "Anonymous asked in Health · 1 decade ago\n\nWhy does my lower back throb after I jog? It is worse on the "
        "right.\n\n"
        "Best Answer - Chosen by Asker\nYou have kidney trouble like me.\n",
        ["worse on the right"],
        ["kidney trouble"],
    ),
    "JustAnswer": (
        "Customer: My back hurts since a half marathon.\nExpert: I understand. Do you have any numbness between "
        "your legs?\n"
        "Customer: Yes, since yesterday.\nExpert: You should be seen today. I had it too.\n",
        ["since a half marathon", "numbness between your legs", "Yes, since yesterday"],
        ["seen today", "I had it too"],
    ),
    "Q and A": (
        "Q: I get low back pain on the treadmill. Should I stop?\n\nA: Your stride may be too long.\n\nMany "
        "patients have a torn disc.\n",
        ["pain on the treadmill"],
        ["stride may be too long", "torn disc"],
    ),
    "answers and an update": (
        "Why does my back ache after track?\n\nIt aches for an hour and then it goes.\n\n2 Answers\n\nYou need a "
        "better bed.\n\n"
        "Update: I now limp.\n",
        ["aches for an hour", "I now limp"],
        ["better bed"],
    ),
    "thoughts below a post": (
        "I have run for a month and my hips and low back ache after it. Why?\n\n14 thoughts on “Aching”\n\n"
        "Karen\nMay 3, 2019 at 4:12 pm\nMine was a fracture\nReply\n\nJohn B • 2 years ago\nI had a tumour\n• "
        "Reply•Share ›\n",
        ["hips and low back ache"],
        ["a fracture", "a tumour"],
    ),
    "Reddit as copied": (
        "r/running\n•\n3 yr. ago\nsore_sam\n\nStiff\n\nMy back has been sore since Sunday when I ran 20k.\n\n"
        "Upvote\n12\n\n"
        "Downvote\n5\ncomments\nAward\nShare\n\nu/fastguy avatar\nfastguy\n•\n3y ago\nYou have a weak core. I had "
        "surgery.\n\n"
        "Upvote\n5\nReply\nu/sore_sam avatar\nsore_sam\nOP\n•\n3y ago\nMy foot is asleep too\n",
        ["sore since Sunday", "foot is asleep"],
        ["weak core", "3 yr. ago", "12"],
    ),
    "Quora": (
        "Why does my lower back hurt after running?\n\nI run 5k each day and it kills me.\n\n"
        "Jane Doe, Physical therapist (2010-present)\nAnswered 3 years ago\nYou need to stretch. I had it.\n\n"
        "Bob Ray\nAnswered May 3, 2019\nYou sit too much.\n",
        ["it kills me"],
        ["need to stretch", "sit too much"],
    ),
    "Xenforo as copied": (
        "Runner1\nNew member\nMar 12, 2019\n#1\nMy lower back is sore since the marathon.\n\n"
        "BigJoe\nWell-known member\nMar 12, 2019\n#2\nRunner1 said:\nMy lower back is sore\nClick to expand...\n"
        "You rest. My knee is bust.\n\n"
        "Runner1\nNew member\nMar 13, 2019\n#3\nNow my foot is asleep\n",
        ["since the marathon", "foot is asleep"],
        ["knee is bust"],
    ),
    "phpBB as copied": (
        "Back pain\nPostby runner1 » Tue Mar 12, 2019 9:14 am\n\nMy back is sore and I can't bend.\n"
        "runner1\n    \nPosts: 3\nJoined: Mon Jan 01, 2018 1:00 pm\nTop\n\nPostby joe » Tue Mar 12, 2019 9:20 am\n"
        "\nI had cancer.\n"
        "joe\n    \nPosts: 300\nJoined: Mon Jan 01, 2008 1:00 pm\nTop\n",
        ["I can't bend"],
        ["I had cancer", "Posts: 3"],
    ),
    "mail above a mail": (
        "Hi doc, still bad, my leg is weak.\n\nOn 12 Mar 2019, at 09:14, Jo Jones <jo@example.org> wrote:\n\nRest "
        "it. I had that myself.\n",
        ["my leg is weak"],
        ["had that myself"],
    ),
    "mail with an address": (
        "Hi doc, still bad, my leg is weak.\n\nFrom: Jo Jones <jo@example.org>\nSent: 12 March 2019\n\nRest it. I "
        "had that myself.\n",
        ["my leg is weak"],
        ["had that myself"],
    ),
    "asked and answered": (
        "Customer: my back hurts when I run\nDoctor's Assistant: The doctor is here. Anything else you want to say?\n"
        "Customer: my leg is heavy\nAnswered by Dr. Kaur in 5 mins 3 years ago\nHello, you should rest, I do.\n",
        ["hurts when I run", "leg is heavy"],
        ["you should rest"],
    ),
    "WhatsApp": (
        "[12/03/2026, 09:14] Nadia: my back went on the track last night\n[12/03/2026, 09:15] Coach Lee: i "
        "ruptured a disc like that, are you ok\n"
        "[12/03/2026, 09:16] Nadia: its into my left foot now\nand the toes are numb\n",
        ["went on the track", "into my left foot", "toes are numb"],
        ["ruptured a disc"],
    ),
    "WhatsApp export": (
        "12/03/2026, 09:14 - Nadia: my back went on the track last night\n12/03/2026, 09:15 - Lee: rest then you "
        "fool\n",
        ["went on the track"],
        ["rest then"],
    ),
    "chat without dates": (
        "Nadia: my back is so stiff today\nLee: are you still running?\nNadia: twice this week\nLee: I have a bad "
        "knee myself, you should stop\n",
        ["so stiff today", "twice this week"],
        ["bad knee"],
    ),
    "me and my physio": (
        "Me: my back hurts when I sit\nPhysio: how long have you had it?\nMe: a month\nPhysio: you need to move "
        "more\n\n"
        "I went home after that and my leg went weak.\n",
        ["hurts when I sit", "a month", "my leg went weak"],
        ["move more"],
    ),
    "mail": (
        "Hi Jo, my back is no better and I can't feel my heel.\n\nOn Tue, 12 Mar 2019 at 09:14, Jo Smith "
        "<jo@example.org> wrote:\n"
        "> I tore my calf last week.\n> Take it easy.\n",
        ["can't feel my heel"],
        ["tore my calf", "Take it easy"],
    ),
    "mail with answers between": (
        "On Tue, 12 Mar 2019 at 09:14, Jo Smith wrote:\n> Any fever?\nYes, since Monday, and my back is stiff.\n> "
        "I had the flu myself.\nOh dear.\n",
        ["Any fever?", "since Monday"],
        ["the flu myself"],
    ),
    "mail with heads": (
        "From: Ana Ruiz\nSent: Tuesday\nTo: Club\nSubject: my back\n\nMy low back hurts on hills.\n\n"
        "-----Original Message-----\n"
        "From: Club Doctor Bo\nSent: Monday\n\nI broke my ankle, so no clinic this week.\n",
        ["my back", "hurts on hills"],
        ["broke my ankle"],
    ),
    "forwarded mail": (
        "fwd: what do you make of this\n\n---------- Forwarded message ---------\nFrom: Ana Ruiz\nDate: Mon\n"
        "Subject: sore\n\n"
        "My low back hurts on hills.\n\nFrom: Bo\nDate: Sun\nSubject: clinic\n\nI broke my ankle.\n",
        ["hurts on hills"],
        ["broke my ankle"],
    ),
    "answered mail": (
        "Dear Ana,\nyou should see somebody about this. Your running can wait.\nDr Bo\n\n"
        "On Tue, 12 Mar 2019 at 09:14, Ana Ruiz wrote:\n> I can't lift my foot since Sunday.\n",
        ["can't lift my foot"],
        ["running can wait"],
    ),
    "comments": (
        "I ran my first ten miler and my low back has been sore for a week. This blog is where I moan about it. "
        "Ideas?\n\n2 Comments\n\n"
        "Wendy says:\nMay 3, 2019 at 4:12 pm\nI have three worn discs.\nReply\n\n"
        "Ulf, on May 4, 2019 at 5:12 pm\nYou want a foam roller.\n",
        ["sore for a week"],
        ["worn discs", "foam roller"],
    ),
    "Facebook": (
        "Rosa Diaz · 3d\nMy back is in bits after the relay.\nLike · Reply · 3d\nPer Holm replied 2 days ago\nI "
        "have gout, do you?\nLike · Reply · 2d\n",
        ["in bits after the relay"],
        ["I have gout"],
    ),
    "answers to the first post by thanks": (
        "I have been running for two years and my lower back hurts on the left. What could it be?\n\n"
        "u/able\nI had cancer.\n\nu/baker\nThanks everyone for the answers! It now hurts at night too.\n",
        ["hurts on the left", "hurts at night"],
        ["I had cancer"],
    ),
    "empty lines only": (
        "Ouch my back\n\n\nI began to run in May and my low back has been sore since June. Could you guys help? I "
        "run, I sit, I sleep, I ache.\n\n\n"
        "You should get your gait looked at.\n\n\nThank you Mo! I will.\n\n\nyou need core work, your hips are "
        "weak\n\n\n"
        "I have the same problem and i cant sit for long.\n\n\nDo you stretch? Try your psoas.\n\n\n"
        "I went out again today and my foot is numb.\n\n\nsitting bores me and i like tennis\n\n\ni peed myself "
        "on my run\n",
        ["sore since June", "Thank you Mo", "my foot is numb", "peed myself"],
        ["gait looked at", "core work", "same problem", "Try your psoas", "like tennis"],
    ),
}  # fmt: skip

WHOLE = {
    "plain": "My lower back hurts. I run 5 km.",
    "a question at the end": "My back hurts.\n\nQ: should I run?\n",
    "a form": "Q: Age?\nA: 45\nQ: Where?\nA: low back, my left side\nQ: Numb?\nA: yes, between my legs\n",
    "a form with labels": "Age: 45\nSex: f\nPain: low back\nComments:\nI can't feel my left foot.\n",
    "numbers": "1. My back hurts.\n2. I run daily.\n3. My foot is numb.\n",
    "my physio says": "My back hurts.\nMy physio says: stop running, you are too stiff.\nMy wife says:\nyou "
    "should rest.\nBut my leg is numb.\n",
    "update": "My back hurts.\n\nUpdate: now my foot is numb.\n\nEDIT: and I can't pee.\n\nUpdate: worse.\n",
    "a diary": "Monday: ran 5 km\nTuesday: my back hurt\nMonday: ran again\nTuesday: numb foot\n",
    "a diary with moments": "12/03/2026, 09:14 - Pain: 5\n13/03/2026, 09:14 - Run: my foot is numb\n14/03/2026, "
    "09:14 - Pain: 6\n",
    "dates": "MRI May 3, 2019 at 4:12 pm\nDisc bulge.\nFell June 5, 2019 at 9:00\nMy foot is numb and I limp.\n",
    "what was said": "The report wrote: all fine.\nOn the scan the doctor wrote: you have a bulge.\nI still can't "
    "pee and my back hurts.\n",
    "more than": "My back hurts on runs of\n> 5 km\nand my leg is numb after\n> 10 km\n",
    "an open tag": "[quote=Bo] my back hurts and my foot is numb",
    "a single head": "u/ann_runs · 3 hours ago\nMy back hurts and my foot is numb.\n",
    "an answer alone": "Best answer\nYou should rest, my back was sore too.\n",
    "only a forward": "Fwd: see below\n\n-----Original Message-----\nMy back hurts and my foot is numb.\n",
    "you, in general": "My back hurts.\n\n\nYou know when you bend and your back locks?\n\n\nMy foot is numb.\n\n"
    "\nYou feel like a plank.\n",
    "weeks on their own lines": "Started running\n3 weeks ago\nMy back hurts\n2 days ago\nMy foot went numb\n",
    "a physio's list": "Physio: you should rest\nGP: take tablets\nPhysio: you should swim\nMy own view: it is "
    "getting worse, my leg is numb\n",
    "replies": "Nobody replies\nReplies\nto my mails. My back hurts and my foot is numb.\n",
    "a letter": "I asked for a date.\nSurgery replied yesterday\nThey have none, and you know what, my foot is "
    "numb. My back hurts.\n",
    "what a doctor said": "My back hurts.\nDr Patel said yesterday\nthat my disc bulges, and now my foot is numb.\n",
    "headed bullets": "My back hurts and I limp.\n• Hips\nHips feel dead and numb\n• Feet\nFeet tingle\n",
    "a way to work": "My back hurts when I drive.\nFrom: Leeds\nTo: York\nand my foot goes numb.\n",
    "a club": "My back hurts and I ran it in.\nBackground\nJoined: a club in May\nSince then my foot is numb.\n",
    "a log": "Hills · 3 days ago\nmy back hurt\nIntervals · 2 days ago\nmy foot was numb\n",
    "a watch's log": "Morning Run\n12 March 2026 at 07:14\nBack sore.\n\nEvening Run\n13 March 2026 at 19:14\n"
    "Foot numb, would you believe it. You can't.\n",
    "notes by the hour": "12/03/2026, 09:14: back sore\n13/03/2026, 09:14: foot numb\n",
    "a letter in a story": "My back hurts.\n\nDear Dr Smith,\nThank you for seeing her. Your scan of 12/03/2019 "
    "showed a bulge.\nYours, GP\n\nI still can't feel my foot.",
    "headings": "Background\nI'm 45 and run.\n\nWhat I've tried\nYou name it.\n\nReplies to what you usually ask\n"
    "No, but my groin is numb.",
    "a mail below a section": "Answers\nMy back hurts and my foot is numb.\nOn 3 May 2026, Ann wrote:\n",
    "what mum said": "My back hurts.\nMum said:\nyou should rest.\nOriginally posted by Bo",
    "a list by numbers": "#1\nMy back hurts.\n•\n•\n•\n•\n#2\nYou see, my foot is numb.\n",
    "two short words": "Me: 34, I run.\nDoctor: says I have a bulge and you know what that means.\nI can't feel "
    "my foot.\n",
    "empty": "",
    "spaces": " \n ",
}  # fmt: skip
ARTICLE = (
    "How to look after your back\n\n"
    + "When you run, your back works hard, and you should warm up so that your spine is ready. " * 10
    + "\n\n"
    "Why does my back hurt?\nYou may be tired.\n\nBook an appointment with our clinic.\n"
)
MARKS = (
    "u/ann · 3 hours ago\n",
    "• ann\nann Posts: 12 Member\n",
    "ann\nJoined: May 2019\n",
    "Post by ann » 12 Mar 2019\n",
    "3 Answers\n",
    " 1. you\n",
    "[quote=ann]",
    "[/quote]",
    "Originally posted by ann\n",
    "ann said: ↑\n",
    "Click to expand...\n",
    "> > any?\n",
    "Q: my back\n",
    "A: you\n",
    "Me: my back\n",
    "Dr Bo: you\n",
    "[12/03/2026, 09:14] ann: you\n",
    "On Tue, 12 Mar 2019 at 09:14, Jo wrote:\n",
    "From: ann\nDate: x\nSubject: y\n",
    "fwd\n",
    "Ann says:\nMay 3, 2019 at 4:12 pm\n",
    "you should try it\n\n\n",
    "I ran and my foot is numb.\n\n\n",
    "Reply Share\n",
    "5 points 2h ago\n",
    "What's new?\n",
    "Anonymous asked yesterday\n",
    "Thanks everyone! I limp.\n",
    "by ann\n",
    "Hi Jo, you\n",
    "Update: I limp\n",
    "\n",
    "\r\n",
    "\f",
    "\u2028",
    "yes\n",
)


def unmarked_stories() -> dict[str, str]:
    """Every story of ours, by its name: none holds anybody's words but its writer's."""
    built = (ROOT / "benchmarks" / "stories" / "build.jsonl").read_text(encoding="utf-8").splitlines()
    told = {row["id"]: row["story"] for row in map(json.loads, built)}
    return told | {p.parent.name: p.read_text(encoding="utf-8") for p in (ROOT / "tests" / "cases").glob("*/story.txt")}


def assert_whole(text: str) -> None:
    page = read_page(text)
    assert (page.story, page.others, page.warnings) == (text, blank(text), ())
    assert [post.is_asker for post in page.posts] == [True]


def assert_nothing_lost(text: str) -> Page:
    """The posts cover the text, and each character is in exactly one of the twins, in its place."""
    page = read_page(text)
    assert [page.posts[0].start, page.posts[-1].end] == [0, len(text)]
    assert all(one.end == other.start for one, other in pairwise(page.posts))
    assert len(page.story) == len(page.others) == len(text)
    for there, own, other in zip(text, page.story, page.others, strict=True):
        assert (own, other) in ((there, " "), (" ", there)) or (there.isspace() and own == other == there)
    return page


@pytest.mark.parametrize("kind", PAGES)
def test_each_kind_of_page_is_parted(kind: str) -> None:
    text, asker, others = PAGES[kind]
    page = assert_nothing_lost(text)
    assert [words for words in asker if words not in page.story] == []
    assert [words for words in others if words in page.story or words not in page.others] == []
    assert len(page.warnings) == 1 and "send your own words alone" in page.warnings[0]


@pytest.mark.parametrize("kind", WHOLE)
def test_an_ordinary_story_is_never_cut(kind: str) -> None:
    assert_whole(WHOLE[kind])


@pytest.mark.parametrize("name", unmarked_stories())
def test_our_own_stories_are_never_cut(name: str) -> None:
    story = unmarked_stories()[name]
    assert_whole(story)
    assert_whole(story.replace("\n\n", "\n\n\n"))
    assert_whole(story.replace(". ", ".\n\n\n"))


@given(st.lists(st.sampled_from(MARKS), max_size=12).map("".join))
def test_nothing_is_lost_whatever_is_pasted(text: str) -> None:
    if text:
        assert_nothing_lost(text)
        assert_nothing_lost(f"My back hurts when I run, and I do not know what it is.\n{text}")


@given(st.sampled_from(sorted(PAGES)), st.data())
def test_a_page_cut_off_anywhere_is_still_covered(kind: str, data: st.DataObject) -> None:
    text = PAGES[kind][0]
    assert_nothing_lost(text[: data.draw(st.integers(1, len(text)))])


def test_a_number_beside_a_button_is_nobodys() -> None:
    """ "3 yr. ago" under a name must not become how long it hurts; a runner's own line stays."""
    page = read_page(PAGES["new Reddit"][0] + "3 weeks ago\n")
    assert "3 yr. ago" not in page.story and "3 weeks ago" in page.story


def test_speakers_are_told_by_name() -> None:
    text = PAGES["phpBB"][0]
    said = [
        (post.speaker, post.is_asker) for post in read_page(text).posts if post.whose is not Whose.PAGE and post.speaker
    ]
    assert said == [("gulliver", True), ("Oldfoot", False), ("gulliver", True)]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("helpline", "of “Petra” and of one other person"),
        ("three answers with numbers", "of 3 other people"),
        ("member cards", "the person who asks and of 2 other people"),
        ("empty lines only", "does not say who wrote what"),
    ],
)
def test_the_warning_says_how_many_people_and_whose_words(kind: str, words: str) -> None:
    assert words in read_page(PAGES[kind][0]).warnings[0]


def test_an_article_is_nobodys_story() -> None:
    page = assert_nothing_lost(ARTICLE)
    assert page.is_article and not page.story.strip()
    assert "looks like an article" in page.warnings[0]


COMMENTS = [
    f"{name} says:\nMay {n}, 2019 at 4:12 pm\nMy back hurts on the {side}.\n"
    for n, (name, side) in enumerate((("Wendy", "left"), ("Ulf", "right")), start=3)
]


def test_of_several_who_comment_on_an_article_nobody_asks() -> None:
    page = assert_nothing_lost(ARTICLE + "2 Comments\n" + "".join(COMMENTS))
    assert page.is_article and not page.story.strip()
    assert "comments by 2 people" in page.warnings[0]


def test_the_only_one_who_comments_on_an_article_asks() -> None:
    page = assert_nothing_lost(ARTICLE + "1 Comment\n" + COMMENTS[0])
    assert page.story.split() == "My back hurts on the left.".split()


def test_answers_to_an_article_without_names_are_nobodys_story() -> None:
    page = assert_nothing_lost(ARTICLE + "2 Comments\nMy back hurts.\n")
    assert page.is_article and "comments by other people" in page.warnings[0]


def taken(mark: str, size: int) -> float:
    """Seconds to read a page of so many characters of a mark."""
    text = "My back hurts when I run, and I ask for help.\n\n" + mark * (size // len(mark))
    gc.collect()
    gc.disable()  # what other tests left behind is not to be counted
    started = time.process_time()
    read_page(text)
    gc.enable()
    return time.process_time() - started


@pytest.mark.parametrize(
    ("mark", "size"), [*((mark, 100_000) for mark in MARKS), ("".join(MARKS), 10_000_000)], ids=repr
)
def test_time_grows_as_the_text_does(mark: str, size: int) -> None:
    """Ten times the text takes about ten times as long, up to 10 MB of marks of all kinds; three times that is noise."""
    small = min(taken(mark, size // 10) for _ in range(3))
    large = min(taken(mark, size) for _ in range(3 if size < 1_000_000 else 1))
    assert large < 30 * max(small, 0.001)
