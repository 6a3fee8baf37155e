"""The service that is measured: its data folders, and the program that serves one of them."""
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import time

AGENCY = "430500-01"
DEPARTMENT = "430500-01-d1"
PASSWORD = "Gaile-mima-430500"
# The load comes from one address, so the limits of one address are raised.
SETTINGS = """[session]
secure_cookies = false
[log]
level = "error"
[public]
writes_per_minute = 10000000
applications_per_day = 10000000
"""


class Failure(Exception):
    """Nothing can be measured any more; the message says why."""


def run(*command):
    """Runs a program to its end and returns what it has printed."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode != 0:
        raise Failure(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def processor_seconds(process):
    """What a running process has used of the processors since its start."""
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def initialise(program, folder):
    """Makes a data folder with one agency."""
    run(program, "init", "--data", folder, "--agency", AGENCY, "--name", "示范市自然资源局")


class Service:
    """The program on a data folder; `with` starts and stops it."""

    def __init__(self, program, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        settings, self.log = self.folder / "bench.toml", self.folder / "bench.log"
        settings.write_text(SETTINGS)
        began = time.monotonic()
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [self.program, "serve", "--config", settings, "--data", self.folder, "--listen", f"127.0.0.1:{self.port}"],
                stdout=subprocess.DEVNULL, stderr=log)
        while not self.is_ready():
            if self.process.poll() is not None:
                raise Failure(f"The service did not start:\n{self.log.read_text()[-2000:]}")
        self.start_ms = round((time.monotonic() - began) * 1000)
        return self

    def __exit__(self, failed, *_):
        ended = self.process.poll()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(300)
        if ended is not None and failed is None:
            raise Failure(f"The service ended by itself with {ended}:\n{self.log.read_text()[-2000:]}")

    def is_ready(self):
        try:
            return self.call("GET", "/readyz")[0] == 200
        except OSError:
            time.sleep(0.002)
            return False

    def call(self, method, path, body=None, headers={}):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        kind = {} if body is None else {"Content-Type": "application/json"}
        connection.request(method, path, None if body is None else json.dumps(body), headers | kind)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, answer.headers, content

    def post(self, path, body):
        status, headers, content = self.call("POST", path, body)
        if status != 201:
            raise Failure(f"POST {path} was answered with {status}: {content.decode()}")
        return headers, json.loads(content)

    def sign_in(self, role, *arguments):
        """Makes an account with a password of its own and returns what the wrk scripts need of its session."""
        # No name was there in an earlier run of the service on this folder.
        name = f"{role}-{time.time_ns()}"
        made = json.loads(run(self.program, "user", "add", name, "--data", self.folder, "--name", "测试", "--agency", AGENCY,
                              "--role", role, "--json", *arguments))
        session = self.open_session(name, made["password"])
        status, _, content = self.call("PUT", "/api/v1/session/password", {"current": made["password"], "password": PASSWORD},
                                       {"Cookie": session["COOKIE"], "X-CSRF-Token": session["CSRF"]})
        if status not in (200, 204):
            raise Failure(f"The password of {name} was not changed: {status} {content.decode()}")
        return self.open_session(name, PASSWORD)

    def open_session(self, name, password):
        headers, session = self.post("/api/v1/session", {"username": name, "password": password})
        return {"COOKIE": headers["Set-Cookie"].split(";")[0], "CSRF": session["csrf_token"]}

    def messages_waiting(self):
        """Letters to be made and messages to be laid out or sent, in hand or still waiting."""
        content = self.call("GET", "/metrics")[2].decode()
        return int(float(next(line for line in content.splitlines() if line.startswith("outbox_waiting ")).split()[1]))

    def peak_megabytes(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return round(int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024)
