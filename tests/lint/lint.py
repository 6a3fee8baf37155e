#!/usr/bin/env python3
"""Holds the source tree to the rules that no compiler checks.

usage: lint.py ROOT [RULE...]       without a rule: all of them
       lint.py --rooms ROOT         prints the rooms, how many sources each has, and whose headers it includes
       lint.py --self-test          shows each rule a sample it must find and one it must pass
Prints one line per finding, `file:line: rule: what`, and exits 1 if there is one.
"""
import collections
import pathlib
import re
import sys

CODE = (".cpp", ".hpp")
FOLDERS = ("workflow", "storage", "server", "web", "tests")
# Not ours, and what the build makes in web/staff from the OpenAPI document.
OTHERS = {"node_modules", "words.ts", "forms.ts", "schema.d.ts"}
# What workflow/ may use beside the standard library.
WORKFLOW_LIBRARIES = {"boost/system/result.hpp", "boost/assert/source_location.hpp"}

# A room of more sources is told by --rooms.
MOST_SOURCES = 25

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
# What SQLite alone understands. Elsewhere statements are written in what it has in common with PostgreSQL.
DIALECT = re.compile(
    r"\b(PRAGMA|CROSS JOIN|INDEXED BY|GLOB|ROWID|AUTOINCREMENT|INSERT OR|REPLACE INTO|IFNULL|(instr|json_extract|json_each|json_array"
    r"|json_object|json_group_\w+|strftime|julianday|unixepoch|group_concat|randomblob|zeroblob|last_insert_rowid)(?=\())\b"
    r"|\bsqlite_(schema|master|sequence|stat\d)\b", re.I)
KNOW_SQLITE = ("storage/engine/sqlite/", "storage/open_database.cpp", "tests/storage/engine/sqlite/", "tests/bench/")
# Documents that are not part of the repository.
DOCUMENT = re.compile(r"\b(contracts|domain|architecture)\.md\b|(?<![\w\"])D[0-9]{2}\b(?!\")")

CHINESE = re.compile("[\u4e00-\u9fff]")
HALF_WIDTH = re.compile("[\u4e00-\u9fff][,:;?!()]|[,:;?!()][\u4e00-\u9fff]|（（|））")
# Signs that a machine reads: addresses as one types them, a challenge and its answer, a place in a workbook, an entity of HTML.
NOT_TEXT = re.compile("地址:端口|主机:端口|题目:n|!第|&\\w+;")
# What a value takes the place of, in C++, scripts and templates; a Chinese sentence goes on beside it. Between two of them,
# or one and a Latin letter, a colon or its like belongs to an address (`{}:{}`).
PLACEHOLDER = re.compile(r"\$\{[^{}]*\}|\{\{[^{}]*\}\}|\{[^{}\n]*\}")
VALUE = "\ufffc"
BESIDE_VALUE = re.compile(
    f"{VALUE}(?:[,?()](?![A-Za-z0-9])|[:;!](?![A-Za-z0-9{VALUE}]))|(?:(?<![A-Za-z0-9])[,?(]|(?<![A-Za-z0-9{VALUE}])[:;!]){VALUE}"
)
CPP_TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|R"(?P<mark>\w*)\((?P<raw>.*?)\)(?P=mark)"|"(?P<string>(?:\\.|[^"\\\n])*)"', re.S)
# Comments of a script, and its regular expressions.
SCRIPT_COMMENT = re.compile(r"(?<!:)//[^\n]*|/\*.*?\*/|<!--.*?-->|(?<=[(=,:])\s?/(?:\\.|[^/\n\\])+/[gimsuy]*(?=[.,;)])", re.S)

LITERAL = re.compile(r"'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|`(?:\\.|[^`\\])*`")
BETWEEN_TAGS = re.compile(r"(?<=>)[^<>]+(?=<)")


def blank(match):
    return re.sub(r"[^\n]", " ", match.group())


def strip(text):
    """Comments and string literals blanked, line breaks kept."""
    return re.sub(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"', blank, text, flags=re.S)


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


def room_of(path):
    return path.rpartition("/")[0]


def read_rooms(lines):
    """The table of rooms.txt: {room: rooms it may include}. A room knows only those above it."""
    rooms, wrong = {"web": set()}, []
    for number, line in enumerate(lines, 1):
        room, colon, known = line.partition("#")[0].partition(":")
        if not colon:
            continue
        names = set()
        for name in known.split():
            among = {r for r in rooms if room_of(r) == name[:-2]} if name.endswith("/*") else {name} & rooms.keys()
            if not among:
                wrong.append((number, f"{room} may only know what stands above it, not {name}"))
            names |= among
        rooms[room.strip()] = names
    return rooms, wrong


ROOMS_FILE = pathlib.Path(__file__).with_name("rooms.txt")
ROOMS, ROOMS_WRONG = read_rooms(ROOMS_FILE.read_text(encoding="utf-8").splitlines())


def includes(text):
    """(line, header) of each include."""
    return [(text.count("\n", 0, m.start(1)) + 1, m.group(1)) for m in INCLUDE.finditer(text)]


def arrows(path, text):
    folder, room = path.split("/")[0], room_of(path)
    if folder in {"tests", "web"}:
        return []
    if room not in ROOMS:
        return [(1, f"{room}/ is no room of tests/lint/rooms.txt")]
    found = []
    for line, name in includes(text):
        target = room_of(name)
        if name.split("/")[0] in FOLDERS and target != room and target not in ROOMS[room]:
            found.append((line, f"{room}/ must not know {target}/ (tests/lint/rooms.txt)"))
        if folder == "workflow" and "/" in name and not name.startswith("workflow/") and name not in WORKFLOW_LIBRARIES:
            found.append((line, f"workflow/ is the standard library and boost::system::result, not {name}"))
    return found


def documents(path, text):
    return [(text.count("\n", 0, m.start()) + 1, f"{m.group()} is not in this repository: say what it says")
            for m in DOCUMENT.finditer(text)]


def half_width(path, text):
    if path.startswith("tests/"):
        return []  # what tests type in is theirs; what they expect follows from what is shown
    found = [(start + m.start(), m.group()) for start, piece in shown_in(path, text)
             for m in HALF_WIDTH.finditer(NOT_TEXT.sub(blank, piece))]
    for start, sentence in sentences(path, text):
        if CHINESE.search(PLACEHOLDER.sub("", sentence)):
            filled = PLACEHOLDER.sub(lambda m: VALUE * len(m.group()), NOT_TEXT.sub(blank, sentence))
            found += [(start + m.start(), sentence[m.start():m.end()]) for m in BESIDE_VALUE.finditer(filled)]
    return [(text.count("\n", 0, at) + 1, f"punctuation of Chinese text: {what}") for at, what in sorted(found)]


def shown_in(path, text):
    """(where, text) of what people may see: the string literals of C++; elsewhere Chinese is in literals and texts anyway."""
    if not path.endswith(CODE):
        return [(0, SCRIPT_COMMENT.sub(blank, text))]
    return [(m.start(group), m.group(group)) for m in CPP_TOKEN.finditer(text)
            for group in ("raw", "string") if m.group(group) is not None]


def sentences(path, text):
    """(where, text) of each literal, and of what stands between the tags of a template: code between them is no text."""
    if path.endswith(CODE):
        return shown_in(path, text)
    script = SCRIPT_COMMENT.sub(blank, text)
    tags = {".vue": script.find("<template>"), ".mustache": 0, ".html": 0}.get(pathlib.Path(path).suffix, len(script))
    literals = [] if path.endswith((".mustache", ".html")) else LITERAL.finditer(script)
    return [(m.start(), m.group()) for found in (literals, BETWEEN_TAGS.finditer(script, max(tags, 0))) for m in found]


def now(path, text):
    if path == "server/runtime/time_source.hpp" or path.startswith("tests/"):
        return []
    return [(strip(text).count("\n", 0, m.start()) + 1, "the time comes from TimeSource") for m in NOW.finditer(strip(text))]


def seam(path, text):
    if path.startswith(KNOW_SQLITE):
        return []
    sql = [] if path.startswith(("storage/", "tests/")) else SQL.finditer(text)
    dialect = [(start + m.start(), m.group()) for start, literal in shown_in(path, text) for m in DIALECT.finditer(literal)]
    return [(text.count("\n", 0, m.start()) + 1, "SQL stands in storage/ alone") for m in sql] + [
        (text.count("\n", 0, m.start()) + 1, "SQLite is known in storage/engine/sqlite/ alone") for m in SQLITE.finditer(text)
    ] + [(text.count("\n", 0, at) + 1, f"{what} is a word of SQLite: storage/engine/ has the place for it") for at, what in dialect]


STATE = re.compile(r"(?<!\w)State::[A-Z]\w*")


def states(path, text):
    if path.split("/")[0] in {"workflow", "tests"}:
        return []
    return [(text.count("\n", 0, m.start()) + 1, "only the tables of workflow/ know a state by name") for m in STATE.finditer(strip(text))]


RULES = {"co_await": co_await, "arrows": arrows, "now": now, "seam": seam, "states": states, "documents": documents,
         "half_width": half_width}
# The endings of the files that a rule looks at; the others look at C++.
ENDINGS = {"documents": CODE + (".md", ".sql", ".cmake", ".ts", ".vue", ".mjs"),
           "half_width": CODE + (".mustache", ".html", ".ts", ".vue", ".mjs", ".js", ".json")}

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
    ("arrows", "workflow/time/a.hpp", '#include "storage/engine/driver.hpp"\n', True),
    ("arrows", "storage/engine/a.hpp", '#include "storage/cases/case_store.hpp"\n', True),
    ("arrows", "server/http/a.hpp", '#include "server/api/kit/operation.hpp"\n', True),
    ("arrows", "workflow/time/a.hpp", "#include <boost/json.hpp>\n", True),
    ("arrows", "server/loft/a.hpp", "", True),
    ("arrows", "server/ledger/a.hpp", '#include "workflow/time/clock.hpp"\n', False),
    ("arrows", "storage/store.cpp", '#include "storage/cases/case_store.hpp"\n', False),
    ("arrows", "workflow/time/a.hpp", "#include <boost/system/result.hpp>\n", False),
    ("documents", "server/a.hpp", "/// As contracts.md has it.\n", True),
    ("documents", "server/a.hpp", "/// The receipt (D02).\n", True),
    ("documents", "server/a.hpp", 'row.code == "D02"\n', False),
    ("half_width", "server/a.cpp", 'wrong("没有,也不会有");\n', True),
    ("half_width", "server/a.cpp", 'auto text = R"(共 3 件(其中))";\n', True),
    ("half_width", "server/a.cpp", 'f("没有", R"(中文)");  // 中,文\n', False),
    ("half_width", "web/a.vue", "<p>共 {{ n }} 件(今日)</p>\n", True),
    ("half_width", "web/a.ts", "expect(text).toMatch(/^(提交|登记)申请$/)\n", False),
    ("half_width", "web/a.vue", "<!-- 件(今日) --><p :title=\"t('中文')\">中文：{{ n }}</p>\n", False),
    ("half_width", "server/a.cpp", 'format("第 {} 行, {}", n, what);\n', True),
    ("half_width", "server/a.cpp", 'format("没有找到 {}({})。", name, number);\n', True),
    ("half_width", "server/a.cpp", 'format("{}: 没有这样的文件", path);\n', True),
    ("half_width", "server/a.cpp", 'format("不能监听 {}:{}。", address, port);\n', False),
    ("half_width", "server/a.cpp", 'format("{}: {}", path, what);\n', False),
    ("half_width", "web/a.json", '{"due": "最晚{due}({left})", "on": "{on}"}\n', True),
    ("half_width", "web/a.json", '{"due": "最晚{due}（{left}）", "on": "{on}"}\n', False),
    ("half_width", "web/a.json", '{"due": "最晚{due}（共{left}天（暂定））"}\n', True),
    ("half_width", "web/a.mustache", "<p>最晚{{due}}, {{left}}</p>\n", True),
    ("half_width", "web/a.ts", "const text = `还剩${days}!`\n", True),
    ("half_width", "web/a.ts", "call(`/cases/${id}`, { days: n(id), text: '还剩' })\n", False),
    ("half_width", "web/a.vue", "<script>\nf({ a: { b }, c: '中' }); g(d > 1) < 2\n</script>\n<template><p>中：{{ n }}</p></template>\n", False),
    ("half_width", "web/a.vue", "<template><p>共\n  {{ n }}; 其中{{ m }}件</p></template>\n", True),
    ("now", "server/a.cpp", "auto t = std::chrono::system_clock::now();\n", True),
    ("now", "server/runtime/time_source.hpp", "auto t = std::chrono::system_clock::now();\n", False),
    ("seam", "storage/cases/case_store.cpp", "#include <SQLiteCpp/Database.h>\n", True),
    ("seam", "server/reports/quarterly.cpp", 'connection.query("SELECT agency FROM cases");\n', True),
    ("seam", "server/verbs/verb.cpp", '#include "storage/engine/sqlite/open.hpp"\n', True),
    ("seam", "tests/storage/office/outbox_test.cpp", '#include "storage/engine/sqlite/open.hpp"\n', True),
    ("seam", "storage/open_database.cpp", '#include "storage/engine/sqlite/open.hpp"\n', False),
    ("seam", "storage/cases/case_list.cpp", 'query += "SELECT id FROM cases WHERE INSTR(departments, $1) > 0";\n', True),
    ("seam", "storage/papers/retention.cpp", 'c.execute("INSERT INTO case_search (rowid) VALUES (1)");\n', True),
    ("seam", "storage/cases/tallies.cpp", 'query += " FROM cases CROSS JOIN tallies";\n', True),
    ("seam", "tests/storage/office/outbox_test.cpp", 'writer->run_script("PRAGMA foreign_keys = OFF");\n', True),
    ("seam", "storage/cases/tallies.cpp", "// strftime('%w') has no like in PostgreSQL\n", False),
    ("seam", "storage/cases/case_list.cpp", 'query += "SELECT strpos, rows FROM cases WHERE instructed = 1";\n', False),
    ("seam", "tests/storage/engine/sqlite/sqlite_test.cpp", 'number(*writer, "PRAGMA synchronous");\n', False),
    ("seam", "storage/engine/sqlite/open.cpp", 'connection.run_script("PRAGMA query_only = ON");\n', False),
    ("states", "server/api/cases/cases.cpp", "if (c.state == workflow::State::Handling) {\n", True),
    ("states", "workflow/cases/case.hpp", "State::Handling\n", False),
    ("states", "server/a.cpp", "ExchangeState::Open\n", False),
    ("seam", "storage/engine/sqlite/open.cpp", "#include <SQLiteCpp/Database.h>\n", False),
]


def self_test():
    wrong = [s for s in SAMPLES if bool(RULES[s[0]](s[1], s[2])) != s[3]]
    for rule, path, text, finding in wrong:
        print(f"{rule} {'missed' if finding else 'wrongly found'} in {path}: {text!r}")
    circle = read_rooms(["server/a: server/b", "server/b: server/a"])[1]
    if not circle:
        print("rooms.txt could hold a circle")
    return 1 if wrong or not circle else 0


def sources(root, endings):
    """(path, text) of the files that are ours, in order."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in endings and not OTHERS & set(path.parts) and path.is_file():
                yield str(path.relative_to(root)), path.read_text(encoding="utf-8")


def print_rooms(root):
    count, known = collections.Counter(), collections.defaultdict(set)
    for path, text in sources(root, CODE):
        if path.split("/")[0] in {"workflow", "storage", "server"}:
            count[room_of(path)] += 1
            known[room_of(path)] |= {room_of(name) for _, name in includes(text) if name.split("/")[0] in FOLDERS}
    for room in [room for room in ROOMS if count[room]]:
        many = f"  (more than {MOST_SOURCES})" if count[room] > MOST_SOURCES else ""
        print(f"{count[room]:4}  {room}{many} -> {' '.join(sorted(known[room] - {room})) or '(none)'}")
    print(f"{sum(count.values()):4}  sources in {len(count)} rooms, {sum(len(known[r] - {r}) for r in known)} arrows")
    return 0


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    if arguments[0] == "--rooms":
        return print_rooms(pathlib.Path(arguments[1]))
    root, rules = pathlib.Path(arguments[0]), arguments[1:] or list(RULES)
    found = [f"tests/lint/rooms.txt:{line}: arrows: {what}" for line, what in ROOMS_WRONG]
    for path, text in sources(root, {ending for endings in ENDINGS.values() for ending in endings}):
        for rule in rules:
            if path.endswith(ENDINGS.get(rule, CODE)):
                found += [f"{path}:{line}: {rule}: {what}" for line, what in RULES[rule](path, text)]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
