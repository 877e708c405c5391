"""Scan: one pass over the tokens of a text, from words to lexemes and phrases. Works in token indices and folded offsets."""
