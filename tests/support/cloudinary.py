"""A stand-in for Cloudinary on loopback: uploads and deletions with the signature checked, and delivery of what it holds."""

import hashlib
import hmac
import json
import re
import time
from dataclasses import dataclass
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler
from typing import Any, cast
from urllib.parse import unquote, urlsplit

from tests.support.serving import StandIn

UNSIGNED = {"file", "cloud_name", "resource_type", "api_key", "signature"}
STALE_SECONDS = 3600  # Cloudinary refuses a timestamp older than an hour
MAGIC = {
    b"\xff\xd8\xff": "jpg",
    b"\x89PNG": "png",
    b"GIF8": "gif",
    b"RIFF": "webp",
    b"\0\0\0": "avif",
    b"<svg": "svg",
}


class Fault(Enum):
    """How an upload goes wrong."""

    REFUSE = auto()  # 400, a reason in JSON
    UNAUTHORIZED = auto()  # 401, as for a wrong secret
    FAIL = auto()  # 500
    DROP = auto()  # closes the connection without a word
    HANG = auto()  # says nothing until the stand-in is closed
    TRICKLE = auto()  # begins an answer and never comes to its end
    RUBBISH = auto()  # 200 with HTML
    NUMBER = auto()  # 200 with JSON that is no object
    FORGETFUL = auto()  # 200 with an object that lacks the URL
    INSECURE = auto()  # 200 with a URL that browsers would not load in a page


@dataclass(frozen=True, slots=True)
class Asset:
    """One picture as it was uploaded; `fields` are the form's others."""

    public_id: str
    format: str
    data: bytes
    fields: dict[str, str]


class Cloudinary(StandIn):
    """One Cloudinary account.

    Its answers name `https://res.cloudinary.com/…` as the real ones do; `GET` on the path of such a URL delivers the
    stored bytes, whatever the transformation. Of an upload's answer it leaves out the picture's size.
    """

    def __init__(self, cloud_name: str = "demo", api_key: str = "1234", api_secret: str = "s3cret") -> None:
        super().__init__(_Handler)
        self.cloud_name, self.api_key, self.api_secret = cloud_name, api_key, api_secret
        self.fault: Fault | None = None
        self.assets: dict[str, Asset] = {}
        self.delivered: list[str] = []  # paths asked for, in order

    @property
    def url(self) -> str:
        """The CLOUDINARY_URL that sends uploads here."""
        return f"cloudinary://{self.api_key}:{self.api_secret}@{self.cloud_name}?upload_prefix={self.origin}"

    def signature(self, fields: dict[str, str]) -> str:
        """The SHA-1 of the sorted fields and the secret, as Cloudinary's upload reference tells to make it."""
        signed = "&".join(
            sorted(f"{key}={value}".replace("&", "%26") for key, value in fields.items() if key not in UNSIGNED)
        )
        return hashlib.sha1(f"{signed}{self.api_secret}".encode()).hexdigest()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Silent: that a client hangs up on a fault is what the fault is for."""


class _Handler(BaseHTTPRequestHandler):
    @property
    def cloudinary(self) -> Cloudinary:
        return cast("Cloudinary", self.server)

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_POST(self) -> None:
        fields, file = self._form()
        if self.cloudinary.fault:
            self._go_wrong(self.cloudinary.fault)
        elif refusal := self._refusal(fields, file):
            status, message = refusal
            self._answer(status, {"error": {"message": message}})
        elif self.path.endswith("/destroy"):
            is_there = self.cloudinary.assets.pop(fields["public_id"], None)
            self._answer(200, {"result": "ok" if is_there else "not found"})
        else:
            self._answer(200, self._keep(fields, file))

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.cloudinary.delivered.append(self.path)
        prefix = f"/{self.cloudinary.cloud_name}/image/upload/"
        for asset in self.cloudinary.assets.values():
            if path.startswith(prefix) and re.search(rf"/{re.escape(asset.public_id)}(?:\.\w+)?$", path):
                return self._send(200, f"image/{asset.format.replace('jpg', 'jpeg')}", asset.data)
        return self._send(404, "text/plain", b"", {"X-Cld-Error": "Resource not found"})

    def _form(self) -> tuple[dict[str, str], bytes]:
        """The fields of a multipart form, and its file (empty if there is none)."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        boundary = self.headers.get_param("boundary", header="Content-Type")
        fields, file = {}, b""
        for part in body.split(f"--{boundary}".encode())[1:-1]:
            head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
            name = re.search(rb'name="([^"]*)"', head)
            if b"filename=" in head:
                file = content.removesuffix(b"\r\n")
            elif name:
                fields[name[1].decode()] = content.removesuffix(b"\r\n").decode()
        return fields, file

    def _refusal(self, fields: dict[str, str], file: bytes) -> tuple[int, str] | None:
        """Status and message of what Cloudinary would not accept; None if all is well."""
        own = f"/v1_1/{self.cloudinary.cloud_name}"
        if self.path not in {f"{own}/image/upload", f"{own}/raw/upload", f"{own}/image/destroy"}:
            return 401, "cloud_name mismatch"
        if fields.get("api_key") != self.cloudinary.api_key:
            return 401, f"Unknown API key {fields.get('api_key')}"
        if not hmac.compare_digest(fields.get("signature", ""), self.cloudinary.signature(fields)):
            return 401, f"Invalid Signature {fields.get('signature')}"
        if abs(time.time() - int(fields.get("timestamp", "0"))) > STALE_SECONDS:
            return 400, "Stale request"
        if self.path == f"{own}/image/upload" and not _format(file):
            return 400, "Invalid image file"
        return None

    def _keep(self, fields: dict[str, str], file: bytes) -> dict[str, Any]:
        etag = hashlib.md5(file).hexdigest()
        public_id = fields.get("public_id", etag[:20])
        existing = public_id in self.cloudinary.assets and fields.get("overwrite") == "0"
        if not existing:
            self.cloudinary.assets[public_id] = Asset(public_id, _format(file), file, fields)
        asset = self.cloudinary.assets[public_id]
        kind = self.path.split("/")[3]
        name = public_id if kind == "raw" else f"{public_id}.{asset.format}"
        path = f"res.cloudinary.com/{self.cloudinary.cloud_name}/{kind}/upload/v1700000000/{name}"
        return {
            "asset_id": etag,
            "public_id": public_id,
            "version": 1700000000,
            "format": asset.format,
            "resource_type": kind,
            "type": "upload",
            "bytes": len(asset.data),
            "etag": etag,
            "url": f"http://{path}",
            "secure_url": f"https://{path}",
            "existing": existing,
        }

    def _go_wrong(self, fault: Fault) -> None:
        match fault:
            case Fault.REFUSE:
                self._answer(400, {"error": {"message": "Image is\ntoo odd."}})
            case Fault.UNAUTHORIZED:
                self._answer(401, {"error": {"message": f"Invalid Signature. {self.cloudinary.api_secret}"}})
            case Fault.FAIL:
                self._answer(500, {"error": {"message": "General error"}})
            case Fault.DROP:
                self.close_connection = True
            case Fault.HANG:
                self.cloudinary.closing.wait()
            case Fault.TRICKLE:
                self._trickle()
            case Fault.RUBBISH:
                self._send(200, "text/html", b"<h1>It works!</h1>")
            case Fault.NUMBER:
                self._answer(200, 7)
            case Fault.FORGETFUL:
                self._answer(200, {"public_id": "x"})
            case Fault.INSECURE:
                self._answer(200, {"secure_url": "http://res.cloudinary.com/demo/image/upload/x.jpg"})

    def _trickle(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        while not self.cloudinary.closing.wait(0.02):
            self.wfile.write(b" ")

    def _answer(self, status: int, content: object) -> None:
        self._send(status, "application/json", json.dumps(content).encode())

    def _send(self, status: int, content_type: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": content_type, "Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _format(file: bytes) -> str:
    return next((name for magic, name in MAGIC.items() if file.startswith(magic)), "")
