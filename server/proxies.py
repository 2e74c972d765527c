"""Whose address a request comes from, where proxies that the operator trusts stand before the server."""

import ipaddress

from server.request import AnyConnection

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def read_proxies(text: str) -> tuple[Network, ...]:
    """Read addresses and networks with commas between them; ValueError says what they have to be."""
    try:
        return tuple(ipaddress.ip_network(each.strip()) for each in text.split(",") if each.strip())
    except ValueError as wrong:
        raise ValueError("addresses or networks with commas between them, such as 127.0.0.1, 10.0.0.0/8") from wrong


def client_address(connection: AnyConnection) -> str:
    """Give the address of whoever asks: the last of X-Forwarded-For that no trusted proxy has, for each adds its own client."""
    found = connection.client.host if connection.client else ""
    trusted: tuple[Network, ...] = connection.app.state.settings.trusted_proxies
    # Whoever asks can begin the header with anything, so it is read from its end.
    for said in reversed(",".join(connection.headers.getall("x-forwarded-for", [])).split(",")):
        address, said_address = _address(found), _address(said.strip())
        if not address or not said_address or not any(address in network for network in trusted):
            break
        found = str(said_address)
    return found


def _address(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address  # a server that listens on :: hears IPv4 as IPv6
