"""How an article feels: VADER exactly, a measure calibrated on human ratings, and the tone toward a target."""
