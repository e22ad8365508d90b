"""Learn the weights of the second reader from the labelled stories that are open and the examples of the knowledge.

Usage: make hunches (it installs scikit-learn, which nothing else needs)

A stretch of a story counts for a danger sign where it overlaps the words that a labeller gave as evidence of it. Stretches of
the same story that no label names count neither way for that sign. Sentences of the knowledge count by their status.
Features come from the very functions that read stories. The first fit chooses the features, the second weighs them; small
weights are dropped and the rest rounded, so that the file stays small and quick. The closed sets are never touched.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parent))
import scoring

from lumbago.knowledge.load import load_for_authors
from lumbago.language.hunch import letter_groups, stretches, word_features
from lumbago.language.tokens import tokenise
from lumbago.model.knowledge import FindingSpec

FILE = Path(__file__).resolve().parents[1] / "src" / "lumbago" / "knowledge" / "hunches.json"
FEATURES = 8_000  # of words, and as many of letters
WEIGHTS = 40_000
STEPS = 8
FEWEST = 5  # stretches that must tell a sign
TELLING_COUNTS, OF_A_PIECE_COUNTS, OTHER_EXAMPLES_COUNT = (
    3.0,
    1.0,
    0.3,
)  # pieces tell signs far more often than stories do
NUMBERS_DO_BETTER = {"age-over-50", "age-under-18"}


class Row:
    """A stretch: its words, and by finding 1 (told), -1 (not to be counted); what is not named counts as not told."""

    def __init__(
        self, norms: list[str], told: dict[str, int], of_example: bool = False, telling_counts: float = TELLING_COUNTS
    ) -> None:
        self.norms, self.told, self.of_example, self.telling_counts = norms, told, of_example, telling_counts


def story_rows(golds: Sequence[scoring.Gold]) -> Iterable[Row]:
    for gold in golds:
        text = tokenise(gold.story)
        named = {label.name for label in gold.labels if label.when == "now" and label.value != "no"}
        for stretch in stretches(text.tokens):
            start, end = text.tokens[stretch.first].start, text.tokens[stretch.last].end
            told = dict.fromkeys(named, -1)
            for label, words in gold.labels.items():
                at = gold.story.find(words) if words else -1
                if label.is_present and at >= 0 and min(end, at + len(words)) - max(start, at) >= min(6, len(words)):
                    told[label.name] = 1
            yield Row([t.norm for t in text.tokens[stretch.first : stretch.last + 1]], told)


def piece_rows(pieces: Iterable[scoring.Piece]) -> Iterable[Row]:
    """A piece holds little besides what it tells, so it counts as a whole where it tells anything."""
    for piece in pieces:
        tokens = tokenise(piece.story).tokens
        told = {
            label.name: 1 if label.is_present else -1
            for label in piece.labels
            if label.value != "no" and label.when == "now"
        }
        cuts = [(0, len(tokens) - 1)] if 1 in told.values() else [(each.first, each.last) for each in stretches(tokens)]
        for first, last in cuts:
            yield Row([t.norm for t in tokens[first : last + 1]], told, telling_counts=OF_A_PIECE_COUNTS)


def example_rows() -> Iterable[Row]:
    known = load_for_authors().findings
    for spec in known.values():
        for example in spec.examples:
            told = 1 if example.status == "present" else -1 if example.status == "unsure" else 0
            # a part tells its whole; that the part is absent says nothing of the whole
            wholes = dict.fromkeys(_wholes(spec.id, known), 1 if told == 1 else -1)
            yield Row([t.norm for t in tokenise(example.text).tokens], {**wholes, spec.id: told}, of_example=True)


def _wholes(finding: str, known: Mapping[str, FindingSpec]) -> set[str]:
    """What a finding is a part of, or implies, at any remove."""
    above, found = [finding], set[str]()
    while above:
        spec = known[above.pop()]
        above += {*spec.part_of, *spec.implies} - found
        found |= {*spec.part_of, *spec.implies}
    return found


def target(rows: Sequence[Row], finding: str) -> tuple[np.ndarray, np.ndarray]:
    y, weight = np.zeros(len(rows), int), np.ones(len(rows))
    for place, row in enumerate(rows):
        told = row.told.get(finding, 0)
        y[place] = told == 1
        weight[place] = 0.0 if told == -1 else row.telling_counts if told == 1 else 1.0
        if row.of_example and finding not in row.told:
            weight[place] = OTHER_EXAMPLES_COUNT
    return y, weight


class Model:
    """Weights for every finding over the features of words and of letters."""

    def fit(self, rows: Sequence[Row], findings: Sequence[str]) -> Model:
        blocks = [
            TfidfVectorizer(analyzer=words_of, min_df=2, sublinear_tf=True),
            TfidfVectorizer(analyzer=letters_of, min_df=3, sublinear_tf=True),
        ]
        x = [block.fit_transform(rows) for block in blocks]
        weights = self._weigh(sparse.hstack(x).tocsr(), rows, findings)
        most = np.max([np.abs(w) for w, _ in weights.values()], axis=0)
        at = 0
        kept = []
        for block in blocks:
            size = len(block.vocabulary_)
            names = block.get_feature_names_out()
            best = np.argsort(-most[at : at + size])[:FEATURES]
            kept.append(sorted(names[best]))
            at += size
        self.blocks = [
            TfidfVectorizer(analyzer=analyzer, vocabulary=names, sublinear_tf=True)
            for analyzer, names in zip((words_of, letters_of), kept, strict=True)
        ]
        x = [block.fit_transform(rows) for block in self.blocks]
        self.weights = self._weigh(sparse.hstack(x).tocsr(), rows, findings)
        return self

    def _weigh(
        self, x: sparse.csr_matrix, rows: Sequence[Row], findings: Sequence[str]
    ) -> dict[str, tuple[np.ndarray, float]]:
        found = {}
        for finding in findings:
            y, weight = target(rows, finding)
            if y[weight > 0].sum() < FEWEST:
                continue
            used = weight > 0
            model = LogisticRegression(C=20.0, solver="liblinear", max_iter=200)
            model.fit(x[used], y[used], sample_weight=weight[used])
            found[finding] = (model.coef_[0], float(model.intercept_[0]))
        return found

    def plain(self) -> dict[str, object]:
        """As the data file holds it."""
        every = np.concatenate([np.abs(w) for w, _ in self.weights.values()])
        least = np.partition(every, -WEIGHTS)[-WEIGHTS]
        tables: list[dict[str, str]] = []
        at = 0
        for block in self.blocks:
            table = {}
            for name, place in sorted(block.vocabulary_.items()):
                pairs = [
                    f"{number} {steps}"
                    for number, (w, _) in enumerate(self.weights.values())
                    if abs(w[at + place]) >= least and (steps := round(w[at + place] * STEPS))
                ]
                table[name] = " ".join([f"{block.idf_[place]:.1f}", *pairs])
            tables.append(table)
            at += len(block.vocabulary_)
        return {
            "findings": list(self.weights),
            "bias": [round(bias, 2) for _, bias in self.weights.values()],
            "words": tables[0],
            "letters": tables[1],
        }


def words_of(row: Row) -> list[str]:
    return list(word_features(row.norms))


def letters_of(row: Row) -> list[str]:
    return [group for norm in row.norms for group in letter_groups(norm)]


def findings_guessed() -> list[str]:
    return sorted(scoring.red_flags() - NUMBERS_DO_BETTER)


def learn(golds: Sequence[scoring.Gold], pieces: Sequence[scoring.Piece]) -> dict[str, object]:
    return Model().fit([*story_rows(golds), *piece_rows(pieces), *example_rows()], findings_guessed()).plain()


def main() -> None:
    golds = [gold for name in scoring.OPEN for gold in scoring.read_set(name)]
    plain = learn(golds, scoring.read_pieces("pieces"))
    FILE.write_text(json.dumps(plain, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{FILE.name}: {FILE.stat().st_size // 1000} kB, {len(plain['findings'])} findings")


if __name__ == "__main__":
    main()
