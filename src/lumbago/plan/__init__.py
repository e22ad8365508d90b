"""Findings, triage and explanation -> dated sessions, or the reason why there are none; start with week.py."""
