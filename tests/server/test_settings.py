import re
from pathlib import Path

import pytest

from server.settings import BadSetting, Settings, read_settings, variable, without_password

README = Path(__file__).parents[2] / "README.md"


def test_an_empty_environment_serves_this_machine_alone_from_var():
    settings = read_settings({})

    assert (settings.host, settings.port, settings.public_url) == ("127.0.0.1", 8000, "http://localhost:8000")
    assert settings.data == Path("var").absolute()
    assert settings.database_url == f"sqlite:///{settings.data}/unlearn.sqlite3"
    assert settings.is_local


def test_the_database_follows_the_data_folder_and_the_address_follows_the_port(tmp_path: Path):
    settings = read_settings({"UNLEARN_DATA": str(tmp_path), "UNLEARN_PORT": "9001"})

    assert settings.database_url == f"sqlite:///{tmp_path}/unlearn.sqlite3"
    assert settings.public_url == "http://localhost:9001"


def test_a_server_for_the_whole_network_gives_people_an_address_they_can_type():
    settings = read_settings({"UNLEARN_HOST": "0.0.0.0"})

    assert not settings.is_local
    assert "0.0.0.0" not in settings.public_url


def test_a_public_url_is_kept_as_an_origin():
    assert (
        read_settings({"UNLEARN_PUBLIC_URL": "https://Journal.example.org/"}).public_url
        == "https://journal.example.org"
    )


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("UNLEARN_HOST", "no such host", "an address or name of this machine"),
        ("UNLEARN_PORT", "http", "a whole number from 1 to 65535"),
        ("UNLEARN_PORT", "65536", "a whole number from 1 to 65535"),
        ("UNLEARN_PORT", "٣", "a whole number from 1 to 65535"),
        ("UNLEARN_DATA", "", "a folder"),
        ("UNLEARN_DATA", "/etc/passwd", "a folder"),
        ("UNLEARN_DATABASE_URL", "mysql://somewhere", "sqlite:///"),
        ("UNLEARN_DATABASE_URL", "postgresql://somewhere", "postgresql://user:password@host/name"),
        ("UNLEARN_DATABASE_URL", "postgresql://somewhere/", "postgresql://user:password@host/name"),
        ("UNLEARN_DATABASE_URL", "postgresql://somewhere:65536/journals", "postgresql://user:password@host/name"),
        ("UNLEARN_DATABASE_URL", "postgresql://some where/journals", "postgresql://user:password@host/name"),
        ("UNLEARN_PUBLIC_URL", "journal.example.org", "http:// or https://"),
        ("UNLEARN_PUBLIC_URL", "https://example.org/journal", "no path"),
        ("UNLEARN_PUBLIC_URL", "https://mara@example.org", "no path"),
        ("UNLEARN_SESSION_DAYS", "401", "a whole number of days from 1 to 400"),
        ("UNLEARN_SESSION_IDLE_DAYS", "0", "a whole number of days"),
        ("UNLEARN_LOG_LEVEL", "loud", "one of debug, info, warning, error"),
        ("UNLEARN_SIGN_UP", "ajar", "open, invitation or closed"),
        ("UNLEARN_SMTP_URL", "mail.example.org", "smtp://user:password@host:port"),
        ("UNLEARN_SMTP_URL", "smtp://mail.example.org", "?from=address"),
        ("UNLEARN_SMTP_URL", "smtp://mail.example.org:many?from=unlearn@example.org", "smtp://"),
        ("UNLEARN_SMTP_URL", "smtp://mail.example.org?from=unlearn@example.org&tls=no", "smtp://"),
        ("UNLEARN_TRUSTED_PROXIES", "10.0.0.1, the proxy", "addresses or networks"),
        ("UNLEARN_TRUSTED_PROXIES", "10.0.0.1/8", "addresses or networks"),
    ],
)
def test_a_bad_value_is_refused_in_one_line_that_says_which_and_why(name: str, value: str, why: str):
    with pytest.raises(BadSetting) as refused:
        read_settings({name: value})

    line = str(refused.value)
    assert line.startswith(f"{name} is {without_password(value)!r}, but must be ")
    assert why in line
    assert "\n" not in line


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://unlearn:a%20secret@db.example.org:5433/journals?sslmode=verify-full",
        "postgres://unlearn@[::1]:5432/journals",
        "postgresql://one:5432,two:5432/journals",
        "postgresql:///journals?host=/var/run/postgresql",
    ],
)
def test_a_postgresql_is_named_as_its_own_tools_name_it(url: str):
    settings = read_settings({"UNLEARN_DATABASE_URL": url})

    assert settings.is_postgres
    assert settings.database_url == url


def test_no_password_is_in_the_line_that_refuses_a_database():
    with pytest.raises(BadSetting) as refused:
        read_settings({"UNLEARN_DATABASE_URL": "postgresql://unlearn:a-secret@db:99999/journals"})

    assert "'postgresql://unlearn:***@db:99999/journals'" in str(refused.value)


@pytest.mark.parametrize("password", ["a-secret", "a:secret", "@secret", "/secret", "sec@ret"])
def test_no_password_is_in_the_line_that_refuses_a_mail_server(password: str):
    with pytest.raises(BadSetting) as refused:
        read_settings({"UNLEARN_SMTP_URL": f"smtp://unlearn:{password}@mail:many"})

    assert "secret" not in str(refused.value)
    assert "ret@" not in str(refused.value)


def test_a_mail_server_is_read_from_its_url_and_says_no_password():
    mail = read_settings({"UNLEARN_SMTP_URL": "smtps://me%40example.org:a%2Fsecret@mail.example.org"}).smtp_url

    assert mail
    assert (mail.host, mail.port, mail.security, mail.sender) == ("mail.example.org", 465, "tls", "me@example.org")
    assert (mail.user, mail.password) == ("me@example.org", "a/secret")
    assert "secret" not in f"{mail} {mail!r}"


@pytest.mark.parametrize(
    ("url", "port", "security"),
    [
        ("smtp://mail.example.org?from=unlearn@example.org", 587, "starttls"),
        ("smtp://127.0.0.1:25?from=unlearn@example.org", 25, "none"),
        ("smtp://localhost?from=unlearn@example.org", 587, "none"),
    ],
)
def test_mail_leaves_this_machine_encrypted_or_not_at_all(url: str, port: int, security: str):
    mail = read_settings({"UNLEARN_SMTP_URL": url}).smtp_url

    assert mail
    assert (mail.port, mail.security, mail.sender) == (port, security, "unlearn@example.org")


def test_a_misspelt_name_is_refused_with_the_nearest_real_one():
    with pytest.raises(BadSetting, match="UNLEARN_DATABSE_URL is not a setting; did you mean UNLEARN_DATABASE_URL"):
        read_settings({"UNLEARN_DATABSE_URL": "sqlite:///elsewhere.db"})


def test_other_programs_names_are_left_alone():
    read_settings({"PATH": "/bin", "PORT": "junk"})


def test_every_setting_is_in_the_readme_and_nothing_else_is():
    section = README.read_text().split("## Settings", 1)[1].split("\n## ", 1)[0]

    documented = re.findall(r"^\| `(UNLEARN_\w+)` \|", section, re.MULTILINE)

    assert documented == [variable(field) for field in Settings.__struct_fields__]
