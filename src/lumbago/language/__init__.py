"""Words to tokens, clauses, numbers and word families; negated, past, if, other person. Knows no finding."""
