"""Training of the entity model; needs the extra ``train`` (scipy, threadpoolctl), which tagging does not."""
