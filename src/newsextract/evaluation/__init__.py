"""Evaluation: gold annotations against records, fact by fact; precision, recall and F1 of every field."""

from newsextract.evaluation.score import Report, Score, evaluate, read_gold

__all__ = ["Report", "Score", "evaluate", "read_gold"]
