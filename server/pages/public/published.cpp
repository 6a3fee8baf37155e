#include "server/api/office/publications.hpp"

#include <algorithm>

#include "server/pages/kit/form.hpp"
#include "server/pages/public/pages.hpp"

/// What the agencies have published: where to look before asking.
namespace server::pages {
namespace {

using http::status;
using http::verb;
using storage::Connection;
using storage::Publication;

constexpr std::string_view kPublished = "/published";

json::value or_null(std::optional<std::string> const& text) { return text ? json::value(*text) : json::value(); }

json::object publication_view(Publication const& publication, storage::Directory const& directory) {
    auto const* agency = directory.agency(publication.agency);
    return {
        {"address", std::string(kPublished) + '/' + encoded(publication.id.value)},
        {"title", publication.title},
        {"agency", agency != nullptr ? json::value(agency->name) : json::value()},
        {"agency_code", publication.agency.value},
        {"category", workflow::label(publication.category)},
        {"document_number", or_null(publication.document_number)},
        {"published_on", workflow::to_chinese(publication.published_on)},
        {"url", or_null(publication.url)},
        {"summary", publication.summary}};
}

json::array agencies_view(storage::Directory const& directory, std::string_view chosen) {
    json::array agencies;
    for (auto const& [code, agency] : directory.agencies()) {
        if (!agency.active) continue;
        agencies.push_back({{"value", code.value}, {"label", agency.name}, {"chosen", code.value == chosen}});
    }
    return agencies;
}

json::array categories_view(std::string_view chosen) {
    json::array categories;
    for (auto const& term : workflow::kPublicationCategories) {
        categories.push_back({{"value", term.code}, {"label", term.label}, {"chosen", term.code == chosen}});
    }
    return categories;
}

/// The same list from there on.
std::string address_from(http::Request const& request, std::string const& cursor) {
    std::string address(kPublished);
    address.append("?cursor=").append(encoded(cursor));
    for (std::string_view const name : {"q", "agency", "category"}) {
        auto const value = request.query(name);
        if (value && !value->empty()) address.append("&").append(name).append("=").append(encoded(*value));
    }
    return address;
}

/// The list, or the page that says why there is none.
http::Response show_list(
    Site& site, Visit& visit, boost::system::result<storage::ListSlice<Publication>, http::Problem> const& found
) {
    auto const& request = visit.call.request;
    auto const asked = [&](std::string_view name) { return request.query(name).value_or(""); };
    std::vector<workflow::FieldError> errors;
    if (!found) errors.push_back({"/q", found.error().code, found.error().detail});
    json::array items;
    json::value next;
    if (found) {
        for (auto const& each : found->items) items.push_back(publication_view(each, *visit.call.directory));
        if (found->next_cursor) next = address_from(request, *found->next_cursor);
    }
    json::object data{
        {"q", asked("q")},
        {"agencies", agencies_view(*visit.call.directory, asked("agency"))},
        {"categories", categories_view(asked("category"))},
        {"none", found && items.empty()},
        {"items", std::move(items)},
        {"next", std::move(next)},
        {"later", request.query("cursor").has_value()},
        {"errors", error_links(errors, [](auto const&) { return std::string(); })},
        {"wrong", !errors.empty()}};
    return render(site, visit, "published/list", std::move(data), found ? status::ok : found.error().status);
}

net::awaitable<Answer> list(Site& site, Visit& visit) {
    auto const filter = api::publication_filter(visit.call);
    if (!filter) co_return show_list(site, visit, filter.error());
    auto& publications = site.services.store.publications();
    auto work = [&publications, &filter](Connection& connection) { return publications.list(connection, *filter); };
    auto page = co_await site.services.pool.read(std::move(work), api::asker(visit.call));
    if (!page) co_return show_list(site, visit, http::problem_of(page.error()));
    co_return show_list(site, visit, std::move(*page));
}

Answer show_one(Site& site, Visit& visit) {
    auto const publication = api::visible_publication(site.services, visit.call, visit.call.parameter(0));
    if (!publication) return publication.error();
    auto data = publication_view(*publication, *visit.call.directory);
    auto const* agency = visit.call.directory->agency(publication->agency);
    if (agency != nullptr) data["contact"] = contact_of(*agency);
    return render(site, visit, "published/one", std::move(data));
}

}  // namespace

std::vector<HtmlPage> published_pages() {
    return {
        {verb::get, kPublished, list, false},
        {verb::get, "/published/{id}", show_one, false},
    };
}

}  // namespace server::pages
