#include "server/api/kit/upload_room.hpp"

#include <utility>

#include "server/api/kit/storage_full.hpp"

namespace server::api {
namespace {

constexpr std::chrono::seconds kRetryUpload{15};

bool is_within(std::int64_t limit, FileLoad const& there, FileLoad const& more) {
    return there.bytes == 0 || there.bytes + more.bytes <= limit;
}

http::Problem wait_for_room(http::status status, std::string code, std::string detail) {
    return http::Problem{
        .status = status, .code = std::move(code), .detail = std::move(detail), .retry_after = kRetryUpload};
}

}  // namespace

FileLoad& FileLoad::operator+=(FileLoad const& more) {
    files += more.files;
    bytes += more.bytes;
    return *this;
}

FileLoad& FileLoad::operator-=(FileLoad const& less) {
    files -= less.files;
    bytes -= less.bytes;
    return *this;
}

UploadRoom::Taken::Taken(UploadRoom& room, std::string_view case_id, std::string_view client, FileLoad load)
    : room_(&room), case_id_(case_id), client_(client), load_(load) {
    room.all_ += load_;
    room.cases_[case_id_] += load_;
    room.clients_[client_] += load_;
}

UploadRoom::Taken::Taken(Taken&& other) noexcept
    : room_(std::exchange(other.room_, nullptr)),
      case_id_(std::move(other.case_id_)),
      client_(std::move(other.client_)),
      load_(other.load_) {}

UploadRoom::Taken::~Taken() {
    if (room_ == nullptr) return;
    room_->all_ -= load_;
    give_back(room_->cases_, case_id_, load_);
    give_back(room_->clients_, client_, load_);
}

boost::system::result<UploadRoom::Taken, http::Problem> UploadRoom::take(
    std::string_view case_id, net::ip::address const& client, FileLoad load
) {
    auto const name = client.to_string();
    bool const shared = is_within(config_.upload_share_bytes, load_of(clients_, name), load) &&
                        is_within(config_.upload_share_bytes, load_of(cases_, case_id), load);
    if (!shared) {
        return wait_for_room(
            http::status::too_many_requests, "too_many_uploads", "您正在上传的文件太多，请等它们传完再传。"
        );
    }
    if (!is_within(config_.uploads_in_flight_bytes, all_, load)) {
        return wait_for_room(
            http::status::service_unavailable, "uploads_full", "现在上传文件的人太多，请过一会儿再传。"
        );
    }
    auto const wanted = config_.disk_reserve_bytes + all_.bytes + load.bytes;
    if (files_.free_bytes() < static_cast<std::uint64_t>(wanted)) return storage_full();
    return Taken(*this, case_id, name, load);
}

FileLoad UploadRoom::load_of(Loads const& loads, std::string_view key) {
    auto const found = loads.find(key);
    return found == loads.end() ? FileLoad() : found->second;
}

void UploadRoom::give_back(Loads& loads, std::string_view key, FileLoad const& load) {
    auto const found = loads.find(key);
    found->second -= load;
    if (found->second.files == 0) loads.erase(found);
}

void UploadRoom::report_to(Metrics& metrics) const {
    metrics.gauge("uploads_in_flight", "Files that are being uploaded.", [this] {
        return static_cast<double>(all_.files);
    });
    metrics.gauge("uploads_in_flight_bytes", "Room that uploads have been promised.", [this] {
        return static_cast<double>(all_.bytes);
    });
}

}  // namespace server::api
