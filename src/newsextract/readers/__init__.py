"""Readers: bytes → Source, one file a format. They see only errors and Source."""
