#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

/// Owners of libcurl's resources.
namespace server::delivery {

struct CurlHandle {
    CurlHandle() : curl(curl_easy_init()) {}
    ~CurlHandle() { curl_easy_cleanup(curl); }
    CurlHandle(CurlHandle const&) = delete;
    CurlHandle& operator=(CurlHandle const&) = delete;
    CURL* curl;
};

struct FreeCurlList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlList = std::unique_ptr<curl_slist, FreeCurlList>;

inline void append(CurlList& list, std::string const& line) {
    list.reset(curl_slist_append(list.release(), line.c_str()));
}

}  // namespace server::delivery
