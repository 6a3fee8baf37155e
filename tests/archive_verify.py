#!/usr/bin/env python3
"""Verifies the file of a case (案卷 ZIP) with Python alone: every file against manifest.json, every journal entry against
the root of the journal (RFC 9162).   usage: archive_verify.py FILE.zip [ROOT]     ROOT: as you know it from elsewhere"""
import hashlib, json, sys, zipfile

def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def root_from(index, size, node, path):  # RFC 9162, 2.1.3.2
    last = size - 1
    for sibling in path:
        if index & 1 or index == last:
            node = sha256(b"\1", sibling, node)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = sha256(b"\1", node, sibling)
        index, last = index >> 1, last >> 1
    return node if last == 0 else None

def demand(holds, otherwise):
    if not holds:
        sys.exit(otherwise)

archive = zipfile.ZipFile(sys.argv[1])
files = json.loads(archive.read("manifest.json"))["files"]
names = [file["name"] for file in files] + ["manifest.json"]
demand(sorted(names) == sorted(archive.namelist()), "the ZIP does not hold the files of its manifest")
for file in files:
    content = archive.read(file["name"])
    demand((sha256(content).hex(), len(content)) == (file["sha256"], file["size"]), f"changed: {file['name']}")
tree = json.loads(archive.read("proofs.json"))
demand(sys.argv[2:] in ([], [tree["root"]]), "another journal: the root is not the one you know")
entries = [json.loads(line) for line in archive.read("journal.jsonl").splitlines()]
for entry, proof in zip(entries, tree["proofs"], strict=True):
    seq, record, path = entry["seq"], entry["record"].encode(), [bytes.fromhex(digest) for digest in proof["path"]]
    found = seq == proof["seq"] == json.loads(record)["seq"] \
        and root_from(seq - 1, tree["size"], sha256(b"\0", record), path) == bytes.fromhex(tree["root"])
    demand(found, f"not in the journal: entry {seq}")
print(f"{len(files)} files and {len(entries)} journal entries agree with the tree of {tree['size']} entries, root {tree['root']}")
