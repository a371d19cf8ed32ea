"""Receives webhooks of Switchyard with Python's standard library:  SWITCHYARD_WEBHOOK_SECRET=whsec_... python3 receiver.py"""

import base64
import hashlib
import hmac
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Several may be given, separated by spaces, while one takes over from the other.
KEYS = [base64.b64decode(secret.removeprefix("whsec_"), validate=True) for secret in os.environ["SWITCHYARD_WEBHOOK_SECRET"].split()]
TOLERANCE_SECONDS = 300
MOST_BYTES = 1_048_576

# In production: a table of ids with a unique key, written in the transaction of what the event leads to, kept for 30 days.
seen: set[str] = set()
lock = threading.Lock()


class Untrusted(Exception):
    """Not from Switchyard, changed on its way, or not sent just now."""


def verify(headers, body: bytes) -> str:
    """Answers the id of a delivery that is to be believed (Standard Webhooks 1.0, HMAC-SHA256)."""
    delivery, sent, signatures = (headers.get(name, "") for name in ("webhook-id", "webhook-timestamp", "webhook-signature"))
    if not delivery or not signatures or not (sent.isascii() and sent.isdigit()):
        raise Untrusted("a header is missing or no header of ours")
    if abs(time.time() - int(sent)) > TOLERANCE_SECONDS:
        raise Untrusted("not sent just now")
    content = f"{delivery}.{sent}.".encode() + body
    expected = [b"v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()) for key in KEYS]
    # A list, so that every pair is compared however the first ones end.
    if not any([hmac.compare_digest(given.encode(), one) for given in signatures.split(" ") for one in expected]):
        raise Untrusted("no signature fits: another secret, or a changed body")
    return delivery


def handle(delivery: str, event: dict) -> None:
    """What to do with an event. It should take well under 15 s: put it in a queue, and work on it from there."""
    print(event["type"], delivery, flush=True)


def receive(headers, body: bytes) -> int:
    delivery = verify(headers, body)
    with lock:
        # The same delivery may come more than once: any 2xx says that it need not come again.
        if delivery in seen:
            return 200
        seen.add(delivery)
    try:
        handle(delivery, json.loads(body))
    except Exception:
        # Not dealt with, so not seen: the next attempt is another chance.
        with lock:
            seen.discard(delivery)
        raise
    return 204


class Receiver(BaseHTTPRequestHandler):
    timeout = 15

    def do_POST(self) -> None:
        length = self.headers.get("content-length", "")
        if not (length.isascii() and length.isdigit()):
            return self.answer(411)
        if int(length) > MOST_BYTES:
            return self.answer(413)
        try:
            # The body as it arrived, byte for byte.
            self.answer(receive(self.headers, self.rfile.read(int(length))))
        except Untrusted as reason:
            print(reason, file=sys.stderr, flush=True)
            self.answer(401)
        except Exception as error:
            print(error, file=sys.stderr, flush=True)
            self.answer(500)

    def answer(self, status: int) -> None:
        self.send_response(status)
        if status != 204:
            self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing: what matters is printed by handle."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8080"))), Receiver).serve_forever()
