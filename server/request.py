"""Requests as handlers get them, and the storage that they reach through one."""

from typing import TYPE_CHECKING, Any

from litestar import Request
from litestar.connection import ASGIConnection

if TYPE_CHECKING:
    from server.storage import Storage  # which reads settings, which read proxies by a request

AnyRequest = Request[Any, Any, Any]
AnyConnection = ASGIConnection[Any, Any, Any, Any]  # what guards get; a request is one


def storage_of(connection: AnyConnection) -> "Storage":
    """The storage of the application that answers."""
    storage: Storage = connection.app.state.storage
    return storage
