#include "server/http/static_files.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/rfc7230.hpp>

namespace server::http {
namespace {

bool takes_gzip(Request const& request) {
    for (auto const& [coding, parameters] : boost::beast::http::ext_list(request.header(field::accept_encoding))) {
        bool refused = false;
        for (auto const& [name, value] : boost::beast::http::param_list(parameters)) {
            refused = refused || (name == "q" && value.find_first_not_of("0.") == std::string_view::npos);
        }
        if (boost::beast::iequals(coding, "gzip")) return !refused;
    }
    return false;
}

}  // namespace

Response static_file(web::Asset const& asset, Request const& request, Keep keep) {
    bool const packed = !asset.gzip.empty() && takes_gzip(request);
    std::string const tag = '"' + std::string(asset.tag) + (packed ? "-gzip\"" : "\"");
    Response response;
    response.set("ETag", tag);
    response.set("Cache-Control", keep == Keep::ForGood ? "public, max-age=31536000, immutable" : "no-cache");
    if (!asset.gzip.empty()) response.set("Vary", "Accept-Encoding");
    if (request.header(field::if_none_match).find(tag) != std::string_view::npos) {
        response.status = status::not_modified;
        return response;
    }
    response.content_type = asset.type;
    response.body = packed ? asset.gzip : asset.bytes;
    if (packed) response.set("Content-Encoding", "gzip");
    return response;
}

}  // namespace server::http
