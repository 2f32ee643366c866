// SPDX-License-Identifier: GPL-3.0-or-later
//
// The HTTP side alone, before a node that accepts at once: what parsing, routing and answering cost. Not a
// test. Run it, then for example: wrk -t1 -c256 -d10s -s tests/http/bench_front.lua
// http://127.0.0.1:PORT/send
#include <QCoreApplication>
#include <cstdio>

#include "tests/http/TestServer.h"

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const dsmsg::test::TestServer server;
    std::printf("listening on 127.0.0.1:%u\n", server.port());
    std::fflush(stdout);
    return QCoreApplication::exec();
}
