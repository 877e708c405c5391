"""The statistical entity model: names that no list holds. ``docs/models.md`` tells how it is made and what it can do."""
