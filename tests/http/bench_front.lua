-- SPDX-License-Identifier: GPL-3.0-or-later
-- A small message, as bench_front.cpp's comment uses it.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"sender":"alice","recipient":"bob","payload":{"text":"hello there","n":12345678901234567890}}'
