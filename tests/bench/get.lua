-- wrk script: GET of the addresses in the file PATHS, one after the other, with the session in COOKIE.
local thread_number = 0
function setup(thread)
    thread:set("id", thread_number)
    thread_number = thread_number + 1
    threads = threads or {}
    table.insert(threads, thread)
end

local requests, at = {}, 0
failed = 0
function init()
    for path in io.lines(os.getenv("PATHS")) do
        requests[#requests + 1] = wrk.format("GET", path, { ["Cookie"] = os.getenv("COOKIE") })
    end
end

function request()
    at = at % #requests + 1
    return requests[at]
end

function response(status) if status ~= 200 then failed = failed + 1 end end

function done(summary, latency)
    local bad = 0
    for _, thread in ipairs(threads) do bad = bad + thread:get("failed") end
    io.write(string.format("%.0f req/s, p50 %.1f ms, p99 %.1f ms, not 200: %d\n",
        summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000, bad))
end
