"""Findings -> level, fired rules, next questions."""
