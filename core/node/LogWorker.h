// SPDX-License-Identifier: GPL-3.0-or-later
//
// The log-write thread: group commit of whatever has queued up while the last commit was syncing, and reads
// of entries that are no longer in memory. A full disk is waited out; any other failure is final.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <QObject>
#include <QTimer>

#include "core/raft/Raft.h"
#include "core/storage/LogStore.h"

namespace dsmsg::node {

class LogWorker : public QObject
{
    Q_OBJECT
public:
    /// Called in the log thread; the receiver passes them on to its own.
    struct Callbacks
    {
        std::function<void(WriteId through, Duration sync)> persisted;
        std::function<void(raft::LogReadRequest request, std::vector<raft::EntryPtr> entries)> read;
        std::function<void(std::uint64_t freeBytes, bool sufficient)> space;
        std::function<void(std::string why)> failed;
    };

    struct Settings
    {
        std::uint64_t reserveBytes = 0;
        Milliseconds scrubInterval{1000}; ///< see NodeOptions
    };

    LogWorker(const storage::DataDirectory& directory, Settings settings, const Clock& clock,
              Callbacks callbacks);
    ~LogWorker() override;

    /// In the log thread, before anything else.
    Result<raft::Restored> open();

    // In the log thread, by queued call.
    void write(std::vector<raft::Write> writes);
    void read(raft::LogReadRequest request);
    /// Reports the free space now and each second from now on, and checks what is stored, a stretch at a
    /// time.
    void startWatching();
    void close();

private:
    void commitPending();
    void watch();
    void scrub();
    void checkSpace();
    void tidyUp(const Result<void>& done);
    void fail(const Error& error);

    const storage::DataDirectory& directory_;
    const Settings settings_;
    const Clock& clock_;
    Callbacks callbacks_;
    std::unique_ptr<storage::LogStore> store_;
    std::vector<raft::Write> pending_;
    bool commitPosted_ = false;
    bool sufficient_ = true;
    bool waitsForSpace_ = false; ///< said once, not at every retry
    QTimer watchTimer_;
    QTimer scrubTimer_;
    QTimer retryTimer_;
};

} // namespace dsmsg::node
