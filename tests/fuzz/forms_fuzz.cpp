#include "server/api/shapes/input.hpp"
#include "storage/engine/shape_json.hpp"
#include "workflow/cases/form.hpp"
#include "workflow/cases/payloads.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

/// Every form of the procedure from any bytes: a shape that survives being written and read again, or faults that name
/// their place.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const json = server::api::parse_body({reinterpret_cast<char const*>(data), size});
    if (!json) return 0;
    for (auto const& action : workflow::kActions) {
        auto payload = workflow::payload_for(action.value);
        server::api::InputReader reader;
        std::visit([&](auto& shape) { reader.read(*json, shape, ""); }, payload);
        for (auto const& error : reader.errors()) {
            if (error.code.empty() || error.detail.empty()) std::abort();
        }
        if (!reader.errors().empty()) continue;
        std::visit(
            []<typename T>(T const& shape) {
                if (!(storage::from_json<T>(storage::to_json(shape)) == shape)) std::abort();
            },
            payload
        );
        (void)workflow::check_form(payload, std::nullopt, *workflow::parse_date("2026-11-20"));
    }
    return 0;
}
