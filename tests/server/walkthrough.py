#!/usr/bin/env python3
"""Runs the walk-through of the README against a demo city of its own, as a newcomer would, and holds the script that
it shows against tests/archive_verify.py.

usage: walkthrough.py README PROGRAM
"""
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile


def main(readme, program):
    text = pathlib.Path(readme).read_text(encoding="utf-8")
    shown = (pathlib.Path(readme).parent / "tests" / "archive_verify.py").read_text(encoding="utf-8")
    assert f"```python\n{shown}```\n" in text, "the README shows another tests/archive_verify.py"
    script = re.search(r"<!-- walkthrough -->\n```bash\n(.*?)\n```\n", text, re.S).group(1)
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{s.getsockname()[1]}"
    with tempfile.TemporaryDirectory() as temporary:
        data = os.path.join(temporary, "demo")
        log = open(os.path.join(temporary, "log"), "wb")
        city = subprocess.Popen([program, "demo", "--data", data, "--listen", address], stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            for line in city.stdout:  # it says where it listens once it does
                if address in line:
                    break
            environment = os.environ | {"BASE": f"http://{address}", "DATA": data, "DISCLOSURE": program}
            walked = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True)
            print(walked.stdout, walked.stderr, sep="")
        finally:
            city.send_signal(signal.SIGTERM)
            city.stdout.close()
            ended = city.wait(30)
    states = re.findall(r"→ (\S+)", walked.stdout)
    assert walked.returncode == 0, "the walk-through failed"
    assert states and states[-1] == "已归档", f"it did not reach the archive: {states}"
    assert ended == 0, "the demo city must stop with exit 0"


if __name__ == "__main__":
    main(*sys.argv[1:])
