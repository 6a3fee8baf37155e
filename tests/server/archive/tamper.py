#!/usr/bin/env python3
"""usage: tamper.py FILE.zip VERIFY.py   Changes a byte of every file in the ZIP, of every line of the journal and its proofs
with the manifest made to fit, and demands that VERIFY.py finds each change. Prints how many there were."""
import hashlib
import io
import json
import pathlib
import runpy
import sys
import tempfile
import zipfile

original = zipfile.ZipFile(sys.argv[1])
contents = {name: original.read(name) for name in original.namelist()}
folder = tempfile.TemporaryDirectory()
path = pathlib.Path(folder.name) / "changed.zip"


def verified(files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    verify, sys.argv, sys.stdout = sys.argv[2], ["verify", str(path)], io.StringIO()
    try:
        runpy.run_path(verify)
        return True
    except (SystemExit, ValueError, KeyError, TypeError, AttributeError):
        return False
    finally:
        sys.argv, sys.stdout = ["tamper", "", verify], sys.__stdout__


def flipped(content, at):
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1:]


def with_manifest(files):
    listed = [{"name": n, "sha256": hashlib.sha256(c).hexdigest(), "size": len(c)} for n, c in files.items() if n != "manifest.json"]
    return files | {"manifest.json": json.dumps({"files": listed}).encode()}


assert verified(contents) and verified(with_manifest(contents)), "the ZIP as it came must pass"
changes = [(name, at, False) for name, content in contents.items() for at in {0, len(content) // 2, len(content) - 2}]
journal, start = contents["journal.jsonl"], 0
for line in journal.splitlines(keepends=True):
    changes.append(("journal.jsonl", start + line.index(b"record") + len(line) // 2, True))
    start += len(line)
root = contents["proofs.json"].index(b'"root":"') + 12
changes.append(("proofs.json", root, True))
for name, at, fitted in changes:
    files = contents | {name: flipped(contents[name], at)}
    assert not verified(with_manifest(files) if fitted else files), f"not found: {name} at {at}"
print(len(changes))
