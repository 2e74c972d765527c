"""The application: what it answers, who may ask, and what it holds open while it runs."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from litestar import Litestar

from server import (
    accounts,
    deletion,
    device_pages,
    files,
    letters,
    lock_forms,
    pages,
    pairing_pages,
    passkey_sign_in,
    passphrase_pages,
    problems,
    provider_sign_in,
    providers,
    recovery,
    sign_up,
    step_up,
    sync_api,
    your_passkeys,
)
from server.clock import now_ms
from server.headers import add_headers
from server.journeys import clients_of
from server.lifelines import read_lifelines
from server.mail import open_mail
from server.purge import purge, purging
from server.routes import owned
from server.same_origin import same_origin
from server.sessions import owner
from server.settings import Settings
from server.shell import build_shell
from server.storage import open_storage
from server.warm_journals import WarmJournals

MOST_FORM_BYTES = 16 * 1024 * 1024  # /sync counts its own bytes; a form has far fewer


def create_app(settings: Settings, clock: Callable[[], int] = now_ms) -> Litestar:
    """The application over the settings' database, which opens with it and closes with it; pages show `clock`'s ms."""

    @asynccontextmanager
    async def open_journals(app: Litestar) -> AsyncIterator[None]:
        async with open_mail(settings.smtp_url) as app.state.mail, open_storage(settings) as app.state.storage:
            app.state.journals = WarmJournals(app.state.storage)
            async with purging(lambda: purge(app.state.storage, app.state.journals, settings, clock())):
                yield

    app = Litestar(
        owned(
            [
                *pages.handlers(),
                *accounts.handlers,
                *step_up.handlers,
                *passkey_sign_in.handlers,
                *your_passkeys.handlers,
                *passphrase_pages.handlers,
                *recovery.handlers,
                *device_pages.handlers,
                *deletion.handlers,
                *letters.handlers,
                *sign_up.handlers,
                *provider_sign_in.handlers,
                *providers.handlers,
                *pairing_pages.handlers,
                *lock_forms.handlers,
                *sync_api.handlers,
                *files.handlers,
            ]
        ),
        guards=[same_origin, owner],
        before_send=[add_headers],
        exception_handlers=problems.exception_handlers,
        lifespan=[open_journals],
        request_max_body_size=MOST_FORM_BYTES,
        openapi_config=None,
    )
    app.state.settings = settings
    app.state.clock = clock
    app.state.lifelines = read_lifelines(settings.lifelines)
    app.state.openid = clients_of(settings)
    app.state.shell = build_shell(settings.data / "shell", app.state.lifelines, settings.sign_up, settings.oidc)
    app.state.render_page = pages.render_page
    app.state.problem_page = pages.problem_page
    return app
