"""The catalogue of losses: one file a family."""
