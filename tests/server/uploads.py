#!/usr/bin/env python3
"""Uploads files of 20 MiB to a running demo city and holds its memory to the promise: less than 10 MB above what it
needed for a small one. Opens 1,200 connections that announce a megabyte each and send one byte of it: they take what
they have sent, not what they announce. Where this user may mount, it also fills the disk: the upload is refused with the
reason and leaves nothing behind.

usage: uploads.py PROGRAM"""
import http.cookiejar
import json
import os
import pathlib
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

PASSWORD = "Yanshi-430500"
LIMIT_KIB = 10 * 1000 * 1000 // 1024
CONNECTIONS = 1200
LIMIT_KIB_OF_A_CONNECTION = 64


def pdf(size):
    """A page of one line, and comments up to about that size."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
    ]
    text, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(text))
        text += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    text += (b"%" + b"x" * 78 + b"\n") * (size // 80)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return text + b"xref\n0 4\n0000000000 65535 f \n" + table + (
        b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(text))


class City:
    def __init__(self, address):
        self.base = f"http://{address}/api/v1"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.csrf = ""

    def call(self, path, body=None, content_type="application/json"):
        headers = {"Content-Type": content_type, "X-CSRF-Token": self.csrf} if body is not None else {}
        with self.opener.open(urllib.request.Request(self.base + path, body, headers)) as answer:
            return json.load(answer)

    def sign_in(self, username):
        self.csrf = self.call("/session", json.dumps({"username": username, "password": PASSWORD}).encode())["csrf_token"]


def memory(process, name):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(name))


def peak(process):
    return memory(process, "VmHWM")


def forget_peak(process):
    pathlib.Path(f"/proc/{process.pid}/clear_refs").write_text("5")


def figure(address, name):
    metrics = urllib.request.urlopen(f"http://{address}/metrics").read().decode()
    return int(re.search(rf"^{name} (\d+)$", metrics, re.MULTILINE)[1])


def wait_for_letters(address):
    """The demo city still makes its letters: that is memory of its own."""
    while figure(address, "letters_waiting") > 0:
        pass


def allow_descriptors():
    """Of this process and of the service, which inherits it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS + 200
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if most < 0 else min(wanted, most), most))


def announce_much(process, address):
    """KiB of memory for each connection that announces a megabyte and sends a byte."""
    host, port = address.split(":")
    head = (f"POST /api/v1/applications HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n"
            "Content-Length: 1000000\r\n\r\n{").encode()
    base = memory(process, "VmRSS")
    opened = [socket.create_connection((host, int(port))) for _ in range(CONNECTIONS)]
    try:
        for connection in opened:
            connection.sendall(head)
        while figure(address, "http_connections") < CONNECTIONS:
            pass
        return (memory(process, "VmRSS") - base) / CONNECTIONS
    finally:
        for connection in opened:
            connection.close()


def fill_disk(city, case, folder):
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True).returncode != 0:
        return print("not allowed to mount: the full disk is left out")
    try:
        city.call(f"/cases/{case}/attachments?name=a.pdf", pdf(5 * 1024 * 1024), "application/octet-stream")
        raise AssertionError("taken in spite of the full disk")
    except urllib.error.HTTPError as refused:
        problem = json.load(refused)
        assert (refused.code, problem["code"]) == (507, "storage_full"), problem
        left = [name for name in os.listdir(folder) if name.endswith(".part")]
        assert left == [], f"left behind: {left}"
    finally:
        subprocess.run(["umount", folder], check=True)


def main(program):
    allow_descriptors()
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{s.getsockname()[1]}"
    with tempfile.TemporaryDirectory() as temporary:
        log = open(os.path.join(temporary, "log"), "wb")
        arguments = [program, "demo", "--data", os.path.join(temporary, "demo"), "--listen", address]
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            for line in process.stdout:
                if address in line:
                    break
            city = City(address)
            city.sign_in("handler")
            case = city.call("/cases?state=handling&limit=1")["items"][0]["id"]

            def upload(name, content):
                made = city.call(f"/cases/{case}/attachments?name={urllib.parse.quote(name)}", content, "application/octet-stream")
                assert made["size"] == len(content), made

            wait_for_letters(address)
            upload("small.pdf", pdf(1000))
            forget_peak(process)
            base = peak(process)
            for name, content in (("large.pdf", pdf(20 * 1024 * 1024 - 2000)), ("large.txt", "政府信息公开\n".encode() * 1_000_000)):
                upload(name, content)
            grown = peak(process) - base
            each = announce_much(process, address)
            fill_disk(city, case, os.path.join(temporary, "demo", "files"))
        finally:
            process.send_signal(signal.SIGTERM)
            process.stdout.close()
            process.wait(30)
    print(f"{grown} KiB above {base} KiB")
    print(f"{each:.1f} KiB for each of {CONNECTIONS} connections")
    assert grown < LIMIT_KIB, "uploads are held in memory"
    assert each < LIMIT_KIB_OF_A_CONNECTION, "what is announced is taken at once"


if __name__ == "__main__":
    main(*sys.argv[1:])
