"""The record: the public contract as pydantic models, and how facts are assembled into it."""
