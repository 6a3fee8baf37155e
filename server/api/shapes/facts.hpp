#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"
#include "server/api/shapes/references.hpp"

namespace server::api {

/// Writes what a shape says as lines for people, `{"label", "text"}` each, from the same description that its form is
/// made of. What is not there gets no line. Borrows all it is given for the time of the call.
class FactWriter {
public:
    FactWriter(JsonWriter& json, workflow::Case const& c, storage::Directory const& directory)
        : json_(json), case_(c), directory_(directory) {}

    template <workflow::Shape T>
    void members(T const& shape) {
        workflow::for_each_field<T>([&](auto const& field) {
            write(shape.*field.member, std::string(field.label), reference_of(field.name));
        });
    }

private:
    template <typename M>
    void write(M const& value, std::string const& label, Reference const* reference) {
        workflow::visit_kind_of(
            value,
            [&]<typename V>(kind::Optional<V>, std::optional<V> const& maybe) {
                if (maybe) write(*maybe, label, reference);
            },
            [&]<workflow::Shape S>(kind::List<S>, std::vector<S> const& list) {
                for (std::size_t i = 0; i < list.size(); ++i) {
                    line(label, "第" + std::to_string(i + 1) + "项");
                    members(list[i]);
                }
            },
            [&]<typename V>(kind::List<V>, std::vector<V> const& list) {
                std::string joined;
                for (V const& each : list) joined += (joined.empty() ? "" : "、") + text(each, reference);
                line(label, joined);
            },
            [&]<typename S>(kind::Shape<S>, S const& shape) { members(shape); },
            [&](kind::Value, auto const& single) { line(label, text(single, reference)); }
        );
    }

    template <typename M>
    std::string text(M const& value, Reference const* reference) const {
        return workflow::visit_kind_of(
            value,
            [&](kind::Code, workflow::Code const& code) {
                return reference != nullptr ? reference->name(code, case_, directory_) : code.value;
            },
            [](kind::Text, std::string const& words) { return words; },
            [](kind::Date, workflow::Date date) { return workflow::to_string(date); },
            []<typename E>(kind::Word<E>, E word) { return std::string(workflow::label(word)); },
            [](kind::YesNo, bool flag) { return std::string(flag ? "是" : "否"); },
            []<typename N>(kind::Whole<N>, N number) { return std::to_string(number); }
        );
    }

    void line(std::string_view label, std::string_view text) {
        if (text.empty()) return;
        json_.open_object().member("label", label).member("text", text).close_object();
    }

    JsonWriter& json_;
    workflow::Case const& case_;
    storage::Directory const& directory_;
};

/// The lines about what was filled in for a step, as a member of an answer.
struct Facts {
    workflow::Payload const& payload;
    workflow::Case const& c;
    storage::Directory const& directory;

    void write(JsonWriter& json) const {
        json.open_list();
        FactWriter lines(json, c, directory);
        std::visit([&](auto const& data) { lines.members(data); }, payload);
        json.close_list();
    }
    static json::object schema() {
        return list_of(ObjectSchema().member<std::string>("label").member<std::string>("text").named("Fact"));
    }
};

}  // namespace server::api
