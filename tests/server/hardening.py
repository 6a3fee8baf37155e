#!/usr/bin/env python3
"""What the linker was to make of the program: loaded anywhere, no stack that can be run, nothing to be bound later.

usage: hardening.py PROGRAM"""
import subprocess
import sys


def main(program):
    def told(option):
        return subprocess.run(["readelf", "--wide", option, program], capture_output=True, text=True, check=True).stdout

    segments, dynamic = told("--segments"), told("--dynamic")
    stack = next(line for line in segments.splitlines() if "GNU_STACK" in line)
    assert "DYN" in segments.splitlines()[1], "not position-independent: " + segments.splitlines()[1]
    assert "E" not in stack.split()[-2], "the stack can be run: " + stack
    assert "GNU_RELRO" in segments, "the tables of the loader stay writable"
    assert any("FLAGS" in line and "NOW" in line for line in dynamic.splitlines()), "calls are bound late: link with -z now"


if __name__ == "__main__":
    main(*sys.argv[1:])
