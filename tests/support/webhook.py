"""A stand-in for a CRM on loopback: takes what is posted to it, and can be told to go wrong."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self, cast


class Crm(ThreadingHTTPServer):
    """Served from a thread for as long as the `with` block lasts; answers with `status`."""

    daemon_threads = True

    def __init__(self, status: int = 204) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = status
        self.hangs = False
        self.received: list[tuple[dict[str, str], bytes]] = []  # headers and body, in order
        self.closing = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/enquiries"


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_POST(self) -> None:
        crm = cast("Crm", self.server)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        crm.received.append((dict(self.headers.items()), body))
        if crm.hangs:
            crm.closing.wait()
        self.send_response(crm.status)
        if 300 <= crm.status < 400:
            self.send_header("Location", f"{crm.url}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST
