"""Mentions: from hits to labelled, typed, placed readings. The single crossing from tokens to source spans."""
