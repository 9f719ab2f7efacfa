"""What landing says when a shop's files cannot be used."""


class LandingError(ValueError):
    """A file or column that a build cannot do without; the message names it and the remedy."""


def without_personal_data(text: str) -> str:
    """What of a file may stand in a message, which goes into logs."""
    # Imported when there is something to say: landing needs no telephone numbers otherwise.
    from python_udfs.voice.labels import redact_label
    from python_udfs.voice.redaction import DEFAULT_REGIONS

    return redact_label(text, DEFAULT_REGIONS)
