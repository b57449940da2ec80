"""A server on 127.0.0.1 that speaks as much of S3 as plans need, with its objects in memory."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import uuid4
from xml.sax.saxutils import escape, unescape

KEY_ID, SECRET = "test-key", "a-secret-that-nobody-may-print"
PAGE_COUNT = 20  # a real one lists a thousand at a time
DAY = "2026-11-29T12:00:00.000Z"
_QUOTE = '"'


class Objects(ThreadingHTTPServer):
    """The server, with its objects by bucket and key."""

    # who finds the queue full tries again a second later
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.parts: dict[str, dict[int, bytes]] = {}
        self.guard = Lock()
        # servers of one's own often know no condition
        self.knows_conditions = True

    @property
    def url(self) -> str:
        """Address of the server."""
        return f"http://127.0.0.1:{self.server_port}"

    def environment(self) -> dict[str, str]:
        """Name the variables by which programs find it."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": KEY_ID,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
        }


@contextmanager
def serve_objects() -> Iterator[Objects]:
    """Serve until the body ends."""
    with Objects() as server:
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Objects
    protocol_version = "HTTP/1.1"
    # headers and body leave as one packet; else each answer waits for the other side
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        if "list-type" in self.query:
            self.answer(200, self.listing(self.query))
        elif (content := self.server.objects.get(self.key)) is None:
            self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        else:
            self.answer(200, content, ETag=_tag(content))

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_PUT(self) -> None:
        content = self.body()
        with self.server.guard:
            if "uploadId" in self.query:
                self.server.parts[self.query["uploadId"]][int(self.query["partNumber"])] = content
            elif self.headers["If-None-Match"] and not self.server.knows_conditions:
                self.answer(501, b"<Error><Code>NotImplemented</Code></Error>")
                return
            elif self.headers["If-None-Match"] == "*" and self.key in self.server.objects:
                self.answer(412, b"<Error><Code>PreconditionFailed</Code></Error>")
                return
            else:
                self.server.objects[self.key] = content
        self.answer(200, ETag=_tag(content))

    def do_POST(self) -> None:
        body = self.body().decode()
        if "delete" in self.query:
            names = [unescape(name) for name in re.findall(r"<Key>(.*?)</Key>", body)]
            for name in names:
                self.server.objects.pop(f"{self.bucket}/{name}", None)
            gone = "".join(f"<Deleted><Key>{escape(name)}</Key></Deleted>" for name in names)
            self.answer(200, f"<DeleteResult>{gone}</DeleteResult>".encode())
        elif "uploads" in self.query:
            upload = uuid4().hex
            self.server.parts[upload] = {}
            self.answer(200, self.upload(f"<UploadId>{upload}</UploadId>"))
        else:
            parts = self.server.parts.pop(self.query["uploadId"])
            self.server.objects[self.key] = b"".join(parts[number] for number in sorted(parts))
            self.answer(200, self.upload("<ETag>x</ETag>"))

    def do_DELETE(self) -> None:
        self.server.objects.pop(self.key, None)
        self.answer(204)

    @property
    def key(self) -> str:
        return unquote(urlsplit(self.path).path).lstrip("/")

    @property
    def bucket(self) -> str:
        return self.key.split("/")[0]

    @property
    def query(self) -> dict[str, str]:
        asked = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        return {name: values[0] for name, values in asked.items()}

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers["Content-Length"] or 0))

    def upload(self, inner: str) -> bytes:
        name = escape(self.key.partition("/")[2])
        what = (
            "CompleteMultipartUploadResult" if "ETag" in inner else "InitiateMultipartUploadResult"
        )
        return f"<{what}><Bucket>{self.bucket}</Bucket><Key>{name}</Key>{inner}</{what}>".encode()

    def listing(self, query: dict[str, str]) -> bytes:
        first = f"{self.bucket}/"
        after = query.get("continuation-token", "")
        keys = [name.removeprefix(first) for name in sorted(self.server.objects)]
        keys = [key for key in keys if key.startswith(query.get("prefix", "")) and key > after]
        page, rest = keys[:PAGE_COUNT], keys[PAGE_COUNT:]
        entries = "".join(self.entry(key, self.server.objects[first + key]) for key in page)
        more = f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if rest else ""
        truncated = f"<IsTruncated>{'true' if rest else 'false'}</IsTruncated>{more}"
        return f"<ListBucketResult>{truncated}{entries}</ListBucketResult>".encode()

    def entry(self, key: str, content: bytes) -> str:
        tag = escape(_tag(content), {_QUOTE: "&quot;"})
        return (
            f"<Contents><Key>{escape(key)}</Key><LastModified>{DAY}</LastModified>"
            f"<ETag>{tag}</ETag><Size>{len(content)}</Size></Contents>"
        )

    def answer(self, code: int, content: bytes = b"", **headers: str) -> None:
        if f"Credential={KEY_ID}/" not in self.headers.get("Authorization", ""):
            code, content = 403, b"<Error><Code>AccessDenied</Code></Error>"
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Last-Modified", "Sun, 29 Nov 2026 12:00:00 GMT")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Tell nobody."""


def _tag(content: bytes) -> str:
    return f'"{md5(content, usedforsecurity=False).hexdigest()}"'
