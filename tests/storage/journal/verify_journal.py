#!/usr/bin/env python3
"""Checks an exported journal (storage/journal/journal_format.md). Usage: verify_journal.py FILE [ROOT]"""
import hashlib
import json
import sys


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(hashes):
    if not hashes:
        return sha256()
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return sha256(b"\x01", root_of(hashes[:split]), root_of(hashes[split:]))


leaves, chain = [], bytes(32)
with open(sys.argv[1], encoding="utf-8") as lines:
    for seq, line in enumerate(lines, start=1):
        entry = json.loads(line)
        leaves.append(sha256(b"\x00", entry["record"].encode()))
        chain = sha256(b"\x02", chain, leaves[-1])
        if entry["seq"] != seq or json.loads(entry["record"])["seq"] != seq or entry["chain"] != chain.hex():
            sys.exit(f"entry {seq} does not agree with the chain")
root = root_of(leaves).hex()
print(f"size {len(leaves)}\nchain {chain.hex()}\nroot {root}")
if len(sys.argv) > 2 and sys.argv[2] != root:
    sys.exit("another root was expected")
