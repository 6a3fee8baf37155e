#pragma once

#include "storage/office/publications.hpp"

#include "server/api/kit/operation.hpp"
#include "server/api/shapes/json_writer.hpp"
#include "server/api/shapes/schema.hpp"

/// Reading what the agencies have published, for the API and the pages alike.
namespace server::api {

/// What `?q=&agency=&category=&limit=&cursor=` asks for.
boost::system::result<storage::PublicationFilter, http::Problem> publication_filter(Call const& call);

/// 404 for an unknown one; 410 for a withdrawn one, unless the caller could have withdrawn it.
boost::system::result<storage::Publication, http::Problem> visible_publication(
    Services& services, Call const& call, std::string_view id
);

/// Publications that resemble a text, as a list.
void write_suggestions(
    JsonWriter& json, std::vector<storage::Suggestion> const& suggestions, storage::Directory const& directory
);
json::object suggestion_schema();

}  // namespace server::api
