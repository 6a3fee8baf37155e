-- wrk script: claims another case with each request (ids from the file IDS; cookie and token of a handler from COOKIE,
-- CSRF), until all are claimed.
dofile(os.getenv("SCRIPTS") .. "/figures.lua")

local ids, taken = {}, 0
function init()
    for line in io.lines(os.getenv("IDS")) do ids[#ids + 1] = line end
    begin()
end

function request()
    taken = taken + 1
    if taken > #ids then return wrk.format("GET", "/nothing") end
    return wrk.format("POST", "/api/v1/cases/" .. ids[taken] .. "/actions/claim", {
        ["Content-Type"] = "application/json",
        ["Cookie"] = os.getenv("COOKIE"),
        ["X-CSRF-Token"] = os.getenv("CSRF"),
        ["If-Match"] = '"3"'
    }, "{}")
end

-- A connection that finds nothing left to claim asks for what is not there, until the last claim is answered.
function response(status)
    if status == 404 then return end
    count(status, 200)
    if answers == #ids then wrk.thread:stop() end
end
