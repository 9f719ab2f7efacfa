"""What landing says when a shop's files cannot be used."""


class LandingError(ValueError):
    """A file or column that a build cannot do without; the message names it and the remedy."""
