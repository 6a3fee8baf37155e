"""Ledgers as spreadsheets write them go in, reports come out: what openpyxl reads is what was counted.

usage: workbooks.py PROGRAM
"""
import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import openpyxl

PROGRAM = sys.argv[1]
HEAD = ["受理编号", "申请人类型", "申请人", "渠道", "收到日期", "申请内容", "办理机关代码", "办理结果", "答复日期", "备注"]


def run(*arguments, code=0):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, check=False)
    assert done.returncode == code, (arguments, done.returncode, done.stderr.decode())
    return done


def ledger(path, rows):
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    for row in rows:
        book.active.append(row)
    book.save(path)


def cells(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


with tempfile.TemporaryDirectory() as folder:
    data = Path(folder) / "data"
    run("init", "--data", data, "--agency", "430500-01", "--name", "示范市人民政府", "--word", "示政")

    good = Path(folder) / "good.xlsx"
    ledger(good, [
        ["2025-1", "自然人", "张三", "当面", date(2025, 3, 3), "土地征收方案", "430500-01", "1.本机关不掌握相关政府信息", date(2025, 3, 20), None],
        ["2025-2", "商业企业", "某公司", "平信", "2025年4月1日", "预算", "430500-01", "部分公开", "2025/4/20", "已寄"],
        ["2025-3", "natural_person", "李四", None, "2025-12-30", "名单", "430500-01", None, None, None],
    ])
    bad = Path(folder) / "bad.xlsx"
    ledger(bad, [["1", "谁", "张三", "当面", "2025-03-03", "方案", "430500-01", None, None, None]])

    refused = run("import", bad, "--data", data, code=1)
    assert "第 2 行 申请人类型" in refused.stderr.decode(), refused.stderr.decode()
    run("import", good, "--dry-run", "--data", data)
    run("import", good, "--data", data)
    run("import", good, "--data", data, code=1)  # all of it is there already
    run("journal", "verify", "--data", data)

    report = ["report", "annual", "--agency", "430500-01", "--year", "2025", "--data", data]
    counted = json.loads(run(*report).stdout)
    rows = {row["key"]: row["cells"] for row in counted["table3"]["rows"]}
    assert rows["new"] == [2, 1, 0, 0, 0, 0, 3], rows["new"]
    assert rows["cant_nothold"][0] == 1 and rows["partial"][1] == 1 and rows["carried_out"][0] == 1
    assert all(check["holds"] for check in counted["checks"]), counted["checks"]

    run(*report, "--format", "json,xlsx,html", "--out", folder)
    path = Path(folder) / "annual-430500-01-2025.xlsx"
    assert run(*report, "--format", "xlsx").stdout == path.read_bytes(), "the same bytes every time"
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["表二", "表三", "表四"], book.sheetnames
    sheet = book["表三"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A2:C4", "D2:J2", "D3:D4", "E3:I3", "J3:J4", "A5:C5", "A7:A28", "B9:B16", "B28:C28", "A29:C29"} <= merged, merged
    assert sheet["A2"].value == "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    assert [sheet.cell(4, column).value for column in range(5, 10)] == ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    assert sheet["C27"].value == "3.其他" and sheet["B28"].value == "（七）总计"
    table = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_row=29, min_col=4, max_col=10)]
    assert table == [row["cells"] for row in counted["table3"]["rows"]]
    assert cells(book["表四"])[-1] == [0] * 15
    assert (Path(folder) / "annual-430500-01-2025.html").read_text().count("<td") == 175 + 15 + 10, "every figure stands on the page"
