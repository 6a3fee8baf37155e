#!/usr/bin/env python3
"""Holds the source tree to the rules that no compiler checks.

usage: lint.py ROOT [RULE...]       without a rule: all of them
       lint.py --self-test          shows each rule a sample it must find and one it must pass
Prints one line per finding, `file:line: rule: what`, and exits 1 if there is one.
"""
import pathlib
import re
import sys

# Arrows between the folders point one way (server -> storage -> workflow); what each may include from the others. Of
# web/ the server knows the files to hand out, and nothing more.
MAY_INCLUDE = {"workflow": {"workflow"}, "storage": {"workflow", "storage"}, "server": {"workflow", "storage", "server", "web"}, "web": {"web"}}
# What workflow/ may use beside the standard library.
WORKFLOW_LIBRARIES = {"boost/system/result.hpp", "boost/assert/source_location.hpp"}

INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.M)
# Shapes of co_await that g++ 12 miscompiles into a double free: a capturing lambda, an aggregate or a braced list among
# the operands, and a conditional around it. A capture of references alone is trivially copied and harmless.
CO_AWAIT = re.compile(
    r"\bco_await\b[^;]*(\[[^&\]\n][^\]]*\]\s*[({]|[(,]\s*\{|\b[A-Z]\w*\{)|\?[^;]*\bco_await\b|\bco_await\b[^;]*\?"
)
NOW = re.compile(r"\bsystem_clock::now\(\)")
# SQL reaches a database only through storage/; only the folder of a database knows the library behind the seam, and one
# file of storage/ knows which database it is. Tests of the stores take theirs from tests/storage/each_database.hpp.
SQLITE = re.compile(r'#\s*include\s+[<"](SQLiteCpp/|sqlite3|storage/engine/sqlite/)')
SQL = re.compile(r'"(SELECT|INSERT INTO|UPDATE|DELETE FROM) ')
KNOW_SQLITE = ("storage/engine/sqlite/", "storage/open_database.cpp", "tests/storage/engine/sqlite/", "tests/bench/")


def strip(text):
    """Comments and string literals blanked, line breaks kept."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"', re.S)
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def statements(code):
    """(line, statement) with the statement joined to one line, so that no line break hides a shape."""
    start = 0
    for match in re.finditer(r"[;{}]\s*\n", code):
        piece = code[start : match.end()]
        lead = len(piece) - len(piece.lstrip())
        yield code.count("\n", 0, start + lead) + 1, " ".join(piece.split())
        start = match.end()


def co_await(path, text):
    return [(n, "g++ 12 may destroy a temporary of this co_await twice; name it on the line above")
            for n, s in statements(strip(text)) if CO_AWAIT.search(s)]


def arrows(path, text):
    folder = path.split("/")[0]
    found = []
    for match in INCLUDE.finditer(text):
        name, line = match.group(1), text.count("\n", 0, match.start()) + 1
        target = name.split("/")[0]
        if target in MAY_INCLUDE and target not in MAY_INCLUDE.get(folder, MAY_INCLUDE.keys()):
            found.append((line, f"{folder}/ must not know {target}/"))
        if folder == "workflow" and "/" in name and target != "workflow" and name not in WORKFLOW_LIBRARIES:
            found.append((line, f"workflow/ is the standard library and boost::system::result, not {name}"))
    return found


def now(path, text):
    if path in {"server/runtime/time_source.hpp", "server/time_source.cpp"} or path.startswith("tests/"):
        return []
    return [(strip(text).count("\n", 0, m.start()) + 1, "the time comes from TimeSource") for m in NOW.finditer(strip(text))]


def seam(path, text):
    if path.startswith(KNOW_SQLITE):
        return []
    sql = [] if path.startswith(("storage/", "tests/")) else SQL.finditer(text)
    return [(text.count("\n", 0, m.start()) + 1, "SQL stands in storage/ alone") for m in sql] + [
        (text.count("\n", 0, m.start()) + 1, "SQLite is known in storage/engine/sqlite/ alone") for m in SQLITE.finditer(text)
    ]


STATE = re.compile(r"(?<!\w)State::[A-Z]\w*")


def states(path, text):
    if path.split("/")[0] in {"workflow", "tests"}:
        return []
    return [(text.count("\n", 0, m.start()) + 1, "only the tables of workflow/ know a state by name") for m in STATE.finditer(strip(text))]


RULES = {"co_await": co_await, "arrows": arrows, "now": now, "seam": seam, "states": states}

SAMPLES = [  # rule, path, text, whether it is a finding
    ("co_await", "server/a.cpp", "    co_await f([s] { g(s); });\n", True),
    ("co_await", "server/a.cpp", "    auto x = co_await f(\n        Agg{name, 1}\n    );\n", True),
    ("co_await", "server/a.cpp", "    x = c ? co_await g() : h();\n", True),
    ("co_await", "server/a.cpp", "    co_await f({a, b});\n", True),
    ("co_await", "server/a.cpp", "    co_await f(std::move(named));\n", False),
    ("co_await", "server/a.cpp", "    co_await f([&] { g(); });\n", False),
    ("co_await", "server/a.cpp", "    auto [ec, n] = co_await read(stream);\n", False),
    ("co_await", "server/a.cpp", "    // co_await f([s] { g(s); });\n", False),
    ("co_await", "server/a.cpp", "    auto list = co_awaited_of({a, b});\n", False),
    ("arrows", "workflow/a.hpp", '#include "storage/engine/driver.hpp"\n', True),
    ("arrows", "storage/a.hpp", '#include "server/runtime/log.hpp"\n', True),
    ("arrows", "workflow/a.hpp", "#include <boost/json.hpp>\n", True),
    ("arrows", "server/a.hpp", '#include "workflow/time/clock.hpp"\n', False),
    ("arrows", "workflow/a.hpp", "#include <boost/system/result.hpp>\n", False),
    ("now", "server/a.cpp", "auto t = std::chrono::system_clock::now();\n", True),
    ("now", "server/runtime/time_source.hpp", "auto t = std::chrono::system_clock::now();\n", False),
    ("seam", "storage/cases/case_store.cpp", "#include <SQLiteCpp/Database.h>\n", True),
    ("seam", "server/reports/quarterly.cpp", 'connection.query("SELECT agency FROM cases");\n', True),
    ("seam", "server/verbs/verb.cpp", '#include "storage/engine/sqlite/open.hpp"\n', True),
    ("seam", "tests/storage/office/outbox_test.cpp", '#include "storage/engine/sqlite/open.hpp"\n', True),
    ("seam", "storage/open_database.cpp", '#include "storage/engine/sqlite/open.hpp"\n', False),
    ("states", "server/api/cases/cases.cpp", "if (c.state == workflow::State::Handling) {\n", True),
    ("states", "workflow/cases/case.hpp", "State::Handling\n", False),
    ("states", "server/a.cpp", "ExchangeState::Open\n", False),
    ("seam", "storage/engine/sqlite/open.cpp", "#include <SQLiteCpp/Database.h>\n", False),
]


def self_test():
    wrong = [s for s in SAMPLES if bool(RULES[s[0]](s[1], s[2])) != s[3]]
    for rule, path, text, finding in wrong:
        print(f"{rule} {'missed' if finding else 'wrongly found'} in {path}: {text!r}")
    return 1 if wrong else 0


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    root = pathlib.Path(arguments[0])
    rules = arguments[1:] or list(RULES)
    found = 0
    for folder in (*MAY_INCLUDE, "tests"):
        for path in sorted((root / folder).rglob("*.[ch]pp")):
            name, text = str(path.relative_to(root)), path.read_text(encoding="utf-8")
            for rule in rules:
                for line, what in RULES[rule](name, text):
                    print(f"{name}:{line}: {rule}: {what}")
                    found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
