#include "workflow/procedure/procedure.hpp"

#include "workflow/procedure/guards.hpp"

#include <set>
#include <utility>

namespace workflow {

namespace {

template <typename Range, typename Name>
std::string joined(Range const& range, std::string_view separator, Name&& name) {
    std::string text;
    for (auto const& each : range) {
        if (!text.empty()) text += separator;
        text += name(each);
    }
    return text;
}

}  // namespace

std::string procedure_as_markdown() {
    std::string text = "| action | 动作 | from | by | guards | to | 依据 |\n|---|---|---|---|---|---|---|\n";
    for (Transition const& row : kProcedure) {
        std::string const from = row.from.empty() ? "(new)" : joined(row.from, " ", [](State s) { return code(s); });
        std::string const guards = joined(row.guards, "; ", [](Guard g) { return rule_of(g).code; });
        auto const action = std::string("`").append(code(row.action)).append("`");
        auto const by = names_of(row.by);
        std::string_view const to = row.to ? code(*row.to) : "·";
        for (std::string_view const cell :
             {std::string_view(action),
              label(row.action),
              std::string_view(from),
              std::string_view(by),
              std::string_view(guards),
              to,
              row.article}) {
            text.append("| ").append(cell).append(" ");
        }
        text += "|\n";
    }
    return text;
}

std::string procedure_as_mermaid() {
    std::string text = "stateDiagram-v2\n";
    for (auto const& state : kStates) {
        text += "    " + std::string(state.code) + " : " + std::string(state.label) + "\n";
    }
    std::set<std::string> drawn;  // rows that differ only in role or guard are one arrow
    auto const arrow = [&](std::string from, Transition const& row) {
        auto line = "    " + std::move(from) + " --> " + std::string(code(*row.to)) + " : " +
                    std::string(label(row.action)) + "\n";
        if (drawn.insert(line).second) text += line;
    };
    for (Transition const& row : kProcedure) {
        if (!row.to) continue;
        if (row.from.empty()) arrow("[*]", row);
        for (State const from : row.from) arrow(std::string(code(from)), row);
    }
    return text + "    " + std::string(code(kFinalState)) + " --> [*]\n";
}

}  // namespace workflow
