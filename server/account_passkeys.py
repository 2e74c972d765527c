"""Passkeys that sign in to an account (WebAuthn Level 3): made, asked for, judged.

The passkey that opens a device's own lock is another thing: no server ever sees it (web/phone/passkeys.js).
"""

import re
import time
from typing import Any
from urllib.parse import urlsplit

import msgspec
from litestar import Request
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_authentication_credential_json,
    parse_registration_credential_json,
)
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from server.passkey_challenges import GOOD_FOR_MS, take_challenge
from server.problems import Problem
from server.settings import Settings
from server.storage import Account, Passkey, Storage, Taken

AnyRequest = Request[Any, Any, Any]

MOST_ANSWER = 16 * 1024  # characters; a device's answer has about 1,000, with RSA and a certificate 4,000
ACCOUNT = re.compile(r"[A-Za-z0-9_-]{1,64}")
NAME = "Unlearn"  # what a device's own dialogue calls us
ALGORITHMS = [
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]


def creation_options(settings: Settings, account: str, email: str, challenge: bytes, known: list[Passkey]) -> str:
    """What a device is asked for a new passkey, as JSON; it makes no second one beside one of `known`."""
    options = generate_registration_options(
        rp_id=site_of(settings)[0],
        rp_name=NAME,
        user_id=account.encode(),
        user_name=email,
        challenge=challenge,
        timeout=GOOD_FOR_MS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=_described(known),
        supported_pub_key_algs=ALGORITHMS,
    )
    return options_to_json(options)


def request_options(settings: Settings, challenge: bytes, known: list[Passkey]) -> str:
    """What a device is asked to sign with one of `known`, as JSON; with none of them, whichever passkey of ours it has."""
    options = generate_authentication_options(
        rp_id=site_of(settings)[0],
        challenge=challenge,
        timeout=GOOD_FOR_MS,
        allow_credentials=_described(known),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


async def add_passkey(request: AnyRequest, account: str, answer: str, name: str, purpose: str) -> None:
    """Keep the passkey that a device made, or raise Problem `wrong_passkey`."""
    try:
        made = parse_registration_credential_json(_short(answer))
        challenge = _challenge_of(made.response.client_data_json)
    except Exception as error:  # the package's parsers raise whatever comes up
        raise _refused(422) from error
    if not await take_challenge(request, challenge, purpose, account):
        raise _refused(422)
    rp_id, origin = site_of(request.app.state.settings)
    try:
        seen = verify_registration_response(
            credential=made,
            expected_challenge=challenge,
            expected_rp_id=rp_id,
            expected_origin=origin,
            require_user_verification=True,
            supported_pub_key_algs=ALGORITHMS,
        )
    except Exception as error:
        raise _refused(422) from error
    id = bytes_to_base64url(seen.credential_id)
    transports = " ".join(each.value for each in made.response.transports or [])
    try:
        row = Passkey(account, id, seen.credential_public_key, seen.sign_count, name, _now(), 0, transports)
        await _storage(request).add(row)
    except Taken as taken:
        raise _refused(422) from taken


async def proved(request: AnyRequest, answer: str, purpose: str, account: str = "") -> Account:
    """Give the account that a device's answer vouches for, this one where it is known; or raise Problem `wrong_passkey`."""
    try:
        said = parse_authentication_credential_json(_short(answer))
        challenge = _challenge_of(said.response.client_data_json)
        owner = _owner_of(said.response.user_handle, account)
    except Exception as error:
        raise _refused() from error
    is_asked = await take_challenge(request, challenge, purpose, account)
    # By account and id together: a key that another account keeps under the same id never answers for this one.
    passkey = await _storage(request).one(Passkey, account=owner, id=bytes_to_base64url(said.raw_id))
    if not is_asked or not passkey:
        raise _refused()
    rp_id, origin = site_of(request.app.state.settings)
    try:
        seen = verify_authentication_response(
            credential=said,
            expected_challenge=challenge,
            expected_rp_id=rp_id,
            expected_origin=origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except Exception as error:
        raise _refused() from error
    key = {"account": owner, "id": passkey.id}
    is_there = await _storage(request).update(Passkey, key, sign_count=seen.new_sign_count, used_at=_now())
    kept = await _storage(request).one(Account, account=owner) if is_there else None
    if not kept:
        raise _refused()
    return kept


def site_of(settings: Settings) -> tuple[str, str]:
    """The name and the origin that passkeys are for: people's own address of this server, never what a request says."""
    return urlsplit(settings.public_url).hostname or "", settings.public_url


class ClientData(msgspec.Struct, frozen=True):
    """What the browser says of the page that asked, as far as the package does not look at it."""

    challenge: str
    crossOrigin: bool = False  # noqa: N815 - WebAuthn's own name


def _challenge_of(client: bytes) -> bytes:
    """What was signed, by a page that stood in no other site's."""
    data = msgspec.json.decode(client, type=ClientData)
    if data.crossOrigin:
        raise ValueError("asked from within another site's page")
    return base64url_to_bytes(data.challenge)


def _owner_of(user_handle: bytes | None, account: str) -> str:
    """The account that a device names; one that was asked for a passkey of this account may leave that out."""
    owner = user_handle.decode("ascii") if user_handle else account
    if not ACCOUNT.fullmatch(owner) or (account and owner != account):
        raise ValueError("no account, or another one")
    return owner


def _described(known: list[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(each.id), transports=[AuthenticatorTransport(way) for way in each.transports.split()]
        )
        for each in known
    ]


def _short(answer: str) -> str:
    if len(answer) > MOST_ANSWER:
        raise ValueError("longer than any device's answer")
    return answer


def _refused(status: int = 401) -> Problem:
    return Problem(status, "wrong_passkey")


def _now() -> int:
    return time.time_ns() // 1_000_000


def _storage(request: AnyRequest) -> Storage:
    storage: Storage = request.app.state.storage
    return storage
