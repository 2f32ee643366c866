// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/process/ClusterTest.h"

namespace dsmsg::test {

bool ClusterTest::startCluster(ClusterOptions options)
{
    cluster_ = std::make_unique<ProcessCluster>(std::move(options));
    if (cluster_->start())
        return true;
    QTest::qFail(qPrintable(cluster_->problem()), __FILE__, __LINE__);
    return false;
}

void ClusterTest::cleanup()
{
    // A sanitizer's complaint counts, also where the node survived it.
    for (const char* complaint : {"Sanitizer", "runtime error:", "internal error"}) {
        if (cluster_ && cluster_->logged(complaint))
            QTest::qFail(complaint, __FILE__, __LINE__);
    }
    if (cluster_ && QTest::currentTestFailed())
        cluster_->printLogs();
    cluster_.reset();
}

} // namespace dsmsg::test
