#pragma once

#include "storage/vault/files.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/system/result.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "server/config/config.hpp"
#include "server/http/problem.hpp"
#include "server/runtime/asio.hpp"
#include "server/runtime/metrics.hpp"

namespace server::api {

/// Files, and how large they are together.
struct FileLoad {
    std::int64_t files = 0;
    std::int64_t bytes = 0;

    FileLoad& operator+=(FileLoad const& more);
    FileLoad& operator-=(FileLoad const& less);
};

/// The room that is reserved for uploads: each reserves what it announces when it begins, and returns it when it has
/// been added to its case or given up. So the total of uploads in progress is bounded: for the service, for one client,
/// for one case, and by the disk. Owned by the App; io thread only.
class UploadRoom {
public:
    UploadRoom(Config const& config, storage::Files const& files) : config_(config), files_(files) {}
    UploadRoom(UploadRoom const&) = delete;
    UploadRoom& operator=(UploadRoom const&) = delete;

    /// A reservation, returned by its destruction. The UploadRoom outlives it.
    class Taken {
    public:
        Taken(Taken&& other) noexcept;
        Taken& operator=(Taken&&) = delete;
        ~Taken();

    private:
        friend class UploadRoom;
        Taken(UploadRoom& room, std::string_view case_id, std::string_view client, FileLoad load);

        UploadRoom* room_;  ///< null: moved from
        std::string case_id_;
        std::string client_;
        FileLoad load_;
    };

    /// `client` is a network as http::client_network() gives it. 429 beyond limits.upload_share_bytes, 503 beyond
    /// limits.uploads_in_flight_bytes, each with Retry-After; 507 where the disk would be left with less than
    /// limits.disk_reserve_bytes. An upload that is alone is always within the first two.
    boost::system::result<Taken, http::Problem> take(
        std::string_view case_id, net::ip::address const& client, FileLoad load
    );

    /// What is reserved now.
    FileLoad of_case(std::string_view case_id) const { return load_of(cases_, case_id); }
    FileLoad all() const { return all_; }
    /// Registers its figures, read as long as this lives.
    void report_to(Metrics& metrics) const;

private:
    using Loads = std::map<std::string, FileLoad, std::less<>>;
    static FileLoad load_of(Loads const& loads, std::string_view key);
    static void give_back(Loads& loads, std::string_view key, FileLoad const& load);

    Config const& config_;
    storage::Files const& files_;
    FileLoad all_;
    Loads cases_;
    Loads clients_;
};

}  // namespace server::api
