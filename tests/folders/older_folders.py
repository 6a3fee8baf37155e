#!/usr/bin/env python3
"""Opens the folders that earlier versions have left, and works on with them: the journal verifies and still begins with the
entries it had, letters and files are the same bytes, every case takes its next step.

usage: older_folders.py PROGRAM [FOLDER.tar.xz...]       all beside this script unless named"""
import hashlib
import json
import pathlib
import sys
import tarfile
import tempfile

from service import Client, Service, letters_of, run, today


def unpack(archive, into):
    with tarfile.open(archive) as packed:
        packed.extractall(into)
    folder = pathlib.Path(into) / "data"
    known = json.loads((folder / "known.json").read_text())
    (folder / "known.json").unlink()
    return folder, known


def same_as_then(service, known):
    registrar = Client(service).sign_in("registrar")
    for name, then in known["requests"].items():
        letters = letters_of(registrar, then["id"])
        for n, digest in then["letters"].items():
            assert hashlib.sha256(letters[n]).hexdigest() == digest, f"{name}: letter {n} was made anew"
        Client(service).track(then["number"], then["query_code"])
    status, content, _ = registrar.raw("GET", f"/cases/{known['requests']['submitted']['id']}/attachments/1")
    assert (status, hashlib.sha256(content).hexdigest()) == (200, known["file"]), "the file is not the one handed in"


def archive(registrar, case):
    for task in registrar.call("GET", f"/deliveries?case={case}&state=waiting")["items"]:  # no letter is left lying
        registrar.call("POST", f"/deliveries/{task['id']}/actions/cancel", {})
    registrar.act(case, "archive", {"retention_years": 10})


def works_on(service, known):
    registrar = Client(service).sign_in("registrar")
    cases = {name: then["id"] for name, then in known["requests"].items()}
    then = known["requests"]["correcting"]
    if registrar.call("GET", f"/cases/{then['id']}")["state"] == "correcting":
        Client(service).track(then["number"], then["query_code"]).call("POST", "/tracking/actions/correct", {
            "number": then["number"], "text": "我要的是2025年城东片区征地补偿方案全文。"})
    else:  # its last day is over by now
        archive(registrar, then["id"])
    registrar.act(cases["submitted"], "confirm_receipt")
    registrar.act(cases["replied"], "record_delivery", {"result": "signed", "delivered_on": today()})
    archive(registrar, cases["replied"])
    states = {name: registrar.call("GET", f"/cases/{case}")["state"] for name, case in cases.items()}
    assert states["submitted"] == "registered" and states["replied"] == "archived", states
    assert states["correcting"] in ("registered", "archived"), states
    for case in cases.values():
        letters_of(registrar, case)


def main(program, *archives):
    for archive in archives or sorted(pathlib.Path(__file__).parent.glob("*.tar.xz")):
        with tempfile.TemporaryDirectory() as temporary:
            folder, known = unpack(archive, temporary)
            with Service(program, folder) as service:
                same_as_then(service, known)
                works_on(service, known)
            verified = json.loads(run(program, "journal", "verify", "--data", str(folder), "--json"))
            assert verified["holds"], verified
            entries = run(program, "journal", "export", "--data", str(folder)).splitlines()
            assert entries[:len(known["journal"])] == known["journal"], "an entry of the journal has changed"
            print(f"{pathlib.Path(archive).name}: {len(known['journal'])} entries then, {len(entries)} now, all verified")


if __name__ == "__main__":
    main(*sys.argv[1:])
