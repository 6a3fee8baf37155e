#pragma once

#include <cstdint>
#include <string>

namespace server::delivery {

/// How one message fared on its way out.
enum class Fate : std::uint8_t {
    Accepted,  ///< the other side has it
    Failed,    ///< it may go better next time
    Refused    ///< it never will
};
struct Transfer {
    Fate fate{};
    std::string error = {};  ///< a code such as "smtp_550"; no address, no words of the other side
};

/// Before the first thread that sends: libcurl wants its library set up once.
void set_up_transfers();

}  // namespace server::delivery
