// SPDX-License-Identifier: GPL-3.0-or-later
//
// What moves every animation where no screen sets the pace. Qt's own timer asks for a step each 16 ms and so
// shows one each 16 ms and what the machine was late: this one leaves room for that within a sixtieth of a
// second.
#pragma once

#include <QAnimationDriver>
#include <QBasicTimer>

namespace dsmsg::monitor {

class SoftwareSteps : public QAnimationDriver
{
    Q_OBJECT

public:
    using QAnimationDriver::QAnimationDriver;
    ~SoftwareSteps() override;

protected:
    void start() override;
    void stop() override;
    void timerEvent(QTimerEvent* event) override;

private:
    QBasicTimer timer_;
};

} // namespace dsmsg::monitor
