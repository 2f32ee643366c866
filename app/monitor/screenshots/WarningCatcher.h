// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hears every warning that Qt and QML print while it lives, because a QML warning is a defect that nobody
// sees in a picture. Warnings come from any thread. One at a time.
#pragma once

#include <mutex>

#include <QStringList>
#include <QtGlobal>

namespace dsmsg::monitor {

class WarningCatcher
{
public:
    WarningCatcher();
    ~WarningCatcher();
    WarningCatcher(const WarningCatcher&) = delete;
    WarningCatcher& operator=(const WarningCatcher&) = delete;

    /// What came since the last call, each text once.
    QStringList take();

private:
    static void handle(QtMsgType type, const QMessageLogContext& context, const QString& text);

    QtMessageHandler before_;
    std::mutex mutex_;
    QStringList warnings_;
};

} // namespace dsmsg::monitor
