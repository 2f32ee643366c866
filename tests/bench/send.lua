-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- One acknowledged message a request for wrk: POST /send with a 128-byte payload and an id that is never repeated.
-- Counts every answer that is not 200, so that a figure made of refusals cannot pass for one.
local threads = {}

function setup(thread)
    thread:set("number", #threads)
    table.insert(threads, thread)
end

function init()
    local seed = io.open("/proc/sys/kernel/random/uuid"):read()
    prefix = string.format("%s-%d-", seed, number)
    sent = 0
    refused = 0
    payload = string.rep("x", 128)
end

function request()
    sent = sent + 1
    return wrk.format("POST", "/send", { ["Content-Type"] = "application/json" },
        '{"sender":"bench","recipient":"all","payload":"' .. payload .. '","msg_id":"' .. prefix .. sent .. '"}')
end

function response(status)
    if status ~= 200 then refused = refused + 1 end
end

function done(summary, latency)
    local refusedInAll = 0
    for _, thread in ipairs(threads) do refusedInAll = refusedInAll + thread:get("refused") end
    local seconds = summary.duration / 1e6
    io.write(string.format("RESULT %.0f %.2f %.2f %.2f %d\n", (summary.requests - refusedInAll) / seconds,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000, refusedInAll))
end
