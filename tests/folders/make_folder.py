#!/usr/bin/env python3
"""Makes the data folder that the next version will have to open: a small office with requests in several states, files,
letters, a draft. Run it with the program of the version that is about to be left behind.

usage: make_folder.py PROGRAM TARGET.tar.xz"""
import hashlib
import json
import pathlib
import sys
import tarfile
import tempfile

from service import AGENCY, PASSWORD, ROLES, Client, Service, application, letters_of, run, today

FILE = "两岸花园征收补偿协议签订情况，共12户。\n".encode()


def open_office(program, folder):
    """The folder with an account for each role, each with its own password."""
    run(program, "init", "--data", folder, "--agency", AGENCY, "--name", "示范市自然资源局",
        "--review-body", "示范市人民政府", "--court", "示范市人民法院", "--json")
    initial = {}
    department = None
    for username, roles in ROLES.items():
        needs_department = {"handler", "department_head"} & set(roles)
        if needs_department and department is None:
            department = add_department(program, folder)
        added = run(program, "user", "add", "--data", folder, "--json", username, "--name", username, "--agency", AGENCY,
                    *(word for role in roles for word in ("--role", role)),
                    *(("--department", department) if needs_department else ()))
        initial[username] = json.loads(added)["password"]
    with Service(program, folder) as service:
        for username, password in initial.items():
            client = Client(service).sign_in(username, password)
            client.call("PUT", "/session/password", {"current": password, "password": PASSWORD})
    return department


def add_department(program, folder):
    """Departments are made in the application, by the system administrator."""
    reset = json.loads(run(program, "user", "reset", "--data", folder, "--json", "system_admin"))["password"]
    with Service(program, folder) as service:
        client = Client(service).sign_in("system_admin", reset)
        client.call("PUT", "/session/password", {"current": reset, "password": PASSWORD})
        made = client.call("POST", "/departments", {"agency": AGENCY, "code": f"{AGENCY}-d1", "name": "征地科"})
    return made["code"]


def live_through(service, department):
    """Three requests: one just handed in, one whose letter of correction is out, one replied to."""
    people = {username: Client(service).sign_in(username) for username in ROLES}
    requests = {}

    def hand_in(name, text):
        made = Client(service).call("POST", "/applications", application(text))
        found = people["registrar"].call("GET", f"/cases?q={made['number']}")["items"][0]
        requests[name] = {"number": made["number"], "query_code": made["query_code"], "id": found["id"]}
        return found["id"]

    case = hand_in("submitted", "城东片区征地补偿方案")
    Client(service).track(requests["submitted"]["number"], requests["submitted"]["query_code"]).attach(case, "说明.txt", FILE)

    case = hand_in("correcting", "所有的文件")
    people["registrar"].act(case, "confirm_receipt")
    people["reviewer"].act(case, "request_correction", {
        "points": ["请写明文件的名称或者能够指向具体文件的描述"], "guidance": "可以写明年份和项目。", "reply_by": later(20), "content_unclear": True})
    people["registrar"].act(case, "dispatch_letter", {
        "letter": "correction_notice", "method": "pick_up", "dispatched_on": today(), "recipient": "张三"})

    case = hand_in("replied", "城西片区征地补偿方案")
    people["registrar"].act(case, "confirm_receipt")
    people["reviewer"].act(case, "accept", {"department": department, "co_departments": []})
    people["handler"].act(case, "claim")
    people["handler"].act(case, "add_search_record", {
        "places": ["business_unit", "archive_room", "office_system"], "keywords": ["城西片区"], "searchers": "承办人",
        "searched_on": today(), "found": True, "result": "在档案室找到该方案。"})
    people["handler"].act(case, "draft_reply", {
        "outcome": "disclosed", "text": "经审查，您申请公开的方案可以公开，随函提供。",
        "items": [{"outcome": "disclosed", "reference": "随函提供复印件一份，共6页"}]})
    people["handler"].act(case, "submit_reply")
    for username in ("head", "secrecy", "legal", "office"):
        people[username].act(case, "approve_reply", {"remark": "同意。"})
    people["registrar"].act(case, "dispatch_reply", {
        "method": "post", "dispatched_on": today(), "tracking_number": "1164300000123"})
    for kept in requests.values():
        letters = letters_of(people["registrar"], kept["id"])
        kept["letters"] = {n: hashlib.sha256(pages).hexdigest() for n, pages in letters.items()}
    return requests


def later(days):
    import datetime
    return (datetime.date.fromisoformat(today()) + datetime.timedelta(days=days)).isoformat()


def main(program, target):
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary) / "data"
        department = open_office(program, str(folder))
        with Service(program, folder) as service:
            requests = live_through(service, department)
        journal = run(program, "journal", "export", "--data", str(folder)).splitlines()
        known = {"requests": requests, "file": hashlib.sha256(FILE).hexdigest(), "journal": journal}
        (folder / "known.json").write_text(json.dumps(known, ensure_ascii=False, indent=1))
        with tarfile.open(target, "w:xz") as archive:
            archive.add(folder, "data")


if __name__ == "__main__":
    main(*sys.argv[1:])
