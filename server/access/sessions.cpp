#include "server/access/sessions.hpp"

#include <sodium.h>

#include <array>

#include "storage/engine/bytes.hpp"

namespace server::access {
namespace {

constexpr std::chrono::minutes kSweepEvery{1};

std::string random_token() {
    std::array<std::uint8_t, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return storage::to_hex(bytes);
}

storage::Digest digest_of(std::string_view id) { return storage::sha256({storage::as_bytes(id)}); }

}  // namespace

std::string Sessions::open(Session session, workflow::Instant now) {
    sweep(now);
    if (session.kind == SessionKind::Staff) close_all_of(session.account);
    auto id = random_token();
    session.csrf_token = random_token();
    if (session.opened_at == workflow::Instant{}) session.opened_at = now;
    session.seen_at = now;
    sessions_.insert_or_assign(digest_of(id), std::move(session));
    return id;
}

Session const* Sessions::find(std::string_view id, workflow::Instant now) {
    auto const found = sessions_.find(digest_of(id));
    if (found == sessions_.end()) return nullptr;
    if (over(found->second, now)) {
        sessions_.erase(found);
        return nullptr;
    }
    found->second.seen_at = now;
    return &found->second;
}

Session const* Sessions::peek(std::string_view id, workflow::Instant now) const {
    auto const found = sessions_.find(digest_of(id));
    return found == sessions_.end() || over(found->second, now) ? nullptr : &found->second;
}

void Sessions::close(std::string_view id) {
    sessions_.erase(digest_of(id));
    ended_();
}

void Sessions::close_all_of(workflow::Code const& account) {
    std::erase_if(sessions_, [&](auto const& entry) {
        return entry.second.kind == SessionKind::Staff && entry.second.account == account;
    });
    ended_();
}

bool Sessions::over(Session const& session, workflow::Instant now) const {
    auto const idle = session.kind == SessionKind::Staff ? limits_.staff_idle : limits_.applicant_idle;
    return now - session.seen_at > idle || now - session.opened_at > limits_.absolute;
}

void Sessions::sweep(workflow::Instant now) {
    if (now < next_sweep_) return;
    std::erase_if(sessions_, [&](auto const& entry) { return over(entry.second, now); });
    next_sweep_ = now + kSweepEvery;
}

}  // namespace server::access
