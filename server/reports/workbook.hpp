#pragma once

#include <xlsxwriter.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace server::reports {

/// A folder that only its owner can look into, gone with this object.
class PrivateFolder {
public:
    PrivateFolder();
    ~PrivateFolder();
    PrivateFolder(PrivateFolder const&) = delete;
    PrivateFolder& operator=(PrivateFolder const&) = delete;
    std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// An XLSX file in the making, in a folder of its own. Text is written as text, so nothing in it is ever a formula; the
/// same content gives the same bytes. One thread at a time. Throws std::runtime_error where the disk does not take it.
class Workbook {
public:
    /// `Rows`: rows are written one after the other and leave the memory at once.
    enum class Order { Any, Rows };
    explicit Workbook(Order order);
    ~Workbook();

    lxw_worksheet* add_sheet(std::string const& name);
    lxw_format* add_format();

    /// Finishes the file; nothing can be added after that.
    std::filesystem::path const& finish();

private:
    PrivateFolder folder_;
    std::filesystem::path file_;
    std::string temporary_;
    lxw_workbook* workbook_;
};

/// A long list, row by row, in constant memory.
class ListWorkbook {
public:
    ListWorkbook(std::string const& name, std::vector<std::string_view> const& heads);
    void row(std::vector<std::string> const& cells);
    std::filesystem::path const& finish() { return workbook_.finish(); }

private:
    Workbook workbook_;
    lxw_worksheet* sheet_;
    lxw_row_t next_ = 1;
};

}  // namespace server::reports
