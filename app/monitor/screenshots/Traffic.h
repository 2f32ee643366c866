// SPDX-License-Identifier: GPL-3.0-or-later
//
// Somebody who sends: orders of a few shops, as many a second as a wave says, always the same ones for the
// same seed. In a thread of its own, because taking a picture keeps the GUI thread busy.
#pragma once

#include <QList>
#include <QThread>
#include <QUrl>
#include <atomic>

namespace dsmsg::monitor {

class Traffic
{
public:
    /// `perSecond` is the middle of the wave.
    Traffic(const QList<QUrl>& nodes, int perSecond, quint32 seed);
    /// Breaks off what is under way.
    ~Traffic();

    int acknowledged() const { return acknowledged_; }

private:
    QThread thread_;
    std::atomic<int> acknowledged_ = 0;
};

} // namespace dsmsg::monitor
