-- Shared by the wrk scripts of this folder (one thread each): counts the answers that were not the expected one and
-- prints rate and latencies as one line of JSON. The rate is taken between the first request and the last answer, so
-- that a script may end before wrk does (wrk.thread:stop()).
local ffi = require("ffi")
ffi.cdef("struct moment { long seconds; long nanoseconds; }; int clock_gettime(int clock, struct moment* moment);")
local kMonotonic = 1
local moment = ffi.new("struct moment")

local function now()
    ffi.C.clock_gettime(kMonotonic, moment)
    return tonumber(moment.seconds) + tonumber(moment.nanoseconds) / 1e9
end

local thread
function setup(the_only_one) thread = the_only_one end

began, ended, answers, unexpected = 0, 0, 0, 0

-- Called by each script before its first request.
function begin() began = now() end

-- Called by each script for each answer.
function count(status, expected)
    ended = now()
    answers = answers + 1
    if status ~= expected then unexpected = unexpected + 1 end
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '{"answers": %d, "per_second": %.1f, "p50_ms": %.3f, "p99_ms": %.3f, "unexpected": %d, "broken_off": %d}\n',
        thread:get("answers"), thread:get("answers") / (thread:get("ended") - thread:get("began")),
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, thread:get("unexpected"),
        errors.connect + errors.read + errors.write + errors.timeout))
end
