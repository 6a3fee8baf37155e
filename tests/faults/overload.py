#!/usr/bin/env python3
"""Overloads the service with far more writers than its queue holds, and holds it to its word: whatever it acknowledged
stands in the journal, and its receipt letter is made without anybody's doing. Whoever is turned away is told when to come
again, and comes again.

usage: overload.py PROGRAM [CLIENTS]"""
import asyncio
import json
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import time

from kill_loop import AGENCY, Client, Service, form, run

ROUNDS = 3          # requests of each client
TRIES = 200         # of each request, before a client gives up
PASSWORD = "Gaile-mima-430500"
SETTINGS = """
[write_queue]
jobs = 1
[limits]
connections_per_address = 10000
"""


class Figures:
    def __init__(self):
        self.acknowledged, self.turned_away, self.given_up, self.hasty = {}, 0, 0, 0


async def hand_in(reader, writer, key, text):
    """Its status, its fields and its body."""
    body = json.dumps(form(text)).encode()
    head = f"POST /api/v1/applications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" \
           f"Idempotency-Key: {key}\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    fields = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
    answer = await reader.readexactly(int(fields["content-length"]))
    return int(lines[0].split()[1]), fields, json.loads(answer)


async def client(port, name, figures):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in range(ROUNDS):
        key = f"{name}-{number}"
        for _ in range(TRIES):
            status, fields, answer = await hand_in(reader, writer, key, f"{name} 第{number}份申请")
            if status == 201:
                figures.acknowledged[answer["number"]] = key
                break
            assert status == 503 and answer["code"] == "queue_full", answer
            figures.turned_away += 1
            figures.hasty += "retry-after" not in fields
            await asyncio.sleep(random.random())  # sooner than it was asked to: this is an overload
        else:
            figures.given_up += 1
    writer.close()


async def load(port, clients):
    figures = Figures()
    await asyncio.gather(*(client(port, f"c{n}", figures) for n in range(clients)))
    return figures


def wait_for_letters(service):
    """Nothing is moved, nothing restarted: the service does it by itself."""
    for _ in range(600):
        status, ready, _ = ask(service, "/readyz")
        assert status == 200, ready
        if ready["letters"]["waiting"] == 0:
            return
        time.sleep(0.5)  # the program works; there is no clock to move
    raise AssertionError(f"letters are stranded: {ready}")


def ask(service, path):
    import http.client
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read()), answer.headers


def cases(registrar):
    cursor = ""
    while True:
        _, page, _ = registrar.call("GET", f"/cases?sort=number&limit=200{cursor}")
        yield from page["items"]
        if page["next_cursor"] is None:
            return
        cursor = "&cursor=" + page["next_cursor"]


def check(service, figures, account):
    """Every acknowledged request is there with its receipt letter."""
    registrar = Client(service.port).log_in(*account)
    numbers = set()
    for case in cases(registrar):
        numbers.add(case["number"])
        _, letters, _ = registrar.call("GET", f"/cases/{case['id']}/letters")
        kinds = [letter["kind"] for letter in letters["items"]]
        assert len(kinds) == 1 and not letters["making"], f"{case['number']}: {letters}"
    missing = set(figures.acknowledged) - numbers
    assert not missing, f"acknowledged and gone: {missing}"


class ConfiguredService(Service):
    """The same with settings of its own."""

    def __init__(self, program, folder, settings):
        super().__init__(program, folder)
        self.config = folder.parent / "disclosure.toml"
        self.config.write_text(settings)
        self.arguments = ("--config", str(self.config))


def main(program, clients):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8 * clients), hard))
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary) / "data"
        run(program, "init", "--data", str(folder), "--agency", AGENCY, "--name", "示范市自然资源局")
        added = json.loads(run(program, "user", "add", "--data", str(folder), "--json", "registrar",
                               "--name", "登记员", "--agency", AGENCY, "--role", "registrar"))
        service = ConfiguredService(program, folder, SETTINGS)
        service.start()
        try:
            Client(service.port).log_in("registrar", added["password"]).choose_password(added["password"], PASSWORD)
            figures = asyncio.run(load(service.port, clients))
            assert figures.acknowledged and figures.turned_away and figures.hasty == 0, vars(figures)
            wait_for_letters(service)
            check(service, figures, ("registrar", PASSWORD))
        finally:
            service.stop()
        print(run(program, "journal", "verify", "--data", str(folder)).strip())
        print(f"{clients} clients, a queue of one: {len(figures.acknowledged)} acknowledged, {figures.turned_away} turned away, "
              f"{figures.given_up} gave up; each acknowledged one has its receipt letter")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1500)
