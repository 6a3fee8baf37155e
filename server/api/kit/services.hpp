#pragma once

#include "server/access/access.hpp"
#include "server/api/kit/upload_room.hpp"
#include "server/config/config.hpp"
#include "server/config/file_work.hpp"
#include "server/http/event_stream.hpp"
#include "server/ledger/import.hpp"
#include "server/runtime/metrics.hpp"
#include "server/runtime/read_pool.hpp"
#include "server/runtime/time_source.hpp"
#include "storage/store.hpp"

namespace server::api {

/// What the handlers work with; the App owns all of it. Io thread only, but for what the members say themselves.
struct Services {
    Config const& config;
    TimeSource const& time;
    Metrics& metrics;
    storage::Store& store;
    storage::Connection& reader;  ///< the io thread's own connection: for single indexed look-ups
    ReadPool& pool;
    FileWork& file_work;
    access::Access& access;
    http::EventStreams& streams;
    ledger::Progresses& imports;
    UploadRoom& uploads;
};

}  // namespace server::api
