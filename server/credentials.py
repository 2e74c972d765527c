import hashlib
import re
import secrets

SECRET_BYTES = 32
CREDENTIAL = re.compile(r"([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{43})")  # 43 characters hold 32 bytes


def new_credential(account: str) -> tuple[str, str]:
    """Make what is given to a person, and the hash of it that we keep."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    return f"{account}.{secret}", _hash(secret)


def read_credential(value: str) -> tuple[str, str] | None:
    """Take a cookie or token apart into account and secret's hash; junk is None."""
    found = CREDENTIAL.fullmatch(value)
    return (found[1], _hash(found[2])) if found else None


def _hash(secret: str) -> str:
    # Plain SHA-256 is enough: the secret is 256 random bits, so there is nothing to guess.
    return hashlib.sha256(secret.encode()).hexdigest()
