#include "server/http/router.hpp"

#include <algorithm>
#include <stdexcept>

namespace server::http {

struct Router::Node {
    struct Ending {
        std::string text;
        std::unique_ptr<Node> next;
    };

    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::vector<Ending> endings;  ///< "{n}.pdf": a parameter with ".pdf" behind it
    std::unique_ptr<Node> parameter;
    std::vector<Route const*> routes;
    std::string allow;

    Route const* find(verb method) const {
        auto const found = std::ranges::find(routes, method, &Route::method);
        return found == routes.end() ? nullptr : *found;
    }

    /// The child for one segment of a pattern, made when it is not there yet.
    Node& child(std::string_view segment) {
        auto const made = [](std::unique_ptr<Node>& node) -> Node& {
            if (!node) node = std::make_unique<Node>();
            return *node;
        };
        auto const close = segment.find('}');
        if (!segment.starts_with('{')) return made(literals[std::string(segment)]);
        auto const ending = segment.substr(close + 1);
        if (ending.empty()) return made(parameter);
        auto found = std::ranges::find(endings, ending, &Ending::text);
        if (found == endings.end()) found = endings.insert(endings.end(), Ending{std::string(ending), nullptr});
        return made(found->next);
    }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

void Router::add(verb method, std::string_view pattern, Handler handler, RouteOptions options) {
    auto const refuse = [&](std::string_view why) {
        throw std::logic_error("route " + std::string(pattern) + ": " + std::string(why));
    };
    if (!pattern.starts_with('/')) refuse("does not start with /");
    Node* node = root_.get();
    for (auto rest = pattern.substr(1); !rest.empty();) {
        auto const segment = rest.substr(0, rest.find('/'));
        auto const open = segment.find('{');
        auto const close = segment.find('}');
        bool const literal = open == std::string_view::npos && close == std::string_view::npos;
        bool const parameter = open == 0 && close != std::string_view::npos && close > 1;
        if (segment.empty() || !(literal || parameter)) refuse("has a segment that is neither literal nor {parameter}");
        node = &node->child(segment);
        rest.remove_prefix(std::min(segment.size() + 1, rest.size()));
    }
    if (pattern.size() > 1 && pattern.ends_with('/')) node = &node->child("");
    if (node->find(method) != nullptr) refuse("is there already");
    node->routes.push_back(
        &routes_.emplace_back(method, std::string(pattern), std::move(handler), options, routes_.size())
    );

    auto const add_allowed = [node](verb allowed) {
        if (!node->allow.empty()) node->allow += ", ";
        node->allow += boost::beast::http::to_string(allowed);
    };
    add_allowed(method);
    if (method == verb::get) add_allowed(verb::head);
}

Router::Match Router::match(verb method, std::vector<std::string> const& segments) const {
    Match match;
    Node const* node = root_.get();
    for (std::string_view const segment : segments) {
        if (auto const literal = node->literals.find(segment); literal != node->literals.end()) {
            node = literal->second.get();
            continue;
        }
        if (segment.empty()) return {};
        auto const ending = std::ranges::find_if(node->endings, [&](Node::Ending const& candidate) {
            return segment.size() > candidate.text.size() && segment.ends_with(candidate.text);
        });
        if (ending != node->endings.end()) {
            match.parameters.push_back(segment.substr(0, segment.size() - ending->text.size()));
            node = ending->next.get();
        } else if (node->parameter) {
            match.parameters.push_back(segment);
            node = node->parameter.get();
        } else {
            return {};
        }
    }
    match.allow = node->allow;
    match.route = node->find(method == verb::head ? verb::get : method);
    return match;
}

}  // namespace server::http
