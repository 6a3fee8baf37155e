#include "server/files/pdf_actions.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_set>
#include <vector>

namespace server::files {
namespace {

using namespace std::string_view_literals;
using boost::json::error_code;
using boost::json::string_view;

/// /XFA is a form with scripts in a language of its own.
constexpr std::array kActiveKeys{"/JS"sv, "/JavaScript"sv, "/AA"sv, "/XFA"sv};
constexpr std::array kActiveNames{"/JavaScript"sv, "/Launch"sv, "/SubmitForm"sv, "/ImportData"sv};

bool is_active(std::string_view name) { return std::ranges::find(kActiveNames, name) != kActiveNames.end(); }

/// "12 0 R".
bool is_reference(std::string_view text) {
    return text.size() >= 5 && text.ends_with(" R") && text.front() >= '0' && text.front() <= '9';
}

/// Hears qpdf's JSON as it is parsed: {"qpdf": [{…}, {"obj:1 0 R": {"value": …}, "trailer": …}]}. Names are "/Name",
/// strings "u:…" or "b:…", references "12 0 R".
class ObjectReader {
public:
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = max_object_size;
    static constexpr std::size_t max_key_size = max_object_size;
    static constexpr std::size_t max_string_size = max_object_size;

    bool found() const { return found_; }

    /// Whether everything that happens on opening goes to a page: known once all objects are.
    bool opens_at_pages() const {
        return std::ranges::all_of(opened_, [this](auto const& id) { return destinations_.contains(id); });
    }

    // ---- the parser's calls; the names are Boost's ----
    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) {
        begin();
        return true;
    }
    bool on_object_end(std::size_t, error_code&) {
        bool const goes_to_page = open_.back().goes && !open_.back().goes_on;
        open_.pop_back();
        if (!open_.empty() && open_.back().is_list) open_.back().goes_on = true;
        settle(goes_to_page);
        return true;
    }
    bool on_array_begin(error_code&) {
        begin();
        open_.back().is_list = true;
        return true;
    }
    bool on_array_end(std::size_t, error_code&) {
        bool const is_destination = !open_.back().goes_on;  // page and place: no dictionary among them
        open_.pop_back();
        settle(is_destination);
        return true;
    }
    bool on_key_part(string_view part, std::size_t, error_code&) {
        keep(part);
        return true;
    }
    bool on_key(string_view rest, std::size_t, error_code&) {
        keep(rest);
        if (open_.size() == kObjectDepth) object_ = text_;
        auto& key = open_.back().key;
        key = std::exchange(text_, {});
        found_ = found_ || std::ranges::find(kActiveKeys, key) != kActiveKeys.end();
        if (key == "/Next") open_.back().goes_on = true;
        return true;
    }
    bool on_string_part(string_view part, std::size_t, error_code&) {
        keep(part);
        return true;
    }
    bool on_string(string_view rest, std::size_t, error_code&) {
        keep(rest);
        auto const text = std::exchange(text_, {});
        auto const& key = open_.back().key;
        bool const is_value = open_.size() == kObjectDepth + 1 && key == "value";
        if (key == "/S" || is_value) found_ = found_ || is_active(text);
        if (key == "/S") open_.back().goes = text == "/GoTo";
        if (key == "/OpenAction" && is_reference(text)) opened_.push_back("obj:" + text);
        return true;
    }
    bool on_number_part(string_view, error_code&) { return true; }
    bool on_int64(std::int64_t, string_view, error_code&) { return true; }
    bool on_uint64(std::uint64_t, string_view, error_code&) { return true; }
    bool on_double(double, string_view, error_code&) { return true; }
    bool on_bool(bool, error_code&) { return true; }
    bool on_null(error_code&) { return true; }
    bool on_comment_part(string_view, error_code&) { return true; }
    bool on_comment(string_view, error_code&) { return true; }

private:
    /// The object that lists the objects stands in a list in the outermost one.
    static constexpr std::size_t kObjectDepth = 3;
    /// Nothing that is looked for is longer.
    static constexpr std::size_t kLongestText = 64;

    /// An object or a list that has not ended.
    struct Open {
        std::string key = {};
        bool goes = false;     ///< an action of the kind that goes to a page
        bool goes_on = false;  ///< to another action
        bool is_list = false;
    };

    void begin() { open_.emplace_back(); }

    /// One piece more than is looked for suffices to tell a text from what it begins like.
    void keep(string_view part) {
        text_.append(part.data(), std::min(part.size(), kLongestText - std::min(kLongestText, text_.size())));
    }

    /// A container has ended whose key is that of the one around it.
    void settle(bool goes_to_page) {
        if (open_.empty()) return;
        auto const& key = open_.back().key;
        if (key == "/OpenAction" && !goes_to_page) found_ = true;
        if (open_.size() == kObjectDepth + 1 && key == "value" && goes_to_page) destinations_.insert(object_);
    }

    std::vector<Open> open_;
    std::string text_;
    std::string object_;
    std::vector<std::string> opened_;
    std::unordered_set<std::string> destinations_;
    bool found_ = false;
};

}  // namespace

PdfActions pdf_actions(PlainFile const& file, ChildLimits const& limits) {
    boost::json::parse_options options;
    options.max_depth = 1000;  // qpdf itself reads no deeper
    boost::json::basic_parser<ObjectReader> parser(options);
    bool readable = true;
    auto const hear = [&](std::string_view piece) {
        error_code error;
        parser.write_some(true, piece.data(), piece.size(), error);
        readable = !error;
        return readable && !parser.handler().found();
    };
    auto own = limits;
    own.output = 1024ULL * 1024 * 1024;  // heard piece by piece, never kept
    auto const outcome = run_child(
        {"qpdf",
         "--warning-exit-0",
         "--json=2",
         "--json-key=qpdf",
         "--json-stream-data=none",
         std::string(kInput),
         "-"},
        file,
        hear,
        own
    );
    auto const& reader = parser.handler();
    if (reader.found()) return {.any = true};
    if (!outcome.finished()) return {.reading = reading_of(outcome)};
    if (!readable || !parser.done()) return {.reading = Reading::Unfinished};
    return {.any = !reader.opens_at_pages()};
}

}  // namespace server::files
