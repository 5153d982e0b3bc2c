"""Masks of images: discs, a person's own, and what each loss makes of them, pixel by pixel."""
