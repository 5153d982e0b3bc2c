"""Points of a batch that attract and repel each other: forces, their way, and what an implementation costs."""
