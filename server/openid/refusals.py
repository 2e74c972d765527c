class NotProven(Exception):
    """What came back proves nobody's identity. The text is for the operator's log and quotes nothing that was sent."""


class Unreachable(Exception):
    """The provider did not answer, or not in time."""
