"""What goes wrong with encoders."""


class EncoderError(RuntimeError):
    """An encoder can't be used; the message says what to do."""
