"""Batch: folders of releases in, a run directory out."""
