"""A stand-in for a CRM on loopback: takes what is posted to it, and can be told to go wrong."""

from http.server import BaseHTTPRequestHandler
from typing import cast

from tests.support.serving import StandIn


class Crm(StandIn):
    """Answers with `status`."""

    def __init__(self, status: int = 204) -> None:
        super().__init__(_Handler)
        self.status = status
        self.hangs = False
        self.received: list[tuple[dict[str, str], bytes]] = []  # headers and body, in order

    @property
    def url(self) -> str:
        return f"{self.origin}/enquiries"


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
