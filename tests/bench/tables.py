"""The results as lines for people: ratios first, rates after them."""

UNSTEADY = 1.25  # of a limit that moved by more, the table says so
COLUMNS = {"processor_us": "processor µs", "per_second": "per second", "p50_ms": "p50 ms", "p99_ms": "p99 ms"}


def is_spoilt(figure):
    """Some requests were not answered as expected, so this is the speed of something else."""
    return bool(figure.get("unexpected") or figure.get("broken_off"))


def mean(probes):
    return sum(probe["per_second"] for probe in probes) / len(probes)


def share_of_limit(block, figure):
    return figure["per_second"] / mean(block["limits"][figure["limit"]])


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def cell(figure, which):
    return f"{figure[which]:13,.1f}" if which in figure else " " * 13


def table_of_block(block):
    lines = [f"== {block['name']}"]
    if block["notes"]:
        lines.append("   " + "; ".join(block["notes"]))
    lines.append("     share " + "".join(f"{title:>13}" for title in COLUMNS.values()))
    for figure in block["figures"]:
        cells = "".join(cell(figure, which) for which in COLUMNS)
        lines.append(f"{share_of_limit(block, figure):10.2%} {cells}  {figure['name']}, share of {figure['limit']}")
        if is_spoilt(figure):
            lines.append(f"           NO MEASUREMENT: {figure['unexpected']} answers were not the expected ones, "
                         f"{figure['broken_off']} were broken off")
    for name, (before, after) in block["limits"].items():
        rates = [before["per_second"], after["per_second"]]
        moved = "  (unsteady: shares of it say little)" if max(rates) > UNSTEADY * min(rates) else ""
        lines.append(f"     limit {number(before['per_second']):>9}, after it {number(after['per_second']):>9}  {name}{moved}")
    return lines


def table_of_limits(blocks):
    names = dict.fromkeys(name for block in blocks for name in block["limits"])
    lines = ["== limits of this machine during the run, per second", "       min       max  times"]
    for name in names:
        rates = [probe["per_second"] for block in blocks for probe in block["limits"].get(name, [])]
        lines.append(f"{number(min(rates)):>10}{number(max(rates)):>10}{len(rates):>7}  {name}")
    return lines


def table_of_machine(about):
    return [f"{about['commit']} on {about['cores']} cores, {about['processor']}, the load generator on the same; "
            f"{about['seconds']} s for each figure; load average {about['load_before']} at the beginning"]


def table_of_alone(alone):
    return ["== alone, without the service", *(f"{number(one['value']):>13} {one['unit']}  {one['name']}" for one in alone)]


def pair(before, after):
    """Two figures and the second divided by the first."""
    return f"{after / before if before else float('nan'):8.2f}  {number(before):>10} -> {number(after):<10}"


def comparison(before, after):
    """Two runs side by side: what stands in both, ratios first."""
    lines = [f"{name} {about['commit']}, {about['taken_at']}, load average {about['load_before']} -> {about['load_after']}"
             for name, about in (("before:", before["about"]), ("after: ", after["about"]))]
    lines.append("The first column is after divided by before.")
    blocks = {block["name"]: block for block in after["blocks"]}
    for block in before["blocks"]:
        other = blocks.get(block["name"])
        if other is None:
            continue
        lines += ["", f"== {block['name']}"]
        figures = {figure["name"]: figure for figure in other["figures"]}
        both = [(figure, figures[figure["name"]]) for figure in block["figures"] if figure["name"] in figures]
        for one, two in both:
            lines.append(f"{pair(share_of_limit(block, one), share_of_limit(other, two))} {one['name']}, share of {one['limit']}")
        for what, title in COLUMNS.items():
            lines += [f"{pair(one[what], two[what])} {one['name']}, {title}" for one, two in both if what in one and what in two]
        lines += [f"{pair(mean(block['limits'][name]), mean(other['limits'][name]))} limit: {name}, per second"
                  for name in block["limits"] if name in other["limits"]]
    alone = {figure["name"]: figure for figure in after["alone"]}
    both = [(figure, alone[figure["name"]]) for figure in before["alone"] if figure["name"] in alone]
    if both:
        lines += ["", "== alone, without the service"]
        lines += [f"{pair(one['value'], two['value'])} {one['name']}, {one['unit']}" for one, two in both]
    missing = [block["name"] for block in before["blocks"] if block["name"] not in blocks]
    missing += [name for name in blocks if name not in {block["name"] for block in before["blocks"]}]
    if missing:
        lines += ["", "In one run only: " + "; ".join(missing)]
    return lines
