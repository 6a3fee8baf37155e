#!/usr/bin/env python3
"""Kills the service under load, again and again, and holds it to its word.

usage: kill_loop.py PROGRAM [ROUNDS]

Each round: eight applicants hand in requests and two registrars register and annotate cases; after a random number of
acknowledgements the service gets SIGKILL and is started again. The public limits of an address are raised. Afterwards every acknowledged write must be there, none
twice, the numbers without a gap, and `journal verify` content.
"""
import collections
import http.client
import json
import pathlib
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

AGENCY = "430500-01"
APPLICANTS = 8
REGISTRARS = 2
# One address stands for a city here, so what the public may do from one is raised.
SETTINGS = """
[public]
writes_per_minute = 10000000
applications_per_day = 10000000
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def form(text):
    return {
        "agency": AGENCY,
        "applicant": {"kind": "natural_person", "name": "张三", "id_type": "resident_id", "id_number": "430502199003070014",
                      "phone": "13800000000", "address": "示范区幸福路1号", "postcode": "422000"},
        "items": [{"title": "征地补偿方案", "description": text}],
        "provide_as": "paper", "obtain_by": "post", "accept_other_form": True,
    }


class Client:
    """One connection; every failure of transport surfaces as ConnectionError."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        self.headers = {"Content-Type": "application/json"}

    def call(self, method, path, body=None, **headers):
        try:
            data = None if body is None else json.dumps(body)
            self.connection.request(method, "/api/v1" + path, data, self.headers | headers)
            answer = self.connection.getresponse()
            return answer.status, json.loads(answer.read() or b"null"), answer.headers
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise ConnectionError(str(error)) from error

    def log_in(self, username, password):
        status, body, headers = self.call("POST", "/session", {"username": username, "password": password})
        assert status == 201, body
        self.headers["Cookie"] = headers["Set-Cookie"].split(";")[0]
        self.headers["X-CSRF-Token"] = body["csrf_token"]
        return self

    def choose_password(self, current, password):
        status, body, _ = self.call("PUT", "/session/password", {"current": current, "password": password})
        assert status == 200, body


class Load:
    """What was acknowledged; shared by the threads of all rounds."""

    def __init__(self):
        self.lock = threading.Lock()
        self.applications = {}                       # idempotency key -> (body, number)
        self.notes = collections.defaultdict(list)   # case id -> texts
        self.versions = {}                           # case id -> last acknowledged version
        self.acknowledged = 0
        self.enough = threading.Event()

    def count(self, wanted):
        self.acknowledged += 1
        if self.acknowledged >= wanted:
            self.enough.set()


def applicant(port, load, name, wanted):
    client, n = Client(port), 0
    try:
        while True:
            n += 1
            key, body = f"{name}-{n}", form(f"{name} 第{n}份申请")
            status, answer, _ = client.call("POST", "/applications", body, **{"Idempotency-Key": key})
            if status == 503:
                continue
            assert status == 201, answer
            with load.lock:
                load.applications[key] = (body, answer["number"])
                load.count(wanted)
    except ConnectionError:
        pass


def registrar(port, load, account, name, wanted, today):
    try:
        client, n = Client(port).log_in(*account), 0
        while True:
            n += 1
            body = form(f"{name} 第{n}件来信") | {"channel": "counter", "received_on": today, "evidence": "窗口当面收到"}
            status, case, _ = client.call("POST", "/cases", body, **{"Idempotency-Key": f"{name}-{n}"})
            assert status == 201, case
            for i in range(3):
                text = f"{name}-{n} 备注第{i}条"
                status, case, _ = client.call(
                    "POST", f"/cases/{case['id']}/actions/note", {"reason": text}, **{"If-Match": f'"{case["version"]}"'})
                assert status == 200, case
                with load.lock:
                    load.notes[case["id"]].append(text)
                    load.versions[case["id"]] = case["version"]
                    load.count(wanted)
    except ConnectionError:
        pass


class Service:
    arguments = ()  # more of them

    def __init__(self, program, folder):
        self.program, self.folder, self.port, self.process = program, folder, free_port(), None
        self.log = folder.parent / "log"

    def start(self):
        began = time.monotonic()
        self.process = subprocess.Popen(
            [self.program, "serve", "--data", str(self.folder), "--listen", f"127.0.0.1:{self.port}", *self.arguments],
            stdout=subprocess.DEVNULL, stderr=open(self.log, "wb"))
        while self.process.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return time.monotonic() - began
            except OSError:
                time.sleep(0.01)  # a start is waited for, not timed
        raise SystemExit("the service did not start: " + self.log.read_text())

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(30) == 0, "SIGTERM must end in exit 0"


def run(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True)
    assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
    return done.stdout


def check(service, load, account):
    """Every acknowledged write is there, none twice."""
    client = Client(service.port)
    for key, (body, number) in random.sample(sorted(load.applications.items()), min(200, len(load.applications))):
        status, answer, _ = client.call("POST", "/applications", body, **{"Idempotency-Key": key})
        assert status == 201 and answer["number"] == number, f"{key}: {number} was acknowledged, now {status} {answer}"
    client.log_in(*account)
    for case_id, texts in load.notes.items():
        status, case, _ = client.call("GET", f"/cases/{case_id}")
        assert status == 200 and case["version"] >= load.versions[case_id], f"{case_id}: an acknowledged version is gone"
        _, timeline, _ = client.call("GET", f"/cases/{case_id}/timeline")
        stored = [event["data"].get("reason") for event in timeline["items"]]
        for text in texts:
            assert stored.count(text) == 1, f"{case_id}: {text!r} stands there {stored.count(text)} times"


def all_numbers(service, account):
    client, cursor = Client(service.port).log_in(*account), ""
    while True:
        status, page, _ = client.call("GET", f"/cases?sort=number&limit=200{cursor}")
        assert status == 200, page
        yield from (row["number"] for row in page["items"])
        if page["next_cursor"] is None:
            return
        cursor = "&cursor=" + page["next_cursor"]


def main(program, rounds):
    random.seed(7)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary) / "data"
        run(program, "init", "--data", str(folder), "--agency", AGENCY, "--name", "示范市自然资源局")
        accounts = []
        for i in range(REGISTRARS):
            added = json.loads(run(program, "user", "add", "--data", str(folder), "--json", f"registrar{i}",
                                   "--name", f"登记员{i}", "--agency", AGENCY, "--role", "registrar"))
            accounts.append((f"registrar{i}", added["password"]))
        load, service = Load(), Service(program, folder)
        config = folder.parent / "disclosure.toml"
        config.write_text(SETTINGS)
        service.arguments = ("--config", str(config))
        slowest = service.start()
        for i, (username, initial) in enumerate(accounts):
            accounts[i] = (username, "Gaile-mima-430500")
            Client(service.port).log_in(username, initial).choose_password(initial, accounts[i][1])
        service.stop()
        for number in range(rounds):
            slowest = max(slowest, service.start())
            if number:
                check(service, load, accounts[0])
            load.acknowledged, wanted = 0, random.randint(100, 600)
            load.enough.clear()
            today = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600))
            threads = [threading.Thread(target=applicant, args=(service.port, load, f"r{number}a{i}", wanted))
                       for i in range(APPLICANTS)]
            threads += [threading.Thread(target=registrar, args=(service.port, load, accounts[i], f"r{number}s{i}", wanted, today))
                        for i in range(REGISTRARS)]
            for thread in threads:
                thread.start()
            assert load.enough.wait(60), "the load never got going"
            service.kill()
            for thread in threads:
                thread.join()
        slowest = max(slowest, service.start())
        check(service, load, accounts[0])
        numbers = sorted(int(re.search(r"(\d+)$", n).group(1)) for n in all_numbers(service, accounts[0]))
        assert numbers == list(range(1, len(numbers) + 1)), "the numbers have a gap or one stands twice"
        acknowledged = {number for _, number in load.applications.values()}
        assert len(acknowledged) == len(load.applications), "a number was acknowledged twice"
        service.stop()
        verdict = run(program, "journal", "verify", "--data", str(folder))
        print(verdict.strip())
        print(f"{rounds} kills: {len(load.applications)} applications and {sum(map(len, load.notes.values()))} notes "
              f"acknowledged, 0 lost, 0 twice, {len(numbers)} numbers without a gap; slowest start {slowest:.2f} s")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10)
