"""Values: pure functions from words and figures to typed, exact values. No spans, no I/O, no clock."""
