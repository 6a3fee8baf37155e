#include "server/ledger/import.hpp"

#include <fmt/format.h>

namespace server::ledger {
namespace {

constexpr std::size_t kRemembered = 20;

}  // namespace

workflow::Actor operator_actor() {
    return {.id = {}, .roles = {workflow::Role::System}, .agency = {}, .department = {}, .own_case = {}};
}

workflow::Result<Sheet> examine(
    std::string_view file, storage::Connection& connection, storage::CaseStore const& cases, Reading const& reading
) {
    auto const table = read_table(file);
    if (!table) return table.error();
    Sheet sheet = read_sheet(*table, reading);
    for (auto const& [row, record] : sheet.lines) {
        if (cases.in_ledger(connection, record.application.agency, record.source))
            sheet.add({row, "受理编号", "这个受理编号已经导入过。"});
    }
    return sheet;
}

std::shared_ptr<Progress> Progresses::begin(workflow::Code batch, std::int64_t rows) {
    auto progress = std::make_shared<Progress>();
    progress->batch = batch;
    progress->rows = rows;
    std::lock_guard const lock(mutex_);
    if (list_.size() >= kRemembered) list_.erase(list_.begin());
    list_[std::move(batch)] = progress;
    return progress;
}

std::shared_ptr<Progress const> Progresses::find(workflow::Code const& batch) const {
    std::lock_guard const lock(mutex_);
    auto const found = list_.find(batch);
    return found == list_.end() ? nullptr : found->second;
}

workflow::Result<void> bring_in(
    storage::Store& store,
    storage::Connection& connection,
    Import const& import,
    std::function<void(std::int64_t)> const& done
) {
    std::int64_t count = 0;
    for (auto const& [row, record] : import.lines) {
        workflow::Command const command{workflow::Action::Import, record};
        auto const made = store.cases().create(connection, command, import.actor, import.now);
        if (!made) {
            workflow::Refusal refusal = made.error();
            refusal.detail = fmt::format("第{}行：{}", row, refusal.detail);
            return refusal;
        }
        done(++count);
    }
    store.journal().append(
        connection,
        {.at = import.now,
         .on = workflow::local_date(import.now),
         .action = "import_ledger",
         .by = import.by,
         .object = {"ledger", import.batch.value},
         .data = {{"rows", count}, {"sha256", import.sha256}}}
    );
    return {};
}

}  // namespace server::ledger
