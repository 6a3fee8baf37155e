#include "server/api/cases/clock_json.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"

namespace server::api {
namespace {

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
    EventForm{
        ClockEventType::CorrectionRequested,
        {Member{"reply_by", Need::Optional}, Member{"served", Need::Optional}, Member{"late", Need::Optional}}},
    EventForm{ClockEventType::CorrectionReceived, {Member{"excused", Need::Optional}}},
    EventForm{ClockEventType::ConsultationSent, {Member{"id"}, Member{"kind"}, Member{"served", Need::Optional}}},
    EventForm{ClockEventType::ConsultationEnded, {Member{"id"}}},
    EventForm{ClockEventType::Extended, {Member{"days"}, Member{"late", Need::Optional}}},
    EventForm{ClockEventType::Deferred, {Member{"to"}, Member{"late", Need::Optional}}},
    EventForm{ClockEventType::FeeNotified, {Member{"served", Need::Optional}, Member{"late", Need::Optional}}},
    EventForm{ClockEventType::FeePaid, {Member{"excused", Need::Optional}}},
    EventForm{ClockEventType::Replied, {}},
    EventForm{ClockEventType::Withdrawn, {}},
    EventForm{ClockEventType::Ordered, {Member{"to"}}},
};
static_assert(kForms.size() == workflow::kClockEventTypes.size());

std::string in_quotes(std::string_view text) {
    std::string shown = "“";
    shown += text;
    shown += "”";
    return shown;
}

/// Reads the members of one object one by one and collects every fault.
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
                fault(member.key(), "unknown_member", "不认识 " + in_quotes(member.key()) + "。");
            }
        }
    }

    /// Null counts as missing.
    json::value const* find(std::string_view name, Need need) {
        json::value const* value = object_.if_contains(name);
        if (value != nullptr && !value->is_null()) return value;
        if (need == Need::Required) fault(name, "missing", "缺少 " + in_quotes(name) + "。");
        return nullptr;
    }

    std::optional<Date> date(std::string_view name, Need need) {
        json::value const* value = find(name, need);
        if (value == nullptr) return std::nullopt;
        auto const* text = value->if_string();
        auto const parsed = text != nullptr ? workflow::parse_date(*text) : std::nullopt;
        if (!parsed) fault(name, "not_a_date", in_quotes(name) + " 不是 YYYY-MM-DD 形式的真实日期。");
        return parsed;
    }

    std::string text(std::string_view name, Need need) {
        json::value const* value = find(name, need);
        if (value == nullptr) return {};
        auto const* text = value->if_string();
        if (text == nullptr || text->empty()) {
            fault(name, "not_a_text", in_quotes(name) + " 应当是不为空的文字。");
            return {};
        }
        return std::string(*text);
    }

    int number(std::string_view name, Need need) {
        json::value const* value = find(name, need);
        if (value == nullptr) return 0;
        auto const* number = value->if_int64();
        if (number == nullptr || *number < -kLargestNumber || *number > kLargestNumber) {
            fault(name, "not_a_number", in_quotes(name) + " 应当是整数。");
            return 0;
        }
        return static_cast<int>(*number);
    }

    bool flag(std::string_view name, Need need) {
        json::value const* value = find(name, need);
        if (value == nullptr) return false;
        if (!value->is_bool()) fault(name, "not_a_flag", in_quotes(name) + " 应当是 true 或 false。");
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
            fault(
                name,
                "unknown_code",
                in_quotes(name) + " 的取值 " + in_quotes(code) + " 不认识，可用的有：" + known + "。"
            );
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
    std::string const place = "第" + std::to_string(index + 1) + "项：";
    auto const* object = value.if_object();
    if (object == nullptr) {
        errors.push_back({pointer, "not_an_object", place + "事件应当是 JSON 对象。"});
        return;
    }
    ObjectReader reader(*object, pointer, place, errors);
    auto const type = reader.term<ClockEventType>("type");
    auto const on = reader.date("on", Need::Required);
    if (!type) return;  // an event of unknown type cannot be read further
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
        if (member.name == "late") event.late = reader.flag(member.name, member.need);
        if (member.name == "kind") {
            event.kind = reader.term<workflow::ConsultationKind>(member.name).value_or(event.kind);
        }
    }
    reader.refuse_others(known);
    input.timeline.events.push_back(std::move(event));
}

/// What an event may hold under this name, as read_event() takes it.
json::object member_schema(std::string_view name) {
    if (name == "id") return text_schema("征求意见的编号", {.min = 1});
    if (name == "kind") return codes_schema<workflow::ConsultationKind>();
    if (name == "days") return {{"type", "integer"}, {"title", "工作日"}};
    if (name == "excused") return {{"type", "boolean"}, {"title", "逾期有正当理由"}};
    if (name == "late") return {{"type", "boolean"}, {"title", "送出时已经逾期，只作记录"}};
    return date_schema(name == "reply_by" ? "补正期限" : name == "served" ? "送达日期" : "延至");
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

std::vector<std::string_view> clock_event_members(ClockEventType type) {
    std::vector<std::string_view> names;
    for (Member const& member : kForms[static_cast<std::size_t>(type)].members) {
        if (!member.name.empty()) names.push_back(member.name);
    }
    return names;
}

std::string clock_json(workflow::ClockResult const& clock) {
    JsonWriter json;
    json.value(CaseClockView{clock});
    return json.take();
}

json::object timeline_input_schema() {
    json::array events;
    for (auto const& form : kForms) {
        auto event = ObjectSchema().member("type", constant(workflow::code(form.type)), workflow::label(form.type));
        event.member<Date>("on", "日期");
        for (auto const& [name, need] : form.members) {
            if (name.empty()) continue;
            if (need == Need::Required) {
                event.member(name, member_schema(name));
            } else {
                event.may_have(name, nullable(member_schema(name)));
            }
        }
        events.push_back(event.unnamed());
    }
    return ObjectSchema()
        .member<Date>("received", "收到申请的日期")
        .may_have("as_of", nullable(date_schema("算到哪一天；省略时为今天")))
        .may_have("events", list_of({{"oneOf", std::move(events)}}), "此后发生的事")
        .named("ClockTimeline");
}

}  // namespace server::api
