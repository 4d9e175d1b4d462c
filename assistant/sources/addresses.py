"""Which addresses a page may be fetched from: public ones, whatever they are written like."""

from __future__ import annotations

import re
import socket
import unicodedata
from collections.abc import Callable, Sequence
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address, ip_network

from assistant.errors import SourceError

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[str]]  # a host and a port to its addresses

_ENDS_IN_NUMBER = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$", re.IGNORECASE)
# Not for everybody, though some releases of Python call them global.
_CLOSED = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # carriers' own
        "168.63.129.16/32",  # a cloud's platform service
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "64:ff9b::/96",  # these four hold an IPv4 address
        "64:ff9b:1::/48",
        "2001::/23",
        "2002::/16",
        "100::/64",
        "fec0::/10",
        "3fff::/20",
        "5f00::/16",
    )
)


def system_addresses(host: str, port: int) -> Sequence[str]:
    """Return the addresses that the system's resolver gives for a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def public_addresses(host: str, port: int, *, url: str, resolve: Resolve) -> tuple[Address, ...]:
    """Return the addresses of a host, each of which was checked to be public.

    Raises:
        SourceError: the host is written as a number in an unusual notation, is not found, or any
            of its addresses is private, loopback, link-local, multicast, reserved or a metadata
            service's.
    """
    plain = unicodedata.normalize("NFKC", host).strip("[]").rstrip(".").lower()
    if not plain or "%" in plain or any(c.isspace() or ord(c) < 32 for c in plain):
        raise SourceError(f"{url}: '{host}' is no host name", name=url)
    written = _literal(plain, url)
    try:
        answers = [str(written)] if written else resolve(plain, port)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"{url}: the host '{plain}' was not found", name=url) from error
    addresses = tuple(_address(answer) for answer in answers)
    for address in addresses:
        if address is None or not is_public(address):
            where = f"'{plain}' leads to {address or 'no address'}, which is not public"
            raise SourceError(f"{url}: {where}: save the page and hand in the file", name=url)
    return tuple(address for address in addresses if address)


def _literal(host: str, url: str) -> Address | None:
    """Return the address that a host is written as; only the usual notation will do."""
    if ":" in host or _ENDS_IN_NUMBER.search(host):
        address = _address(host)
        if address is None:
            raise SourceError(
                f"{url}: '{host}' is an address in an unusual notation: write the host's name",
                name=url,
            )
        return address
    return None


def _address(text: str) -> Address | None:
    try:
        return ip_address(text)
    except (AddressValueError, ValueError):
        return None


def is_public(address: Address) -> bool:
    """Tell whether everybody may reach an address; one inside another is looked at, too."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return is_public(address.ipv4_mapped)
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
        and not any(address in network for network in _CLOSED if network.version == address.version)
    )
