#pragma once

#include "server/api/kit/operation.hpp"
#include "server/api/supervision/supervision.hpp"

/// Who sees the reports, and of which agencies.
namespace server::api {

inline constexpr workflow::RoleSet kReportReaders = kWatchers | workflow::RoleSet{workflow::Role::Registrar};

inline http::Problem out_of_reach() {
    return not_found("agency_not_found", "没有找到这个机关，或者它不在您的工作范围内。");
}

/// What all report operations have in common; each adds its answer.
inline Operation report_operation(
    std::string_view path,
    std::string_view id,
    std::string_view summary,
    SlowHandler handler,
    std::vector<QueryParameter> query
) {
    return {
        .method = http::verb::get,
        .path = path,
        .id = id,
        .summary = summary,
        .tag = "reports",
        .who = Who::Staff,
        .handler = handler,
        .roles = kReportReaders,
        .query = std::move(query),
        .problems = {http::status::not_found, http::status::bad_request}};
}

/// The agency asked about, or one's own, and which of it and those below it are in reach.
inline boost::system::result<Supervised, http::Problem> reach_of(
    Call const& call, std::optional<std::string_view> agency
) {
    auto reach = supervised(call.actor, *call.directory, agency);
    if (!reach) return out_of_reach();
    return std::move(*reach);
}

}  // namespace server::api
