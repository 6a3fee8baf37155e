#pragma once

#include <boost/system/result.hpp>

#include <stdexcept>
#include <string>
#include <vector>

namespace workflow {

/// Why something was not done; the server turns each into one HTTP status, in one place.
enum class RefusalKind {
    Invalid,      ///< the input breaks a rule of form or of law; `errors` names the fields
    Forbidden,    ///< this person may not do it, ever or on this case
    IllegalStep,  ///< the procedure does not allow it now
    Stale,        ///< somebody else changed the case first
    NotFound,     ///< there is no such thing, or not for this person
    Unavailable   ///< the system cannot do it at the moment; nothing was changed
};

/// One fault of one field. `pointer` is an RFC 6901 JSON pointer into the input.
struct FieldError {
    std::string pointer;
    std::string code;
    std::string detail;  ///< Chinese, one sentence a clerk understands
};

/// A refusal is a value: an outcome the caller is expected to handle. Nothing has changed when one is returned.
struct Refusal {
    RefusalKind kind;
    std::string code;          ///< stable, English, snake_case
    std::string detail;        ///< Chinese, one sentence; never SQL, paths or personal data
    std::string article = {};  ///< the article it rests on, e.g. "条例第三十条"; empty where it is a matter of form
    std::vector<FieldError> errors = {};
};

/// Found by argument-dependent lookup when somebody reads the value of a refused Result: a programming error.
[[noreturn]] inline void throw_exception_from_error(Refusal const& refusal, boost::source_location const&) {
    throw std::logic_error("value of a refused result was read: " + refusal.code);
}

template <typename T>
using Result = boost::system::result<T, Refusal>;

}  // namespace workflow
