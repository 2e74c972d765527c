"""This server to passkeys, a relying party (WebAuthn Level 3): what it asks devices, and what it takes of their answers.

The package raises whatever comes up at an answer that is not as it should be, and so do these functions.
"""

from urllib.parse import urlsplit

import msgspec
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import (
    base64url_to_bytes,
    parse_authentication_credential_json,
    parse_registration_credential_json,
)
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    RegistrationCredential,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from server.passkey_challenges import GOOD_FOR_MS
from server.settings import Settings
from server.storage import Passkey

MOST_ANSWER = 16 * 1024  # characters; a device's answer has about 1,000, with RSA and a certificate 4,000
NAME = "Unlearn"  # what a device's own dialogue calls us
ALGORITHMS = [
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]


class RelyingParty:
    """Passkeys are for people's own address of this server, never for what a request says."""

    def __init__(self, settings: Settings) -> None:
        self._id = urlsplit(settings.public_url).hostname or ""
        self._origin = settings.public_url

    def creation_options(self, account: str, email: str, challenge: str, known: list[Passkey]) -> str:
        """What a device is asked for a new passkey, as JSON; it makes no second one beside one of `known`."""
        options = generate_registration_options(
            rp_id=self._id,
            rp_name=NAME,
            user_id=account.encode(),
            user_name=email,
            challenge=base64url_to_bytes(challenge),
            timeout=GOOD_FOR_MS,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
            ),
            exclude_credentials=_described(known),
            supported_pub_key_algs=ALGORITHMS,
        )
        return options_to_json(options)

    def request_options(self, challenge: str, known: list[Passkey]) -> str:
        """What a device is asked to sign with one of `known`, as JSON; with none of them, whichever passkey of ours it has."""
        options = generate_authentication_options(
            rp_id=self._id,
            challenge=base64url_to_bytes(challenge),
            timeout=GOOD_FOR_MS,
            allow_credentials=_described(known),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        return options_to_json(options)

    def read_made(self, answer: str) -> tuple[RegistrationCredential, str]:
        """A device's answer about a new passkey, and the challenge that it says it answers."""
        credential = parse_registration_credential_json(_short(answer))
        return credential, _challenge_of(credential.response.client_data_json)

    def read_signed(self, answer: str) -> tuple[AuthenticationCredential, str]:
        """A device's answer that a passkey signed, and the challenge that it says it answers."""
        credential = parse_authentication_credential_json(_short(answer))
        return credential, _challenge_of(credential.response.client_data_json)

    def check_made(self, credential: RegistrationCredential, challenge: str) -> VerifiedRegistration:
        """What to keep of a new passkey."""
        return verify_registration_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=self._id,
            expected_origin=self._origin,
            require_user_verification=True,
            supported_pub_key_algs=ALGORITHMS,
        )

    def check_signed(
        self, credential: AuthenticationCredential, challenge: str, passkey: Passkey
    ) -> VerifiedAuthentication:
        """What to keep of this use of the passkey."""
        return verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=self._id,
            expected_origin=self._origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )


class ClientData(msgspec.Struct, frozen=True):
    """What the browser says of the page that asked, as far as the package does not look at it."""

    challenge: str
    crossOrigin: bool = False  # noqa: N815 - WebAuthn's own name


def _challenge_of(client: bytes) -> str:
    """What was signed, by a page that stood in no other site's."""
    data = msgspec.json.decode(client, type=ClientData)
    if data.crossOrigin:
        raise ValueError("asked from within another site's page")
    return data.challenge


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
