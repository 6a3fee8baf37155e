#include "server/pages/kit/form.hpp"

#include <algorithm>

namespace server::pages {
namespace {

bool is_below(std::string_view name, std::string_view pointer) {
    return name.starts_with(pointer) && (name.size() == pointer.size() || name[pointer.size()] == '/');
}

/// "/items/0/title" → "hint.items.title".
std::string hint_key(std::string_view pointer) {
    std::string key = "hint";
    while (!pointer.empty()) {
        auto const name = pointer.substr(1, pointer.find('/', 1) - 1);
        pointer.remove_prefix(name.size() + 1);
        bool const number = name.find_first_not_of("0123456789") == std::string_view::npos;
        if (!number) key.append(".").append(name);
    }
    return key;
}

json::value or_null(std::string const* text) { return text != nullptr ? json::value(*text) : json::value(); }

}  // namespace

std::string field_id(std::string_view pointer) {
    std::string id(pointer.substr(std::min<std::size_t>(1, pointer.size())));
    std::ranges::replace(id, '/', '-');
    return id;
}

bool is_answered(Answers const& answers, std::string_view pointer) {
    for (auto answer = answers.lower_bound(pointer); answer != answers.end(); ++answer) {
        auto const& [name, text] = *answer;
        if (!name.starts_with(pointer)) break;
        if (is_below(name, pointer) && text.find_first_not_of(" \t\r\n") != std::string::npos) return true;
    }
    return false;
}

std::size_t entries(Answers const& answers, std::string_view pointer) {
    std::size_t count = 0;
    while (true) {
        auto const entry = std::string(pointer) + '/' + std::to_string(count) + '/';
        auto const first = answers.lower_bound(entry);
        if (first == answers.end() || !first->first.starts_with(entry)) return count;
        ++count;
    }
}

void remove_entry(Answers& answers, std::string_view pointer, std::size_t index) {
    auto const count = entries(answers, pointer);
    auto const prefix = [&](std::size_t i) { return std::string(pointer) + '/' + std::to_string(i) + '/'; };
    for (std::size_t i = index; i < count; ++i) {
        std::erase_if(answers, [&](auto const& answer) { return answer.first.starts_with(prefix(i)); });
        Answers moved;
        for (auto const& [name, text] : answers) {
            if (name.starts_with(prefix(i + 1))) moved[prefix(i) + name.substr(prefix(i + 1).size())] = text;
        }
        answers.merge(moved);
    }
}

std::string const& answer_at(Answers const& answers, std::string_view pointer) {
    static std::string const nothing;
    auto const found = answers.find(pointer);
    return found == answers.end() ? nothing : found->second;
}

json::object field_view(FormContext const& form, std::string const& at, std::string_view label) {
    auto const id = field_id(at);
    auto const* hint = form.texts.find(hint_key(at));
    auto const fault = std::ranges::find(form.errors, at, &workflow::FieldError::pointer);
    auto const* error = fault == form.errors.end() ? nullptr : &fault->detail;
    std::string described = hint != nullptr ? id + "-hint" : "";
    if (error != nullptr) described += (described.empty() ? "" : " ") + id + "-error";
    return {
        {"id", id},
        {"name", at},
        {"label", label},
        {"value", answer_at(form.answers, at)},
        {"hint", or_null(hint)},
        {"error", or_null(error)},
        {"described", described.empty() ? json::value() : json::value(described)}};
}

}  // namespace server::pages
