-- wrk script: each request hands in another application; counts what was not answered with 201.
local thread_number = 0
function setup(thread)
    thread:set("id", thread_number)
    thread_number = thread_number + 1
    threads = threads or {}
    table.insert(threads, thread)
end

local sent = 0
failed = 0
function request()
    sent = sent + 1
    local text = string.format("示范村第%d-%d组的征地补偿安置方案和听证记录", id, sent)
    local body = '{"agency":"430500-01","applicant":{"kind":"natural_person","name":"张三","id_type":"resident_id",' ..
        '"id_number":"430502199003070014","phone":"13800000000","address":"示范市幸福路1号","postcode":"422000"},' ..
        '"items":[{"title":"征地补偿安置方案","description":"' .. text .. '"}],' ..
        '"provide_as":"paper","obtain_by":"post","accept_other_form":true}'
    return wrk.format("POST", "/api/v1/applications", {
        ["Content-Type"] = "application/json",
        ["Idempotency-Key"] = string.format("%s-%d-%d", os.getenv("RUN") or "run", id, sent)
    }, body)
end

function response(status) if status ~= 201 then failed = failed + 1 end end

function done(summary, latency)
    local bad = 0
    for _, thread in ipairs(threads) do bad = bad + thread:get("failed") end
    io.write(string.format("%.0f req/s, p50 %.1f ms, p99 %.1f ms, not 201: %d\n",
        summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000, bad))
end
