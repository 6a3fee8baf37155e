#include "server/delivery/transfer.hpp"

#include <curl/curl.h>

#include <stdexcept>

namespace server::delivery {

void set_up_transfers() {
    static bool const ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    if (!ready) throw std::runtime_error("libcurl cannot be set up");
}

}  // namespace server::delivery
