#include <fmt/format.h>
#include <qrencode.h>

#include <memory>
#include <stdexcept>

#include "server/pages/apply/application_form.hpp"
#include "server/pages/apply/drafts.hpp"
#include "server/pages/apply/pages.hpp"
#include "workflow/time/clock.hpp"

namespace server::pages {
namespace {

using http::verb;

boost::system::result<Receipt, http::Problem> receipt_of(Site const& site, Visit const& visit) {
    auto receipt = load_receipt(site.services, site.services.reader, visit);
    if (receipt) return *std::move(receipt);
    return api::not_found("no_receipt", "这里没有回执：还没有提交申请，或者提交已经超过24小时。");
}

/// The clock since the receipt; until staff confirm the date, since the day of submission.
workflow::ClockResult clock_of(Receipt const& receipt, Visit const& visit, Site const& site) {
    workflow::Timeline const timeline{receipt.received_on.value_or(receipt.submitted_on)};
    return workflow::compute_clock(timeline, visit.today(), *site.services.store.calendar().current()).value();
}

json::array reasons_view(workflow::ClockResult const& clock) {
    json::array reasons;
    for (auto const& reason : clock.explain) reasons.push_back({{"text", reason.text}, {"basis", reason.basis}});
    return reasons;
}

/// The five steps a case goes through, and what each is for the applicant.
json::array stages_view(Texts const& texts) {
    json::array stages;
    for (auto const& stage : workflow::kStages) {
        auto const& text = texts.at("apply.receipt.stage." + std::string(stage.code));
        stages.push_back({{"label", stage.label}, {"text", text}});
    }
    return stages;
}

Answer open_receipt(Site& site, Visit& visit) {
    auto const receipt = receipt_of(site, visit);
    if (!receipt) return receipt.error();
    auto const& texts = site.texts(visit);
    auto const clock = clock_of(*receipt, visit, site);
    auto const* agency = visit.call.directory->agency(receipt->agency);
    json::object data{
        {"steps", steps_view(texts, kReceiptStep)},
        {"agency_name", agency->name},
        {"contact", contact_of(*agency)},
        {"number", receipt->number},
        {"query_code", receipt->query_code},
        {"submitted", workflow::to_chinese(receipt->submitted_on)},
        {"received", receipt->received_on ? json::value(workflow::to_chinese(*receipt->received_on)) : json::value()},
        {"due", clock.reply_due ? json::value(workflow::to_chinese(*clock.reply_due)) : json::value()},
        {"remaining", clock.remaining_workdays},
        {"provisional", clock.provisional},
        {"reasons", reasons_view(clock)},
        {"stages", stages_view(texts)}};
    return render(site, visit, "apply/receipt", std::move(data));
}

Answer download_receipt_proof(Site& site, Visit& visit) {
    auto receipt = receipt_of(site, visit);
    if (!receipt) return receipt.error();
    auto response = http::text_response(http::status::ok, "application/json", std::move(receipt->proof));
    auto const name = fmt::format("attachment; filename=\"receipt-{}.json\"", encoded(receipt->number));
    response.set("Content-Disposition", name);
    return response;
}

/// The dark squares as one path, line by line, on white with the quiet zone that readers need.
std::string draw_code(std::string const& text) {
    constexpr int kQuiet = 4;
    std::unique_ptr<QRcode, decltype(&QRcode_free)> const code(
        QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), QRcode_free
    );
    if (!code) throw std::runtime_error("no QR code can be made of an address");
    int const width = code->width;
    std::string path;
    for (int y = 0; y < width; ++y) {
        for (int x = 0; x < width; ++x) {
            bool const dark = (code->data[y * width + x] & 1) != 0;
            if (dark) path += fmt::format("M{} {}h1v1h-1z", x + kQuiet, y + kQuiet);
        }
    }
    return fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" shape-rendering="crispEdges">)"
        R"(<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path d="{1}"/></svg>)",
        width + 2 * kQuiet,
        path
    );
}

/// Leads to the page for tracking with the number filled in. The query code stands in no address.
Answer draw_receipt_code(Site& site, Visit& visit) {
    auto const receipt = receipt_of(site, visit);
    if (!receipt) return receipt.error();
    auto const address = site.services.config.public_url + "/track?number=" + encoded(receipt->number);
    return http::text_response(http::status::ok, "image/svg+xml", draw_code(address));
}

}  // namespace

std::vector<HtmlPage> receipt_pages() {
    return {
        {verb::get, "/apply/receipt", open_receipt},
        {verb::get, "/apply/receipt/proof.json", download_receipt_proof},
        {verb::get, "/apply/receipt/qr.svg", draw_receipt_code},
    };
}

}  // namespace server::pages
