"""Ways to hand a loss an argument, each really run: trained, changed, saved and loaded."""
