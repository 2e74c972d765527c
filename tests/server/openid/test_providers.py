"""Which providers an operator may name, and what is said of those that cannot be."""

from pathlib import Path

import pytest

from server.check import check
from server.openid.providers import read_providers
from server.settings import BadSetting, read_settings
from tests.server.house import House

CLINIC = {
    "UNLEARN_OIDC": "clinic",
    "UNLEARN_OIDC_CLINIC_ISSUER": "https://id.clinic.example/realm",
    "UNLEARN_OIDC_CLINIC_CLIENT_ID": "unlearn",
    "UNLEARN_OIDC_CLINIC_CLIENT_SECRET": "not-to-be-said",
}
HOME = {
    "UNLEARN_OIDC": "home, clinic",
    "UNLEARN_OIDC_HOME_ISSUER": "http://127.0.0.1:9000",
    "UNLEARN_OIDC_HOME_CLIENT_ID": "unlearn",
    "UNLEARN_OIDC_HOME_CLIENT_SECRET": "nor-this",
    "UNLEARN_OIDC_HOME_LABEL": "The house & garden",
}


def test_without_any_nobody_is_asked_and_nothing_is_shown() -> None:
    assert read_settings({}).oidc == ()


def test_there_may_be_several_in_the_order_in_which_they_are_named() -> None:
    providers = read_settings({**CLINIC, **HOME}).oidc
    assert [each.name for each in providers] == ["home", "clinic"]
    assert [each.label for each in providers] == ["The house & garden", "Clinic"]
    assert [each.client_secret for each in providers] == ["nor-this", "not-to-be-said"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (
            {"UNLEARN_OIDC": "Clinic"},
            "UNLEARN_OIDC names 'Clinic', but a provider's name must be small letters and digits",
        ),
        ({"UNLEARN_OIDC": "clinic,clinic"}, "UNLEARN_OIDC has two providers with the name 'clinic'"),
        ({"UNLEARN_OIDC": ""}, "UNLEARN_OIDC_CLINIC_ISSUER is not a setting"),
        ({"UNLEARN_OIDC_CLINIC_ISSUER": ""}, "UNLEARN_OIDC_CLINIC_ISSUER is missing"),
        ({"UNLEARN_OIDC_CLINIC_CLIENT_ID": ""}, "UNLEARN_OIDC_CLINIC_CLIENT_ID is missing"),
        ({"UNLEARN_OIDC_CLINIC_CLIENT_SECRET": " "}, "UNLEARN_OIDC_CLINIC_CLIENT_SECRET is missing"),
        ({"UNLEARN_OIDC_CLINIC_CLIENT_SECRET": "a\nb"}, "UNLEARN_OIDC_CLINIC_CLIENT_SECRET must be printable"),
        ({"UNLEARN_OIDC_CLINIC_SECRET": "x"}, "UNLEARN_OIDC_CLINIC_SECRET is not a setting"),
        ({"UNLEARN_OIDC_CLINIK_LABEL": "x"}, "did you mean UNLEARN_OIDC_CLINIC_LABEL"),
        ({"UNLEARN_OIDC_CLINIC_ISSUER": "http://id.clinic.example"}, "must be an https:// address"),
        ({"UNLEARN_OIDC_CLINIC_ISSUER": "http://localhost.evil.example"}, "must be an https:// address"),
        ({"UNLEARN_OIDC_CLINIC_ISSUER": "https://mara@id.example"}, "must be an https:// address"),
        ({"UNLEARN_OIDC_CLINIC_ISSUER": "https://id.example/?a"}, "must be an https:// address"),
        ({"UNLEARN_OIDC_CLINIC_ISSUER": "https://id.example/#a"}, "must be an https:// address"),
        ({"UNLEARN_OIDC_CLINIC_ISSUER": "https://[id.example"}, "must be an https:// address"),
        ({**HOME, "UNLEARN_OIDC_HOME_ISSUER": CLINIC["UNLEARN_OIDC_CLINIC_ISSUER"]}, "two providers with the issuer"),
    ],
)
def test_one_that_cannot_be_stops_the_start_with_one_line(changes: dict[str, str], why: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read_settings({**CLINIC, **changes})
    line = str(refused.value)
    assert why in line
    assert "\n" not in line
    assert "not-to-be-said" not in line


def test_the_operator_reads_who_they_are_and_no_secret(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = read_settings({**CLINIC, "UNLEARN_DATA": str(tmp_path)})
    assert check(settings)
    said = capsys.readouterr().out
    assert "clinic (https://id.clinic.example/realm)" in said
    assert "not-to-be-said" not in said + repr(settings) + repr(read_providers(CLINIC))


async def test_the_phone_is_told_names_and_labels_alone(house: House) -> None:
    said = house.app.state.shell.files["data.js"].bodies[""].decode()
    assert (
        r"\"providers\":[{\"name\":\"clinic\",\"label\":\"Clinic\"},{\"name\":\"other\",\"label\":\"Other\"}]" in said
    )
    for each in house.app.state.settings.oidc:
        assert each.client_secret not in said
        assert each.issuer not in said
