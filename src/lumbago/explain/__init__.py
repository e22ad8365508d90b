"""Findings become patterns that fit and possible contributors, with what speaks for and against each."""
