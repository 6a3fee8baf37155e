-- wrk script: claims another case with each request (ids from the file IDS; cookie and token of a handler from COOKIE, CSRF).
local thread_number = 0
function setup(thread)
    thread:set("id", thread_number)
    thread_number = thread_number + 1
    threads = threads or {}
    table.insert(threads, thread)
end

local ids, taken = {}, 0
failed = 0
function init()
    for line in io.lines(os.getenv("IDS")) do ids[#ids + 1] = line end
end

function request()
    taken = taken + 1
    return wrk.format("POST", "/api/v1/cases/" .. (ids[taken] or ids[#ids]) .. "/actions/claim", {
        ["Content-Type"] = "application/json",
        ["Cookie"] = os.getenv("COOKIE"),
        ["X-CSRF-Token"] = os.getenv("CSRF"),
        ["If-Match"] = '"3"'
    }, "{}")
end

function response(status) if status ~= 200 then failed = failed + 1 end end

function done(summary, latency)
    local bad = 0
    for _, thread in ipairs(threads) do bad = bad + thread:get("failed") end
    io.write(string.format("%.0f req/s, p50 %.1f ms, p99 %.1f ms, not 200: %d\n",
        summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000, bad))
end
