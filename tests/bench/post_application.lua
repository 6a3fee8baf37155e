-- wrk script: each request hands in another application, which no run but RUN has handed in.
dofile(os.getenv("SCRIPTS") .. "/figures.lua")

local sent = 0
function init() begin() end

function request()
    sent = sent + 1
    local text = string.format("示范村第%d组的征地补偿安置方案和听证记录", sent)
    local body = '{"agency":"430500-01","applicant":{"kind":"natural_person","name":"张三","id_type":"resident_id",' ..
        '"id_number":"430502199003070014","phone":"13800000000","address":"示范市幸福路1号","postcode":"422000"},' ..
        '"items":[{"title":"征地补偿安置方案","description":"' .. text .. '"}],' ..
        '"provide_as":"paper","obtain_by":"post","accept_other_form":true}'
    return wrk.format("POST", "/api/v1/applications", {
        ["Content-Type"] = "application/json",
        ["Idempotency-Key"] = string.format("%s-%d", os.getenv("RUN"), sent)
    }, body)
end

function response(status) count(status, 201) end
