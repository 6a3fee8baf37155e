-- wrk script: GET of the addresses in the file PATHS, one after the other, with the session in COOKIE.
dofile(os.getenv("SCRIPTS") .. "/figures.lua")

local requests, at = {}, 0
function init()
    for path in io.lines(os.getenv("PATHS")) do
        requests[#requests + 1] = wrk.format("GET", path, { ["Cookie"] = os.getenv("COOKIE") })
    end
    begin()
end

function request()
    at = at % #requests + 1
    return requests[at]
end

function response(status) count(status, 200) end
