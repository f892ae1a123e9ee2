"""preview.py VSM: `vsm preview` with clients that are too many, slow, silent or verbose.

Waiting clients cost no processor time; an excess of them is reported once; the server recovers when they are gone and
answers the next request. Exit 0 no findings, 1 findings.
"""

import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ledger import check, closed

MAP = 'stream s "Stream" { step a { process: 1h, lead: 2h, ca: 90% } }\n'


class Preview:
    def __init__(self, vsm, folder, descriptors):
        self.map = folder / "map.vsm"
        self.map.write_text(MAP)
        self.said = folder / "said"

        def limit():
            resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))

        with self.said.open("w") as said:
            self.running = subprocess.Popen(
                [vsm, "preview", self.map], stdout=subprocess.PIPE, stderr=said, text=True, preexec_fn=limit
            )
        address = self.running.stdout.readline().strip()
        self.port = int(address.rstrip("/").rsplit(":", 1)[1])

    def connect(self, text=b""):
        one = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        if text:
            one.sendall(text)
        return one

    def ask(self, text, seconds=10):
        """The complete response, or None if it takes too long."""
        with self.connect() as one:
            one.settimeout(seconds)
            got = b""
            try:
                one.sendall(text)
                while part := one.recv(65536):
                    got += part
            except TimeoutError:
                return None
            except ConnectionError:
                pass
            return got.decode(errors="replace")

    def page(self, seconds=10):
        return self.ask(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode(), seconds)

    def ticks(self):
        fields = Path(f"/proc/{self.running.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def stop(self):
        self.running.send_signal(signal.SIGINT)
        check(self.running.wait(10) == 130, f"after an interrupt: exit {self.running.returncode}")


def is_page(answer):
    return answer is not None and answer.startswith("HTTP/1.1 200 ") and "<html" in answer


def many(vsm, folder, descriptors, count):
    what = f"{count} connections with {descriptors} descriptors"
    preview = Preview(vsm, folder, descriptors)
    check(is_page(preview.page()), f"{what}: no page before")
    waiting = [preview.connect() for _ in range(count)]
    time.sleep(0.5)
    before = preview.ticks()
    time.sleep(2)
    spent = (preview.ticks() - before) / os.sysconf("SC_CLK_TCK")
    said = preview.said.read_text()
    check(spent < 0.5, f"{what}: {spent} s of processor time in two")
    check(said.count("others wait") == 1 and len(said) < 400, f"{what}: says {said[:400]}")
    preview.map.write_text(MAP.replace("Stream", "Another"))  # the file is still watched
    time.sleep(0.5)
    for one in waiting:
        one.close()
    answer = preview.page()
    check(is_page(answer) and "Another" in answer, f"{what}: no page after, or an old one")
    again = [preview.connect() for _ in range(count)]
    time.sleep(0.5)
    for one in again:
        one.close()
    check(
        is_page(preview.page()) and preview.said.read_text().count("others wait") == 1,
        f"{what}: the second time: {preview.said.read_text()[:400]}",
    )
    preview.stop()


def slow(vsm, folder):
    """A client that sends one byte a second, and a silent one: both are disconnected after some seconds."""
    preview = Preview(vsm, folder, 1024)
    dribbling = preview.connect(b"GET / HTTP/1.1\r\n")
    silent = preview.connect()
    dribbling.settimeout(0.01)
    begun, ended = time.monotonic(), None
    while ended is None and time.monotonic() - begun < 25:
        time.sleep(1)
        try:
            dribbling.sendall(b"X")
            if dribbling.recv(1) == b"":
                ended = time.monotonic() - begun
        except TimeoutError:
            pass
        except ConnectionError:
            ended = time.monotonic() - begun
    check(ended is not None, "a client that sends a byte a second is never left")
    silent.settimeout(15)
    try:
        check(silent.recv(1) == b"", "a client that says nothing is answered")
    except TimeoutError:
        check(False, "a client that says nothing is never left")
    check(is_page(preview.page()), "no page after slow clients")
    preview.stop()


def requests(vsm, folder):
    preview = Preview(vsm, folder, 1024)
    host = f"Host: 127.0.0.1:{preview.port}\r\n".encode()
    rows = [
        (b"GET / HTTP/1.1\r\n" + host + b"X: " + b"x" * 100_000 + b"\r\n\r\n", "431"),
        (b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + host + b"\r\n", "431"),
        (b"POST / HTTP/1.1\r\n" + host + b"\r\n", "405"),
        (b"GET / HTTP/1.1\r\n" + host + b"Content-Length: 5\r\n\r\nhello", "413"),
        (b"GET / HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "413"),
        (b"GET / HTTP/1.1\r\n" + host + host + b"\r\n", "400"),
        (b"GET http://evil.example/ HTTP/1.1\r\n" + host + b"\r\n", "400"),
        (b"nonsense\r\n\r\n", "400"),
        (b"\x00\xff\r\n\r\n", "400"),
        (b"\r\n\r\n", "400"),
        (b"GET / HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n", "400"),
        (b"GET / HTTP/1.1\r\n\r\n", "403"),
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", "403"),
        (b"GET / HTTP/1.1\r\n" + host + b"Origin: http://evil.example\r\n\r\n", "403"),
        (b"GET / HTTP/1.1\r\n" + host + b" folded\r\n\r\n", "400"),
        (b"GET /none HTTP/1.1\r\n" + host + b"\r\n", "404"),
        (b"GET /s?x=1 HTTP/1.1\r\n" + host + b"\r\n", "200"),
        (b"GET / HTTP/1.0\r\n" + host + b"\r\n", "200"),
        (b"GET / HTTP/1.1\r\n" + host.lower() + b"\r\nGET / HTTP/1.1\r\n", "200"),
        (b"HEAD / HTTP/1.1\r\n" + host + b"\r\n", "200"),
    ]
    for text, code in rows:
        answer = preview.ask(text)
        # the connection may be closed before a request that is too long is answered
        fits = answer is not None and (answer.startswith(f"HTTP/1.1 {code} ") or (code == "431" and answer == ""))
        check(fits, f"{text[:60]!r}…: {answer and answer[:200]!r}, not {code}")
    head, page = preview.ask(b"HEAD / HTTP/1.1\r\n" + host + b"\r\n"), preview.page()
    check(head == page[: page.index("\r\n\r\n") + 4], "HEAD is another head than that of GET")
    listening = [
        preview.connect(f"GET /events HTTP/1.1\r\nHost: localhost:{preview.port}\r\n\r\n".encode()) for _ in range(64)
    ]
    time.sleep(0.3)
    check(
        (preview.ask(b"GET /events HTTP/1.1\r\n" + host + b"\r\n") or "").startswith("HTTP/1.1 503"),
        "a listener too many is taken",
    )
    preview.map.write_text(MAP.replace("Stream", "New"))
    time.sleep(0.5)
    told = listening[0].recv(65536).decode()
    check("data: 1\n\n" in told and "data: 2\n\n" in told, f"a save is not told: {told}")
    for one in listening:
        one.close()
    check(is_page(preview.page()), "no page after listeners that are gone")
    preview.stop()


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    vsm = Path(arguments[0]).resolve()
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many(vsm, folder, 1024, 1080)
        many(vsm, folder, 64, 200)
        many(vsm, folder, 4096, 1080)
        slow(vsm, folder)
        requests(vsm, folder)
    return closed("preview")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
