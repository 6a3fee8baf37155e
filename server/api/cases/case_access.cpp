#include "server/api/cases/case_access.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <utility>

#include "server/api/kit/writing.hpp"
#include "storage/office/watches.hpp"

namespace server::api {

boost::system::result<VisibleCase, http::Problem> visible_case(
    Services& services, storage::Connection& connection, Call const& call, std::string_view id
) {
    VisibleCase found;
    if (auto stored = services.store.cases().find(connection, id)) {
        found.stored = std::move(*stored);
        auto const& code = found.stored.facts.application.agency;
        found.agency = call.directory->agency(code);
        found.agency_line = call.directory->line(code);
        found.roles = workflow::roles_on(found.stored.facts, call.actor, found.agency_line);
        found.calendar = services.store.calendar().current();
        found.watched = storage::watches(connection, call.actor.id, id);
        found.contact_unchecked = services.store.contact_checks().is_open(connection, id);
        if (!found.roles.empty()) return found;
    }
    return not_found("case_not_found", "没有找到这件申请。");
}

std::vector<std::size_t> applicants_files(
    Services& services, storage::Connection& connection, storage::StoredCase const& stored
) {
    std::vector<std::size_t> own;
    if (stored.facts.attachments.empty()) return own;
    std::size_t number = 0;
    for (auto const& [seq, event] : services.store.cases().timeline(connection, stored.id)) {
        if (event.action != workflow::Action::Attach) continue;
        ++number;
        if (event.role == workflow::Role::Applicant) own.push_back(number);
    }
    if (!stored.facts.dispatch) return own;
    for (auto const& kept : services.store.case_files().of_case(connection, stored.id)) {
        auto const n = static_cast<std::size_t>(kept.file.n);
        if (kept.released && std::ranges::find(own, n) == own.end()) own.push_back(n);
    }
    return own;
}

http::Response case_response(VisibleCase const& found, Call const& call) {
    auto response =
        http::text_response(http::status::ok, "application/json", case_json(found.stored, found.view(call)));
    response.set("ETag", version_tag(found.stored.facts.version));
    return response;
}

http::Problem explain(Services& services, Call const& call, std::string_view id, workflow::Refusal refusal) {
    auto problem = http::problem_of(std::move(refusal));
    bool const conflict = problem.status == http::status::conflict;
    if (!conflict && problem.status != http::status::precondition_failed) return problem;
    auto const found = visible_case(services, services.reader, call, id);
    if (!found) return problem;
    auto const& facts = found->stored.facts;
    if (!conflict) {
        problem.members.emplace("current", boost::json::parse(case_json(found->stored, found->view(call))));
        return problem;
    }
    boost::json::array allowed;
    for (auto const& permission : workflow::permissions(facts, found->context(call))) {
        if (permission.allowed) allowed.push_back(boost::json::value(workflow::code(permission.action)));
    }
    problem.members.emplace("state", workflow::code(facts.state));
    problem.members.emplace("state_label", workflow::label(facts.state));
    problem.members.emplace("version", facts.version);
    problem.members.emplace("allowed_actions", std::move(allowed));
    return problem;
}

net::awaitable<Answer> act(
    Services& services, Call& call, std::string id, std::optional<std::int64_t> expected, workflow::Command command
) {
    std::function<workflow::Result<storage::StoredCase>(storage::Connection&)> work =
        [&services, &call, &id, expected, &command](storage::Connection& connection) {
            return services.store.cases().act(connection, id, expected, command, call.actor, call.now);
        };
    auto stored =
        co_await commit_write<storage::StoredCase>(services, std::move(work), call.request.body.size() + 1024);
    if (!stored) co_return explain(services, call, id, stored.error());

    // After the step the case may be out of this account's reach, for example handed over to another department.
    auto const& directory = *call.directory;
    auto const calendar = services.store.calendar().current();
    auto const roles = workflow::roles_on(stored->facts, call.actor, directory.line(stored->facts.application.agency));
    bool const watched = storage::watches(services.reader, call.actor.id, id);
    bool const shows_rating = workflow::sees_rating(stored->facts, roles, call.actor.id);
    View const view{directory, *calendar, call.today(), watched, shows_rating};
    auto response = http::text_response(http::status::ok, "application/json", case_json(*stored, view));
    response.set("ETag", version_tag(stored->facts.version));
    co_return response;
}

}  // namespace server::api
