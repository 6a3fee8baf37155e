#!/usr/bin/env python3
"""Verifies the file of a case (案卷 ZIP) with nothing but Python: every file against manifest.json, every journal entry
against the root of the journal (RFC 9162).   usage: archive_verify.py FILE.zip [ROOT]     ROOT: as you know it from elsewhere"""
import hashlib
import json
import sys
import zipfile


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root_from(index, size, leaf, path):  # RFC 9162, 2.1.3.2
    node, last = leaf, size - 1
    for sibling in path:
        if index & 1 or index == last:
            node = sha256(b"\1", sibling, node)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = sha256(b"\1", node, sibling)
        index, last = index >> 1, last >> 1
    return node if last == 0 else None


archive = zipfile.ZipFile(sys.argv[1])
files = json.loads(archive.read("manifest.json"))["files"]
if sorted(file["name"] for file in files) + ["manifest.json"] != sorted(archive.namelist(), key=lambda n: (n == "manifest.json", n)):
    sys.exit("the ZIP does not hold the files of its manifest")
for file in files:
    content = archive.read(file["name"])
    if sha256(content).hex() != file["sha256"] or len(content) != file["size"]:
        sys.exit(f"changed: {file['name']}")
tree = json.loads(archive.read("proofs.json"))
if len(sys.argv) > 2 and sys.argv[2] != tree["root"]:
    sys.exit("another journal: the root is not the one you know")
entries = [json.loads(line) for line in archive.read("journal.jsonl").splitlines()]
for entry, proof in zip(entries, tree["proofs"], strict=True):
    path = [bytes.fromhex(digest) for digest in proof["path"]]
    leaf = sha256(b"\0", entry["record"].encode())
    if entry["seq"] != proof["seq"] or json.loads(entry["record"])["seq"] != entry["seq"] \
            or root_from(entry["seq"] - 1, tree["size"], leaf, path) != bytes.fromhex(tree["root"]):
        sys.exit(f"not in the journal: entry {entry['seq']}")
print(f"{len(files)} files and {len(entries)} journal entries agree with the tree of {tree['size']} entries, root {tree['root']}")
