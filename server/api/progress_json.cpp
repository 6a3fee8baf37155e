#include "server/api/progress_json.hpp"

#include "workflow/outcomes.hpp"

#include <boost/json/serialize.hpp>

#include <optional>

#include "server/api/clock_json.hpp"

namespace server::api {
namespace {

using workflow::Case;
using workflow::Remedy;

// Natural days and months; a last day that is a day off moves on (民法典第二百零三条).
constexpr int kReviewDays = 60;  // 行政复议法第二十条
constexpr int kSuitMonths = 6;   // 行政诉讼法第四十六条

void write_steps(JsonWriter& json, Case const& c) {
    auto const now = workflow::stage_of(c.state);
    json.key("steps").open_list();
    for (auto const& stage : workflow::kStages) {
        json.open_object().member("stage", stage.value);
        json.member("status", stage.value < now ? "done" : stage.value == now ? "current" : "waiting");
        json.close_object();
    }
    json.close_list();
}

void write_request(JsonWriter& json, std::string_view member, auto const& request, auto&& write) {
    json.key(member);
    if (!request) return json.value(nullptr);
    json.open_object();
    write(*request);
    json.close_object();
}

void write_reply(JsonWriter& json, Case const& c) {
    write_request(json, "reply", c.dispatch, [&](workflow::Dispatch const& dispatch) {
        json.member("number", c.reply_number).member("outcome", c.outcome);
        json.member("method", dispatch.method).member("dispatched_on", dispatch.dispatched_on);
        json.member("delivered_on", c.delivery ? std::optional(c.delivery->delivered_on) : std::nullopt);
    });
}

void write_remedy(
    JsonWriter& json,
    std::string_view kind,
    std::string_view label,
    std::string const& authority,
    workflow::Date last_day,
    std::string_view note
) {
    json.open_object().member("kind", kind).member("label", label).member("authority", authority);
    json.member("last_day", last_day).member("note", note).close_object();
}

/// Which ways are open follows from the outcome; until delivery is known the days count from dispatch.
void write_remedies(
    JsonWriter& json, Case const& c, storage::Agency const& agency, workflow::WorkdayCalendar const& calendar
) {
    json.key("remedies").open_list();
    auto const remedy = c.outcome && c.dispatch ? workflow::rule_of(*c.outcome).remedy : Remedy::None;
    if (remedy != Remedy::None) {
        auto const from = c.delivery ? c.delivery->delivered_on : c.dispatch->dispatched_on;
        auto const review_note = remedy == Remedy::ReviewFirst ? "对不予公开的答复不服,应当先申请行政复议。"
                                 : remedy == Remedy::Split ? "对不予公开的部分不服,应当先申请行政复议。"
                                                           : "可以申请行政复议。";
        auto const moved = [&](workflow::Date last) { return calendar.next_workday_on_or_after(last).date; };
        auto const review_day = moved(workflow::add_days(from, kReviewDays));
        write_remedy(json, "review", "行政复议", agency.review_body, review_day, review_note);
        if (remedy != Remedy::ReviewFirst) {
            auto const suit_note =
                remedy == Remedy::Split ? "对其余部分,也可以直接提起行政诉讼。" : "也可以直接提起行政诉讼。";
            auto const suit_day = moved(workflow::add_months(from, kSuitMonths));
            write_remedy(json, "suit", "行政诉讼", agency.court, suit_day, suit_note);
        }
    }
    json.close_list();
}

void write_clock(JsonWriter& json, Case const& c, View const& view) {
    auto const clock = workflow::reckon(c.timeline(), view.today, view.calendar);
    json.key("clock");
    if (clock)
        json.raw(boost::json::serialize(clock_json(*clock)));
    else
        json.value(nullptr);
}

}  // namespace

std::string progress_json(
    storage::StoredCase const& stored,
    storage::Agency const& agency,
    View const& view,
    std::span<std::string_view const> actions,
    std::span<std::size_t const> files
) {
    Case const& c = stored.facts;
    auto const* department = c.department ? view.directory.department(*c.department) : nullptr;
    JsonWriter json;
    json.open_object();
    json.member("number", c.number).member("case_id", stored.id);
    json.member("state", c.state).member("stage", workflow::stage_of(c.state));
    write_steps(json, c);
    json.member("agency", agency.code).member("agency_name", agency.name).member("agency_phone", agency.phone);
    json.member("unit", department != nullptr ? std::optional(department->name) : std::nullopt);
    json.member("submitted_on", c.submitted_on).member("received_on", c.received_on);
    write_clock(json, c, view);
    json.member("items", c.application.items);
    write_request(json, "correction", c.correction, [&](workflow::CorrectionRequest const& request) {
        json.member("points", request.points).member("guidance", request.guidance).member("reply_by", request.reply_by);
    });
    write_request(json, "explanation", c.explanation_request, [&](workflow::ExplanationRequest const& request) {
        json.member("volume", request.volume).member("reply_by", request.reply_by);
    });
    write_request(json, "fee", c.fee, [&](workflow::FeeNotice const& notice) {
        json.member("basis", notice.basis).member("quantity", notice.quantity).member("amount_fen", notice.amount_fen);
        json.member("paid_on", c.payment ? std::optional(c.payment->paid_on) : std::nullopt);
    });
    write_reply(json, c);
    json.member("concluded_on", c.concluded_on);
    write_remedies(json, c, agency, view.calendar);
    json.member("rating", c.rating);
    json.key("attachments").open_list();
    for (auto const number : files) write_attachment(json, c.attachments[number - 1], stored.id, number);
    json.close_list();
    json.key("actions").open_list();
    for (auto const& action : actions) json.value(action);
    json.close_list().close_object();
    return json.take();
}

}  // namespace server::api
