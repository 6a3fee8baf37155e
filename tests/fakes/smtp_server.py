#!/usr/bin/env python3
"""A real SMTP server on loopback that behaves as told: smtp_server.py MODE FOLDER

MODE is ok, refuse (550 to every recipient), refuse_text (554 after the text), greylist (451 to the first attempt),
die (hangs up in the middle of the text), tls (insists on STARTTLS with a certificate of its own making) or no_tls.
Prints its port; writes what it took, one JSON object a line, to FOLDER/received.
"""
import asyncio
import email
import email.policy
import json
import ssl
import subprocess
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP

mode, folder = sys.argv[1], Path(sys.argv[2])


class Handler:
    def __init__(self):
        self.seen = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if mode == "refuse":
            return f"550 5.1.1 <{address}> unknown"
        if mode == "greylist" and address not in self.seen:
            self.seen.add(address)
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if mode == "refuse_text":
            return "554 5.6.0 not this one"
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        text = message.get_body(("plain",))
        record = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None,
            "names": [name.lower() for name in message.keys()],
            "subject": message["subject"],
            "to_header": str(message["to"]),
            "from_header": str(message["from"]),
            "message_id": message["message-id"],
            "text": text.get_content(),
            "files": [
                {"name": part.get_filename(), "type": part.get_content_type(), "bytes": len(part.get_content())}
                for part in message.iter_attachments()
            ],
        }
        with open(folder / "received", "a", encoding="utf-8") as out:
            out.write(json.dumps(record) + "\n")
        return "250 OK"


class Dying(SMTP):
    async def smtp_DATA(self, arg):
        await self.push("354 go on")
        await self._reader.read(64)
        self.transport.abort()


def certificate():
    key, cert = folder / "key.pem", folder / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


async def main():
    handler = Handler()
    kind = Dying if mode == "die" else SMTP
    extra = {"tls_context": certificate(), "require_starttls": True} if mode == "tls" else {}
    server = await asyncio.get_running_loop().create_server(
        lambda: kind(handler, hostname="localhost", enable_SMTPUTF8=True, **extra), "127.0.0.1", 0
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
