#pragma once

#include "storage/engine/driver.hpp"
#include "storage/engine/maintenance.hpp"

#include <functional>
#include <memory>
#include <utility>

/// A connection that fails on demand: before each step of a statement `on_step(sql)` runs, before each commit
/// `on_commit()`, before each checkpoint `on_checkpoint()`; what they throw is the fault. After a commit that "fails
/// but is on disk" `commit_first` has the real commit done before the fault.
class FaultyConnection final : public storage::Connection, private storage::Maintenance {
public:
    struct Faults {
        std::function<void(std::string_view sql)> on_step = [](std::string_view) {};
        std::function<void()> on_commit = [] {};
        std::function<void()> on_checkpoint = [] {};
        bool commit_first = false;
    };

    FaultyConnection(std::unique_ptr<storage::Connection> real, std::shared_ptr<Faults> faults)
        : real_(std::move(real)), faults_(std::move(faults)) {}
    ~FaultyConnection() override { forget_statements(); }

    void run_script(std::string_view sql) override { real_->run_script(sql); }
    void begin(storage::Access access) override { real_->begin(access); }
    void commit() override {
        if (faults_->commit_first) real_->commit();
        faults_->on_commit();
        if (!faults_->commit_first) real_->commit();
    }
    void rollback() override { real_->rollback(); }
    bool in_transaction() const override { return real_->in_transaction(); }
    storage::Maintenance* maintenance() override { return real_->maintenance() == nullptr ? nullptr : this; }
    storage::SearchIndex const& search_index() const override { return real_->search_index(); }
    std::unique_ptr<storage::Statement> prepare(std::string_view sql) override {
        return std::make_unique<FaultyStatement>(real_->prepare(sql), std::string(sql), faults_);
    }

private:
    std::int64_t log_bytes() const override { return real_->maintenance()->log_bytes(); }
    void checkpoint(storage::Checkpoint kind) override {
        faults_->on_checkpoint();
        real_->maintenance()->checkpoint(kind);
    }

    class FaultyStatement final : public storage::Statement {
    public:
        FaultyStatement(std::unique_ptr<storage::Statement> real, std::string sql, std::shared_ptr<Faults> faults)
            : real_(std::move(real)), sql_(std::move(sql)), faults_(std::move(faults)) {}
        void bind(std::span<storage::Parameter const> parameters) override { real_->bind(parameters); }
        bool step() override {
            faults_->on_step(sql_);
            return real_->step();
        }
        void reset() noexcept override { real_->reset(); }
        std::int64_t changes() const override { return real_->changes(); }
        bool is_null(int column) const override { return real_->is_null(column); }
        std::int64_t int64(int column) const override { return real_->int64(column); }
        std::string_view text(int column) const override { return real_->text(column); }
        storage::BytesView blob(int column) const override { return real_->blob(column); }

    private:
        std::unique_ptr<storage::Statement> real_;
        std::string sql_;
        std::shared_ptr<Faults> faults_;
    };

    std::unique_ptr<storage::Connection> real_;
    std::shared_ptr<Faults> faults_;
};
