// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every test with real nodes shares: one cluster a test function, gone at its end, its logs shown when
// it failed.
#pragma once

#include <QObject>
#include <QTest>
#include <memory>

#include "tests/support/process/ProcessCluster.h"

namespace dsmsg::test {

class ClusterTest : public QObject
{
    Q_OBJECT

protected:
    /// A running cluster; the test ends as failed when there is none.
    bool startCluster(ClusterOptions options = {});
    ProcessCluster& cluster() { return *cluster_; }
    void dropCluster() { cluster_.reset(); }

protected Q_SLOTS:
    void cleanup();

private:
    std::unique_ptr<ProcessCluster> cluster_;
};

} // namespace dsmsg::test
