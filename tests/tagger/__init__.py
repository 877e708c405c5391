"""Tests of the entity tagger."""
