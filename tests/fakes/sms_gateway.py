#!/usr/bin/env python3
"""A text message gateway on loopback, by server/delivery/README.md: sms_gateway.py MODE FOLDER

MODE is ok, refuse (422), busy (503), redirect (302 to itself), chatter (an answer without end) or slow (none at all).
Its key is "key". Prints its port; writes what it took, one JSON object a line, to FOLDER/received.
"""
import hashlib
import hmac
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

mode, folder = sys.argv[1], Path(sys.argv[2])
STATUS = {"ok": 200, "refuse": 422, "busy": 503, "redirect": 302, "chatter": 200, "slow": 200}


class Gateway(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        expected = hmac.new(b"key", self.headers["X-Timestamp"].encode() + b"\n" + body, hashlib.sha256).hexdigest()
        message = json.loads(body)
        message["path"] = self.path
        message["signed"] = hmac.compare_digest(expected, self.headers["X-Signature"])
        with open(folder / "received", "a", encoding="utf-8") as out:
            out.write(json.dumps(message) + "\n")
        if mode == "slow":
            time.sleep(30)
        self.send_response(STATUS[mode])
        if mode == "redirect":
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(b"x" * (1 << 20) if mode == "chatter" else b"{}")

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Gateway)
print(server.server_port, flush=True)
server.serve_forever()
