"""Findings that need the result of a case: what a reader must know before quoting a figure."""
