"""The ways into an account: one has to stay."""

from collections.abc import Collection

from server.storage import Account, Identity, Passkey, Storage


async def ways_in(storage: Storage, account: str, issuers: Collection[str]) -> int:
    """Count them: the passphrase, each passkey, each identity at one of these OpenID providers, which are in use."""
    kept = await storage.one(Account, account=account)
    passkeys = await storage.all(Passkey, account=account)
    identities = [each for each in await storage.all(Identity, account=account) if each.issuer in issuers]
    return len(passkeys) + len(identities) + bool(kept and kept.key_hash)
