#pragma once

#include "storage/office/directory.hpp"
#include "workflow/cases/case.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Members of forms and events whose code stands for something with a name: an agency, a department, a person, a
/// letter, a dispute.
namespace server::api {

struct Choice {
    std::string code;
    std::string name;
};

struct Reference {
    std::string_view member;
    /// What the code is called; the code itself where nothing has it.
    std::string (*name)(workflow::Code const&, workflow::Case const&, storage::Directory const&);
    /// What a step on this case can name; null where no step has to choose.
    std::vector<Choice> (*choices)(workflow::Case const&, storage::Directory const&);
};

/// Null where the member refers to nothing.
Reference const* reference_of(std::string_view member);

}  // namespace server::api
