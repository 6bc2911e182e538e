"""Servers on loopback that stand in for what the site talks to."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


class StandIn(ThreadingHTTPServer):
    """Served from a thread for as long as the `with` block lasts; what hangs may wait for `closing`."""

    daemon_threads = True

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.closing = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends every request; from now on connections are refused. May be called twice."""
        self.closing.set()
        self.shutdown()
        self.server_close()
        if self._thread.is_alive():
            self._thread.join()

    @property
    def origin(self) -> str:
        """Where it listens, such as `http://127.0.0.1:40123`."""
        return f"http://127.0.0.1:{self.server_port}"
