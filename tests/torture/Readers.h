// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads pages from every node all the time, in a thread a node, from random places. A message once shown
// under a seq is what every node shows under it for ever, and a page has no hole.
#pragma once

#include <QStringList>
#include <QThread>
#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "core/base/Random.h"
#include "tests/support/process/NodeClient.h"

namespace dsmsg::torture {

class Readers
{
public:
    Readers(const QStringList& urls, std::uint64_t seed);
    ~Readers();

    /// Ends the threads; what they saw that must not be, in words.
    QStringList stop();
    std::uint64_t messagesRead() const { return messagesRead_; }

private:
    void run(const QString& url, Random random);
    void check(const QString& url, std::uint64_t after, const test::ReadPage& page);
    std::uint64_t known();

    std::atomic<bool> stopping_ = false;
    std::atomic<std::uint64_t> messagesRead_ = 0;
    std::vector<std::unique_ptr<QThread>> threads_;
    std::mutex lock_;
    std::vector<std::size_t> idAt_; ///< hash of the id shown under each seq; 0: none yet
    QStringList violations_;
};

} // namespace dsmsg::torture
