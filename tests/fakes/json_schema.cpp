#include "tests/fakes/json_schema.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <regex>
#include <stdexcept>
#include <string_view>

#include "workflow/time/date.hpp"
#include "workflow/words/text.hpp"

namespace fakes {
namespace {

namespace json = boost::json;

bool has_type(json::value const& value, std::string_view type) {
    if (type == "null") return value.is_null();
    if (type == "boolean") return value.is_bool();
    if (type == "integer") return value.is_int64() || value.is_uint64();
    if (type == "number") return value.is_number();
    if (type == "string") return value.is_string();
    if (type == "array") return value.is_array();
    if (type == "object") return value.is_object();
    throw std::invalid_argument("no type " + std::string(type));
}

bool has_format(std::string_view text, std::string_view format) {
    if (format == "date") return workflow::parse_date(text).has_value();
    if (format == "date-time") return workflow::parse_instant(text).has_value();
    throw std::invalid_argument("no format " + std::string(format));
}

bool matches(std::string_view text, std::string_view pattern) {
    return std::regex_search(std::string(text), std::regex(std::string(pattern)));
}

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// What a bound bounds; null where it says nothing about this kind of value.
std::optional<double> measure(json::value const& value, std::string_view bound) {
    if (bound.ends_with("Items") && value.is_array()) return static_cast<double>(value.get_array().size());
    if (bound.ends_with("Length") && value.is_string())
        return static_cast<double>(workflow::characters(value.get_string()));
    if (bound.ends_with("imum") && value.is_number()) return value.to_number<double>();
    return std::nullopt;
}

/// Looks at one value with one schema after the other, and remembers the faults.
class Checker {
public:
    explicit Checker(json::object const& document) : document_(document) {}

    void check(json::value const& value, json::object const& schema, std::string const& at) {
        for (auto const& member : schema) check(value, schema, member.key(), member.value(), at);
    }

    std::vector<std::string> faults;

private:
    void check(
        json::value const& value,
        json::object const& schema,
        std::string_view keyword,
        json::value const& rule,
        std::string const& at
    ) {
        auto const expect = [&](bool holds) {
            if (!holds) faults.push_back(at + ": " + std::string(keyword) + " " + json::serialize(rule));
        };
        if (keyword == "$ref") return check(value, referred(rule.as_string()), at);
        if (keyword == "type") return expect(is_of(value, rule));
        if (keyword == "const") return expect(value == rule);
        if (keyword == "enum") return expect(std::ranges::count(rule.as_array(), value) == 1);
        if (keyword == "oneOf") return expect(matching(value, rule.as_array()) == 1);
        if (keyword == "anyOf") return expect(matching(value, rule.as_array()) > 0);
        if (keyword == "format") return expect(!value.is_string() || has_format(value.as_string(), rule.as_string()));
        if (keyword == "pattern") return expect(!value.is_string() || matches(value.as_string(), rule.as_string()));
        if (keyword == "items") return check_entries(value, rule.as_object(), at);
        if (keyword == "required") return check_required(value, rule.as_array(), at);
        if (keyword == "properties") return check_members(value, rule.as_object(), at);
        if (keyword == "additionalProperties") return check_others(value, schema, rule, at);
        if (keyword == "minItems" || keyword == "minLength" || keyword == "minimum") {
            return expect(measure(value, keyword).value_or(kInfinity) >= rule.to_number<double>());
        }
        if (keyword == "maxItems" || keyword == "maxLength" || keyword == "maximum") {
            return expect(measure(value, keyword).value_or(-kInfinity) <= rule.to_number<double>());
        }
        if (keyword != "title" && keyword != "description")
            throw std::invalid_argument("no keyword " + std::string(keyword));
    }

    static bool is_of(json::value const& value, json::value const& type) {
        if (auto const* one = type.if_string()) return has_type(value, *one);
        return std::ranges::any_of(type.as_array(), [&](auto const& each) {
            return has_type(value, each.as_string());
        });
    }

    std::ptrdiff_t matching(json::value const& value, json::array const& choices) const {
        return std::ranges::count_if(choices, [&](json::value const& choice) {
            return schema_faults(value, choice.as_object(), document_).empty();
        });
    }

    void check_entries(json::value const& value, json::object const& schema, std::string const& at) {
        auto const* list = value.if_array();
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
            check((*list)[i], schema, at + "/" + std::to_string(i));
    }

    void check_required(json::value const& value, json::array const& names, std::string const& at) {
        for (auto const& name : names) {
            bool const there = !value.is_object() || value.get_object().contains(name.as_string());
            if (!there) faults.push_back(at + "/" + std::string(name.as_string()) + ": missing");
        }
    }

    void check_members(json::value const& value, json::object const& properties, std::string const& at) {
        if (!value.is_object()) return;
        for (auto const& [name, member] : value.get_object()) {
            auto const* schema = properties.if_contains(name);
            if (schema != nullptr) check(member, schema->as_object(), at + "/" + std::string(name));
        }
    }

    void check_others(
        json::value const& value, json::object const& schema, json::value const& rule, std::string const& at
    ) {
        if (!value.is_object()) return;
        auto const* properties = schema.if_contains("properties");
        for (auto const& [name, member] : value.get_object()) {
            if (properties != nullptr && properties->as_object().contains(name)) continue;
            auto const pointer = at + "/" + std::string(name);
            if (rule.is_object()) check(member, rule.get_object(), pointer);
            if (rule == json::value(false)) faults.push_back(pointer + ": not described");
        }
    }

    json::object const& referred(std::string_view reference) const {
        constexpr std::string_view kComponents = "#/components/schemas/";
        if (!reference.starts_with(kComponents)) throw std::invalid_argument("no reference " + std::string(reference));
        auto const name = reference.substr(kComponents.size());
        return document_.at("components").at("schemas").at(name).as_object();
    }

    json::object const& document_;
};

}  // namespace

std::vector<std::string> schema_faults(
    json::value const& value, json::object const& schema, json::object const& document
) {
    Checker checker(document);
    checker.check(value, schema, "");
    return std::move(checker.faults);
}

}  // namespace fakes
