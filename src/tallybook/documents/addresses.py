"""Which network addresses may be visited: the public ones, unless the user allows private ones."""

from __future__ import annotations

import ipaddress
import socket

from tallybook.errors import DocumentError, NotNow

NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def resolve(host: str, port: int, source: str, *, allow_private: bool) -> str:
    """Return one IP address of `host`, to be used for the connection itself so that no later answer can differ.

    Raises: NotNow where the name is not known, or the network is away; DocumentError where any of its addresses is not
    public and private ones are not allowed.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotNow(source, f"the host {host!r} is not known", "Check the address and the network.") from error
    addresses = [ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in found]
    if not allow_private and not all(is_public(address) for address in addresses):
        raise DocumentError(
            source, f"{host!r} is a private or local address", "Give --allow-private if you mean a machine of your own."
        )
    return str(addresses[0])


def is_public(address: Address) -> bool:
    """Say whether an address is a public unicast one, also inside IPv6 forms that carry an IPv4 address."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _carried(address)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.teredo is not None:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour
