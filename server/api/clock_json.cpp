#include "server/api/clock_json.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace server::api {
namespace {

namespace json = boost::json;
using workflow::ClockEvent;
using workflow::ClockEventType;
using workflow::Date;

enum class Need { Required, Optional };

struct Member {
    std::string_view name;
    Need need = Need::Required;
};

/// The members an event has beside `type` and `on`, in the order of ClockEventType.
struct EventForm {
    ClockEventType type;
    std::array<Member, 3> members;
};
constexpr std::array kForms{
    EventForm{ClockEventType::CorrectionRequested, {Member{"reply_by", Need::Optional}}},
    EventForm{ClockEventType::CorrectionReceived, {Member{"excused", Need::Optional}}},
    EventForm{ClockEventType::ConsultationSent, {Member{"id"}, Member{"kind"}, Member{"served", Need::Optional}}},
    EventForm{ClockEventType::ConsultationEnded, {Member{"id"}}},
    EventForm{ClockEventType::Extended, {Member{"days"}}},
    EventForm{ClockEventType::Deferred, {Member{"to"}}},
    EventForm{ClockEventType::FeeNotified, {Member{"served", Need::Optional}}},
    EventForm{ClockEventType::FeePaid, {Member{"excused", Need::Optional}}},
    EventForm{ClockEventType::Replied, {}},
    EventForm{ClockEventType::Withdrawn, {}},
};
static_assert(kForms.size() == workflow::kClockEventTypes.size());

std::string quoted(std::string_view text) {
    std::string shown = "“";
    shown += text;
    shown += "”";
    return shown;
}

/// Takes the members of one object one by one and remembers every fault.
class ObjectReader {
public:
    ObjectReader(
        json::object const& object, std::string pointer, std::string place, std::vector<workflow::FieldError>& errors
    )
        : object_(object), pointer_(std::move(pointer)), place_(std::move(place)), errors_(errors) {}

    void fault(std::string_view member, std::string code, std::string const& what) {
        errors_.push_back({pointer_ + "/" + std::string(member), std::move(code), place_ + what});
    }

    void refuse_others(auto const& known) {
        for (auto const& member : object_) {
            if (!std::ranges::any_of(known, [&](std::string_view name) { return name == member.key(); })) {
                fault(member.key(), "unknown_member", "不认识 " + quoted(member.key()) + "。");
            }
        }
    }

    /// Null counts as missing.
    json::value const* find(std::string_view name, Need need) {
        json::value const* value = object_.if_contains(name);
        if (value != nullptr && !value->is_null()) return value;
        if (need == Need::Required) fault(name, "missing", "缺少 " + quoted(name) + "。");
        return nullptr;
    }

    std::optional<Date> date(std::string_view name, Need need) {
        json::value const* value = find(name, need);
        if (value == nullptr) return std::nullopt;
        auto const* text = value->if_string();
        auto const parsed = text != nullptr ? workflow::parse_date(*text) : std::nullopt;
        if (!parsed) fault(name, "not_a_date", quoted(name) + " 不是 YYYY-MM-DD 形式的真实日期。");
        return parsed;
    }

    std::string text(std::string_view name, Need need) {
        json::value const* value = find(name, need);
        if (value == nullptr) return {};
        auto const* text = value->if_string();
        if (text == nullptr || text->empty()) {
            fault(name, "not_a_text", quoted(name) + " 应当是不为空的文字。");
            return {};
        }
        return std::string(*text);
    }

    int number(std::string_view name, Need need) {
        json::value const* value = find(name, need);
        if (value == nullptr) return 0;
        auto const* number = value->if_int64();
        if (number == nullptr || *number < -kLargestNumber || *number > kLargestNumber) {
            fault(name, "not_a_number", quoted(name) + " 应当是整数。");
            return 0;
        }
        return static_cast<int>(*number);
    }

    bool flag(std::string_view name, Need need) {
        json::value const* value = find(name, need);
        if (value == nullptr) return false;
        if (!value->is_bool()) fault(name, "not_a_flag", quoted(name) + " 应当是 true 或 false。");
        return value->is_bool() && value->get_bool();
    }

    template <workflow::Vocabulary E>
    std::optional<E> term(std::string_view name) {
        auto const code = text(name, Need::Required);
        if (code.empty()) return std::nullopt;
        auto const found = workflow::parse<E>(code);
        if (!found) {
            std::string known;
            for (auto const& term : terms(E{})) known += (known.empty() ? "" : "、") + std::string(term.code);
            fault(name, "unknown_code", quoted(name) + " 的取值 " + quoted(code) + " 不认识,可用的有:" + known + "。");
        }
        return found;
    }

private:
    static constexpr std::int64_t kLargestNumber = 1'000'000;

    json::object const& object_;
    std::string pointer_;
    std::string place_;
    std::vector<workflow::FieldError>& errors_;
};

void read_event(
    json::value const& value, std::size_t index, TimelineInput& input, std::vector<workflow::FieldError>& errors
) {
    std::string const pointer = "/events/" + std::to_string(index);
    std::string const place = "第" + std::to_string(index + 1) + "项:";
    auto const* object = value.if_object();
    if (object == nullptr) {
        errors.push_back({pointer, "not_an_object", place + "事件应当是 JSON 对象。"});
        return;
    }
    ObjectReader reader(*object, pointer, place, errors);
    auto const type = reader.term<ClockEventType>("type");
    auto const on = reader.date("on", Need::Required);
    if (!type) return;  // without its type nothing more can be said about it
    ClockEvent event{.type = *type, .on = on.value_or(Date{})};
    std::vector<std::string_view> known{"type", "on"};
    for (Member const& member : kForms[static_cast<std::size_t>(*type)].members) {
        if (member.name.empty()) continue;
        known.push_back(member.name);
        if (member.name == "reply_by") event.reply_by = reader.date(member.name, member.need);
        if (member.name == "served") event.served = reader.date(member.name, member.need);
        if (member.name == "to") event.to = reader.date(member.name, member.need);
        if (member.name == "id") event.id = reader.text(member.name, member.need);
        if (member.name == "days") event.days = reader.number(member.name, member.need);
        if (member.name == "excused") event.excused = reader.flag(member.name, member.need);
        if (member.name == "kind") {
            event.kind = reader.term<workflow::ConsultationKind>(member.name).value_or(event.kind);
        }
    }
    reader.refuse_others(known);
    input.timeline.events.push_back(std::move(event));
}

json::value date_json(std::optional<Date> date) {
    return date ? json::value(workflow::to_string(*date)) : json::value();
}

}  // namespace

workflow::Result<TimelineInput> read_timeline(json::value const& value) {
    workflow::Refusal refusal{workflow::RefusalKind::Invalid, "invalid_timeline", "时间线应当是 JSON 对象。"};
    auto const* object = value.if_object();
    if (object == nullptr) return refusal;

    TimelineInput input;
    ObjectReader reader(*object, "", "", refusal.errors);
    input.timeline.received = reader.date("received", Need::Required).value_or(Date{});
    input.as_of = reader.date("as_of", Need::Optional);
    reader.refuse_others(std::array<std::string_view, 3>{"received", "as_of", "events"});
    if (auto const* events = reader.find("events", Need::Optional)) {
        if (auto const* list = events->if_array()) {
            for (std::size_t i = 0; i < list->size(); ++i) read_event((*list)[i], i, input, refusal.errors);
        } else {
            reader.fault("events", "not_a_list", "“events” 应当是数组。");
        }
    }
    if (!refusal.errors.empty()) {
        refusal.detail = refusal.errors.front().detail;
        return refusal;
    }
    return input;
}

json::object clock_json(workflow::Reckoning const& clock) {
    json::array deadlines;
    for (auto const& deadline : clock.deadlines) {
        deadlines.push_back(json::object{
            {"kind", workflow::code(deadline.kind)},
            {"due", workflow::to_string(deadline.due)},
            {"basis", deadline.basis},
            {"met", date_json(deadline.met)}});
    }
    json::array explain;
    for (auto const& reason : clock.explain) {
        explain.push_back(json::object{
            {"from", workflow::to_string(reason.from)},
            {"to", workflow::to_string(reason.to)},
            {"effect", workflow::code(reason.effect)},
            {"workdays", reason.workdays},
            {"text", reason.text},
            {"basis", reason.basis}});
    }
    return {
        {"status", workflow::code(clock.status)},
        {"reply_due", date_json(clock.reply_due)},
        {"provisional", clock.provisional},
        {"remaining_workdays", clock.remaining_workdays},
        {"overdue_workdays", clock.overdue_workdays},
        {"deadlines", std::move(deadlines)},
        {"explain", std::move(explain)}};
}

}  // namespace server::api
