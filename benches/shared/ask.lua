-- What each connection of wrk asks, and how each answer is judged.
--
-- BENCH_REQUESTS  a file, one request a line: method, path, cookie, body, apart by tabs; `{id}` in a body
--                 becomes a UUIDv7 of its own each time
-- BENCH_STATUS    the status of a right answer
-- BENCH_MARKER    what stands in the body of a right answer; "-" for nothing
-- BENCH_PAUSE     milliseconds for which an answer is looked at, half of it more or less; 0: not at all
--
-- Pages are asked for as browsers do, compressed; one in twenty is not, and its text is looked at.

local status = tonumber(os.getenv("BENCH_STATUS"))
local marker = os.getenv("BENCH_MARKER")
local pause = tonumber(os.getenv("BENCH_PAUSE"))
local threads = {}

function setup(thread)
    thread:set("seed", os.time() + 7919 * #threads)
    table.insert(threads, thread)
end

function init()
    math.randomseed(seed)
    list, turn, wrong, first_wrong, later, rude = {}, seed, 0, "", 0, 0
    for line in io.lines(os.getenv("BENCH_REQUESTS")) do
        local method, path, cookie, body = line:match("^(.-)\t(.-)\t(.-)\t(.*)$")
        table.insert(list, { method = method, path = path, cookie = cookie, body = body })
    end
end

-- a script that has it is asked before each request
if pause > 0 then
    function delay()
        return math.random(pause / 2, pause * 3 / 2)
    end
end

local function fresh_id()
    local ms = os.time() * 1000 + math.random(0, 999)
    return string.format("%08x-%04x-7%03x-8%03x-%06x%06x", math.floor(ms / 65536), ms % 65536,
        math.random(0, 4095), math.random(0, 4095), math.random(0, 16777215), math.random(0, 16777215))
end

function request()
    turn = turn + 1
    local one = list[turn % #list + 1]
    local headers = { Cookie = one.cookie .. "; lang=ar" }
    if turn % 20 ~= 0 then
        headers["Accept-Encoding"] = "gzip, deflate, br"
    end
    local body
    if one.method == "POST" then
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        headers["Sec-Fetch-Site"] = "same-origin"
        headers["Origin"] = wrk.scheme .. "://" .. wrk.host .. ":" .. wrk.port
        body = one.body:gsub("{id}", fresh_id)
    end
    return wrk.format(one.method, one.path, headers, body)
end

function response(code, headers, body)
    if code == 503 then
        if headers["retry-after"] then later = later + 1 else rude = rude + 1 end
    end
    local right = code == status
        and (marker == "-" or headers["content-encoding"] or body:find(marker, 1, true))
    if not right then
        wrong = wrong + 1
        if first_wrong == "" then
            first_wrong = code .. " " .. (headers["location"] or "")
        end
    end
end

function done(summary, latency, requests)
    local bad, first, wait, gruff = 0, "", 0, 0
    for _, thread in ipairs(threads) do
        bad = bad + thread:get("wrong")
        wait = wait + thread:get("later")
        gruff = gruff + thread:get("rude")
        if first == "" then first = thread:get("first_wrong") end
    end
    local e = summary.errors
    bad = bad + e.connect + e.read + e.write + e.timeout
    io.write(string.format(
        'bench: {"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"wrong":%d,"first_wrong":"%s","later":%d,"rude":%d}\n',
        summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
        bad, first, wait, gruff))
end
