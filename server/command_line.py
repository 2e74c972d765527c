"""What the operator's commands have in common: how they say that something cannot be done."""


class Refused(Exception):
    """What cannot be done, in the one line that the operator reads."""


def no_account(email: str) -> Refused:
    """Say that nobody has this email."""
    return Refused(f"there is no account {email}; make one with: unlearn account add {email}")
