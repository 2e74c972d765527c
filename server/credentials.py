import hashlib
import re
import secrets

SECRET_BYTES = 32
CREDENTIAL = re.compile(r"([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{43})")  # 43 characters hold 32 bytes


def new_credential(account: str) -> tuple[str, str]:
    """Make what is given to a person, and the hash of it that we keep."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    return f"{account}.{secret}", hash_secret(secret)


def read_credential(value: str) -> tuple[str, str] | None:
    """Take a cookie or token apart into account and secret's hash; junk is None."""
    found = CREDENTIAL.fullmatch(value)
    return (found[1], hash_secret(found[2])) if found else None


def hash_secret(secret: str) -> str:
    """Hash a secret of ours for keeping."""
    # Plain SHA-256 is enough: the secret is 256 random bits, so there is nothing to guess.
    return hashlib.sha256(secret.encode()).hexdigest()
