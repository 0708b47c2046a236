"""Serving: a production WSGI server, on this machine unless told otherwise, that ends cleanly."""

from __future__ import annotations

import errno
import ipaddress
import signal
import socket
import sys
import threading
import webbrowser
from types import FrameType

from waitress.server import create_server

from dashapp import security
from dashapp.app import create_app
from pacte_graph.errors import EngineBusy, UsageError
from pacte_graph.settings import Settings

THREADS = 8
DEFAULT_PORT = 8050
LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})


def serve(
    settings: Settings, *, host: str = "127.0.0.1", port: int = DEFAULT_PORT, read_only: bool = False, open_browser: bool = True
) -> None:
    """Serve the app until SIGINT or SIGTERM, then close the store. The URL is printed alone on one line of standard output.

    ``port`` 0 takes a free one. Raises EngineBusy when the port is taken, UsageError when the host isn't of this machine.
    """
    local = loopback(host)
    door = _door(host, port)
    if not local:
        sys.stderr.write(
            f"Warning: {host} can be reached by other machines; Pacte Graph has no accounts: whoever reaches it reads all.\n"
        )
    app = create_app(settings, read_only=read_only)
    if local:
        security.only_hosts(app, LOCAL_NAMES)
    server = create_server(app.server, sockets=[door], threads=THREADS, ident=None)
    address = url(host, door.getsockname()[1])
    print(address, flush=True)  # noqa: T201 - what the command says
    if open_browser and not settings.no_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    _stop_on_signals()
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        server.close()
        app.services.close()


def loopback(host: str) -> bool:
    """Return True when only this machine can reach ``host``.

    >>> loopback("127.0.0.1"), loopback("localhost"), loopback("::1"), loopback("0.0.0.0")
    (True, True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def url(host: str, port: int) -> str:
    """Return the address to open.

    >>> url("::1", 80), url("0.0.0.0", 8050)
    ('http://[::1]:80/', 'http://127.0.0.1:8050/')
    """
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - shown, not bound
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def _door(host: str, port: int) -> socket.socket:
    """Return a listening socket; taken before the app is built, so that a taken port is said at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
        door.listen(128)
    except OSError as problem:
        door.close()
        raise _refusal(host, port, problem) from problem
    return door


def _refusal(host: str, port: int, problem: OSError) -> EngineBusy | UsageError:
    if problem.errno in (errno.EADDRINUSE, errno.EACCES):
        taken = "is taken by another program" if problem.errno == errno.EADDRINUSE else "can't be used without special rights"
        return EngineBusy(f"Port {port} on {host} {taken}.", hint="Choose another with --port, or --port 0 for any free one.")
    return UsageError(f"{host} is not an address of this machine: {problem.strerror}.", hint="Leave --host out.")


def _stop_on_signals() -> None:
    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise KeyboardInterrupt

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, stop)
