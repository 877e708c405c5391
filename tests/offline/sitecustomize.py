"""Refuses the network to the test suite and to every Python process that it starts (this folder stands on their PYTHONPATH)."""

from __future__ import annotations

import errno
import sys

_LOCAL_FAMILY = 1
"""AF_UNIX: sockets that cannot leave the machine."""
_ON: list[bool] = []


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.getaddrinfo" or (
        event in ("socket.connect", "socket.sendto", "socket.sendmsg") and getattr(arguments[0], "family", 0) != _LOCAL_FAMILY
    ):
        raise OSError(errno.ENETUNREACH, "the network is refused in tests", str(arguments[-1]))


def refuse_network() -> None:
    """Makes each attempt to reach another host, or to look one up, raise OSError; an audit hook sees those of C code as well."""
    if not _ON:
        _ON.append(True)
        sys.addaudithook(_refuse)


refuse_network()
