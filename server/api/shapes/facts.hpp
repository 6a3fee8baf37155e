#pragma once

#include <string>
#include <string_view>
#include <type_traits>
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

    static json::object schema() {
        return ObjectSchema().member<std::string>("label").member<std::string>("text").named("Fact");
    }

private:
    template <typename M>
    void write(M const& value, std::string const& label, Reference const* reference) {
        if constexpr (workflow::kIsOptional<M>) {
            if (value) write(*value, label, reference);
        } else if constexpr (workflow::Shape<M>) {
            members(value);
        } else if constexpr (workflow::kIsList<M>) {
            write_list(value, label, reference);
        } else {
            line(label, text(value, reference));
        }
    }

    template <typename M>
    void write_list(std::vector<M> const& list, std::string const& label, Reference const* reference) {
        if constexpr (workflow::Shape<M>) {
            for (std::size_t i = 0; i < list.size(); ++i) {
                line(label, "第" + std::to_string(i + 1) + "项");
                members(list[i]);
            }
        } else {
            std::string joined;
            for (auto const& each : list) joined += (joined.empty() ? "" : "、") + text(each, reference);
            line(label, joined);
        }
    }

    template <typename M>
    std::string text(M const& value, Reference const* reference) const {
        if constexpr (std::is_same_v<M, workflow::Code>) {
            return reference != nullptr ? reference->name(value, case_, directory_) : value.value;
        } else if constexpr (std::is_same_v<M, workflow::Date>) {
            return workflow::to_string(value);
        } else if constexpr (std::is_same_v<M, bool>) {
            return value ? "是" : "否";
        } else if constexpr (workflow::Vocabulary<M>) {
            return std::string(workflow::label(value));
        } else if constexpr (std::is_integral_v<M>) {
            return std::to_string(value);
        } else {
            return value;
        }
    }

    void line(std::string_view label, std::string_view text) {
        if (text.empty()) return;
        json_.open_object().member("label", label).member("text", text).close_object();
    }

    JsonWriter& json_;
    workflow::Case const& case_;
    storage::Directory const& directory_;
};

}  // namespace server::api
