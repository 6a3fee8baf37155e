#pragma once

#include <CLI/CLI.hpp>

#include <boost/json/object.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "server/runtime/control.hpp"
#include "storage/store.hpp"

/// The verbs of the program, one file each. A verb adds itself to the command line and, when it is chosen, leaves the
/// work to do; main() does it and turns a refusal into one line on stderr.
namespace server::verbs {

enum ExitCode : int { kDone = 0, kFailed = 1, kWrongUsage = 2 };

/// What the chosen verb will do. A refusal exits with kFailed.
using Work = std::function<workflow::Result<ExitCode>()>;

void add_init(CLI::App& program, Work& work);
void add_serve(CLI::App& program, Work& work);
void add_demo(CLI::App& program, Work& work);
void add_workdays(CLI::App& program, Work& work);
void add_clock(CLI::App& program, Work& work);
void add_calendar(CLI::App& program, Work& work);
void add_journal(CLI::App& program, Work& work);
void add_user(CLI::App& program, Work& work);
void add_report(CLI::App& program, Work& work);
void add_import(CLI::App& program, Work& work);
void add_retention(CLI::App& program, Work& work);

/// Every command that writing verbs know, for the service's control socket.
std::span<Command const> commands();

// ---- what verbs share ----------------------------------------------------------------------------------------------

/// The options --data and --config by which a verb finds its data folder.
class DataOption {
public:
    void add_to(CLI::App& verb);
    /// --data, else data.folder of --config, else "data". Refused when the configuration is.
    workflow::Result<std::filesystem::path> folder() const;
    /// Whether the user named a folder in any way.
    bool given() const { return !data_.empty() || !config_.empty(); }

private:
    std::string data_;
    std::string config_;
};

/// The stores opened for reading only, also while a service runs on the folder.
struct ReadOnlyStore {
    explicit ReadOnlyStore(storage::DataFolder opened);

    storage::DataFolder folder;
    std::unique_ptr<storage::Database> database;
    std::unique_ptr<storage::Connection> connection;
    storage::Journal journal;
    storage::DirectoryStore directory;
    storage::CalendarStore calendar;
    storage::Publications publications;
    storage::CaseStore cases;
    storage::Letters letters;
    storage::Files files;
    storage::Retention retention;
};
workflow::Result<std::unique_ptr<ReadOnlyStore>> open_read_only(DataOption const& data);

/// Runs a command of commands(): in the service that runs on the folder, else on the folder itself.
workflow::Result<boost::json::object> run_command(
    DataOption const& data, std::string_view name, boost::json::object const& arguments
);

/// A file's text; "-" is standard input. Refused when it cannot be read.
workflow::Result<std::string> read_text(std::string const& file);
/// The same, parsed.
workflow::Result<boost::json::value> read_json(std::string const& file);
/// Refused with the line where it is not JSON.
workflow::Result<boost::json::value> parse_json(std::string_view text);

workflow::Refusal invalid(std::string code, std::string detail);

}  // namespace server::verbs
