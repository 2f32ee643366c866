// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Follow.h"

#include <QCoreApplication>

#include "app/cli/Console.h"

namespace dsmsg::cli {

using Kind = client::SubscriptionState::Kind;

namespace {

QString nameOf(const QUrl& node)
{
    return node.host() + QLatin1Char(':') + QString::number(node.port(80));
}

} // namespace

Follow::Follow(Milliseconds patience)
{
    patience_.setSingleShot(true);
    connect(&patience_, &QTimer::timeout, this, [this] {
        complain(lastReason_.isEmpty() ? QStringLiteral("no node has answered") : lastReason_);
        QCoreApplication::exit(ExitCode::Unreachable);
    });
    patience_.start(patience);
}

void Follow::observe(const client::SubscriptionState& state)
{
    const QString reason = nameOf(state.node) + QLatin1String(": ") + printable(state.reason);
    switch (state.kind) {
    case Kind::Live:
        return worked(state.node);
    case Kind::Lost:
        return failed(reason);
    case Kind::Refused:
        complain(reason);
        QCoreApplication::exit(ExitCode::Refused);
    }
}

void Follow::worked(const QUrl& node)
{
    patience_.stop();
    everWorked_ = true;
    if (away_.isValid())
        complain(QStringLiteral("going on %1after %2 s")
                     .arg(node.isEmpty() ? QString() : QStringLiteral("with %1 ").arg(nameOf(node)))
                     .arg(double(away_.elapsed()) / 1000.0, 0, 'f', 2));
    away_.invalidate();
}

void Follow::failed(const QString& reason)
{
    lastReason_ = reason;
    if (!everWorked_ || away_.isValid())
        return;
    away_.start();
    complain(QStringLiteral("lost %1; trying again").arg(reason));
}

} // namespace dsmsg::cli
