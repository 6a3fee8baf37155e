#pragma once

#include "storage/publications.hpp"

#include "server/api/operation.hpp"

/// Reading what the agencies have published, for the API and the pages alike.
namespace server::api {

/// What `?q=&agency=&category=&limit=&cursor=` asks for.
boost::system::result<storage::PublicationFilter, http::Problem> publication_filter(Call const& call);

/// 404 for an unknown one; 410 for a withdrawn one, unless the caller could have withdrawn it.
boost::system::result<storage::Publication, http::Problem> visible_publication(
    Services& services, Call const& call, std::string_view id
);

}  // namespace server::api
