"""Text: folding with exact alignment, tokens, zones and sentences. Knows no label and no word."""
