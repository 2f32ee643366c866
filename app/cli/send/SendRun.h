// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sends everything a source has, a window of it at a time, and accounts for each message: acknowledged,
// refused, or not known. The first one that the cluster cannot take stops the reading, because the next ones
// would fail like it, only later; what is under way gets its answer.
#pragma once

#include <functional>
#include <set>

#include <QElapsedTimer>
#include <QTimer>

#include "app/cli/ExitCode.h"
#include "app/cli/Progress.h"
#include "app/cli/send/Drafts.h"
#include "core/client/Client.h"

namespace dsmsg::cli {

class SendRun : public QObject
{
    Q_OBJECT

public:
    struct Settings
    {
        int window = 6;    ///< under way at a time, at least 1
        bool json = false; ///< a line of JSON for each result
        bool many = false; ///< a summary in place of one receipt
    };
    using Done = std::function<void(ExitCode)>;

    /// `client` and `drafts` outlive it. `done` is called once.
    SendRun(client::Client& client, Drafts& drafts, Settings settings, Done done);

    /// Measures the clock, or gives up on it soon, and then sends.
    void start();
    /// Reads no further; the end comes when what is under way has its answers.
    void interrupt();

private:
    void feed();
    void sendOne(const client::Draft& draft);
    void settled(quint64 number, const client::SendResult& result);
    void failed(quint64 number, const QString& words, ExitCode code);
    void showProgress();
    void finishIfDone();
    void summarise();

    static constexpr Milliseconds clockPatience{250};

    client::Client& client_;
    Drafts& drafts_;
    const Settings settings_;
    Done done_;
    Progress progress_{Progress::Elsewhere::Silent};
    QTimer clockPatience_;
    QTimer progressTimer_;
    QElapsedTimer clock_;
    bool reading_ = true;
    bool interrupted_ = false;
    int underWay_ = 0;
    quint64 acknowledged_ = 0;
    quint64 duplicates_ = 0;
    quint64 belowQuorum_ = 0;
    quint64 refused_ = 0;
    quint64 notStored_ = 0;
    quint64 undecided_ = 0;
    std::set<quint64> unsettled_; ///< numbers that the cluster could not take; the window bounds them
    ExitCode code_ = ExitCode::Ok;
};

} // namespace dsmsg::cli
