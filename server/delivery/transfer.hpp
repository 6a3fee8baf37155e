#pragma once

#include <cstdint>
#include <string>

namespace server::delivery {

/// The result of sending one message.
enum class Fate : std::uint8_t {
    Accepted,  ///< the other side has it
    Failed,    ///< worth another attempt
    Refused    ///< another attempt is pointless
};
struct Transfer {
    Fate fate{};
    std::string error = {};  ///< a code such as "smtp_550"; no address, no words of the other side
};

/// Initializes libcurl; called before the first thread that sends.
void set_up_transfers();

}  // namespace server::delivery
