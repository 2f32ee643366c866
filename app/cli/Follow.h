// SPDX-License-Identifier: GPL-3.0-or-later
//
// What commands that follow the cluster say about their connection: nothing while all is well, one line when
// it is lost and one when it is back, however many attempts there were in between.
#pragma once

#include <QTimer>

#include "app/cli/ExitCode.h"
#include "core/client/Subscription.h"

namespace dsmsg::cli {

class Follow : public QObject
{
    Q_OBJECT

public:
    /// Exits with Unreachable when nothing works within `patience` of here; once something has, never again.
    explicit Follow(Milliseconds patience);

    void observe(const client::SubscriptionState& state);
    /// The same for requests: one that worked, and one that did not.
    void worked(const QUrl& node);
    void failed(const QString& reason);

private:
    QTimer patience_;
    QElapsedTimer away_;
    QString lastReason_;
    bool everWorked_ = false;
};

} // namespace dsmsg::cli
