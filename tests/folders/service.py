"""One data folder with a service on it, driven as its users would: for the tests of folders of earlier versions."""
import http.client
import json
import pathlib
import signal
import socket
import subprocess
import time
import urllib.parse

AGENCY = "430500-01"
PASSWORD = "Jiu-mulu-430500"
ROLES = {"registrar": ["registrar"], "reviewer": ["reviewer"], "handler": ["handler"], "head": ["department_head"],
         "secrecy": ["secrecy_reviewer"], "legal": ["legal_reviewer"], "office": ["office_head"]}


def today():
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600))


def run(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True)
    assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
    return done.stdout


class Service:
    """The program on `folder`; `with` starts and stops it."""

    def __init__(self, program, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]

    def __enter__(self):
        self.process = subprocess.Popen(
            [self.program, "serve", "--data", str(self.folder), "--listen", f"127.0.0.1:{self.port}"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            if str(self.port) in line:
                return self
        raise SystemExit("the service did not start")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.stdout.close()
        ended = self.process.wait(60)
        assert ended == 0, f"stopped with {ended}"


class Client:
    """One person at the service, signed in or with the code of a request."""

    def __init__(self, service):
        self.connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
        self.headers = {}

    def raw(self, method, path, body=None, **headers):
        self.connection.request(method, "/api/v1" + path, body, self.headers | headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read(), answer.headers

    def call(self, method, path, body=None, **headers):
        data = None if body is None else json.dumps(body)
        status, answer, got = self.raw(method, path, data, **{"Content-Type": "application/json"} | headers)
        assert 200 <= status < 300, f"{method} {path}: {status} {answer.decode()}"
        answer = json.loads(answer or b"null")
        if isinstance(answer, dict) and "csrf_token" in answer:
            self.headers = {"Cookie": got["Set-Cookie"].split(";")[0], "X-CSRF-Token": answer["csrf_token"]}
        return answer

    def sign_in(self, username, password=PASSWORD):
        self.call("POST", "/session", {"username": username, "password": password})
        return self

    def track(self, number, code):
        self.call("POST", "/tracking", {"number": number, "query_code": code})
        return self

    def act(self, case_id, action, fields=None):
        version = self.call("GET", f"/cases/{case_id}")["version"]
        return self.call("POST", f"/cases/{case_id}/actions/{action}", fields or {}, **{"If-Match": f'"{version}"'})

    def attach(self, case_id, name, content):
        path = f"/cases/{case_id}/attachments?name={urllib.parse.quote(name)}"
        status, answer, _ = self.raw("POST", path, content, **{"Content-Type": "application/octet-stream"})
        assert status == 201, answer.decode()
        return json.loads(answer)


def application(text):
    return {
        "agency": AGENCY,
        "applicant": {"kind": "natural_person", "name": "张三", "id_type": "resident_id", "id_number": "430502199003070014",
                      "phone": "13800000000", "address": "示范区幸福路1号", "postcode": "422000"},
        "items": [{"title": "征地补偿方案", "description": text}],
        "provide_as": "paper", "obtain_by": "post", "accept_other_form": True,
    }


def letters_of(client, case_id):
    """Waits until they are made: the bytes of each, by its number."""
    while True:
        listed = client.call("GET", f"/cases/{case_id}/letters")
        if not listed["making"]:
            break
        time.sleep(0.05)  # the program makes them; there is no clock to move
    return {str(letter["n"]): client.raw("GET", f"/cases/{case_id}/letters/{letter['n']}.pdf")[1] for letter in listed["items"]}
