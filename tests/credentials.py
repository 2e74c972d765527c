"""What a sign-in form sends: a key made from the passphrase, as a device makes it."""

import json
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from server.keys import key_for, to_text


def credentials(url: str, email: str, passphrase: str) -> dict[str, str]:
    """Ask the running server how the account's key is made, and make it."""
    headers = {"Accept": "application/json", "Origin": url}
    asked = Request(f"{url}/sign-in/parameters", urlencode({"email": email}).encode(), headers)  # noqa: S310 - ours
    with urlopen(asked) as answer:  # noqa: S310
        kdf = json.load(answer)["kdf"]
    return {"email": email, "key": to_text(key_for(passphrase, kdf))}
