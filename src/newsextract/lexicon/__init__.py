"""Lexicons: TSV rows, their schema, and the compiled lookup from words to entries."""
