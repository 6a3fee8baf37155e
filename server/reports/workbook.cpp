#include "server/reports/workbook.hpp"

#include <stdlib.h>

#include <stdexcept>
#include <utility>

namespace server::reports {
namespace {

/// The day of the form (国办公开办函〔2021〕30号), 2021-09-26: a file must not say when it was made.
constexpr std::time_t kMade = 1632585600;
constexpr double kListWidth = 18;

void check(lxw_error error) {
    if (error != LXW_NO_ERROR) throw std::runtime_error(std::string("cannot write a workbook: ") + lxw_strerror(error));
}

}  // namespace

PrivateFolder::PrivateFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "workbook-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder for a workbook");
    path_ = name;
}

PrivateFolder::~PrivateFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

Workbook::Workbook(Order order) : file_(folder_.path() / "workbook.xlsx"), temporary_(folder_.path().string()) {
    lxw_workbook_options options{};
    options.constant_memory = order == Order::Rows ? LXW_TRUE : LXW_FALSE;
    options.tmpdir = temporary_.data();
    workbook_ = workbook_new_opt(file_.c_str(), &options);
    if (workbook_ == nullptr) throw std::runtime_error("cannot begin a workbook");
    lxw_doc_properties properties{};
    properties.created = kMade;
    check(workbook_set_properties(workbook_, &properties));
}

Workbook::~Workbook() {
    if (workbook_ != nullptr) workbook_close(workbook_);
}

lxw_worksheet* Workbook::add_sheet(std::string const& name) {
    auto* const sheet = workbook_add_worksheet(workbook_, name.c_str());
    if (sheet == nullptr) throw std::runtime_error("cannot add a sheet to a workbook");
    return sheet;
}

lxw_format* Workbook::add_format() { return workbook_add_format(workbook_); }

std::filesystem::path const& Workbook::finish() {
    auto* const whole = std::exchange(workbook_, nullptr);
    check(workbook_close(whole));
    return file_;
}

ListWorkbook::ListWorkbook(std::string const& name, std::vector<std::string_view> const& heads)
    : workbook_(Workbook::Order::Rows), sheet_(workbook_.add_sheet(name)) {
    auto* const bold = workbook_.add_format();
    format_set_bold(bold);
    auto const last = static_cast<lxw_col_t>(heads.size() - 1);
    check(worksheet_set_column(sheet_, 0, last, kListWidth, nullptr));
    worksheet_freeze_panes(sheet_, 1, 0);
    for (std::size_t i = 0; i < heads.size(); ++i) {
        auto const column = static_cast<lxw_col_t>(i);
        check(worksheet_write_string(sheet_, 0, column, std::string(heads[i]).c_str(), bold));
    }
}

void ListWorkbook::row(std::vector<std::string> const& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (cells[i].empty()) continue;
        check(worksheet_write_string(sheet_, next_, static_cast<lxw_col_t>(i), cells[i].c_str(), nullptr));
    }
    ++next_;
}

}  // namespace server::reports
