"""Names, descriptions and suggested actions for segments, in plain language and checked against the facts."""
