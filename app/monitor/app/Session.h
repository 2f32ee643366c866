// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything one window works with, made and ended in the right order; Main.qml gets it and hands it to the
// pages.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/app/Appearance.h"
#include "app/monitor/app/Languages.h"
#include "app/monitor/app/Notifier.h"
#include "app/monitor/app/Profiles.h"
#include "app/monitor/app/Settings.h"
#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/cluster/Requests.h"
#include "app/monitor/embedded/EmbeddedCluster.h"

namespace dsmsg::monitor {

class Session : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(dsmsg::monitor::Settings* settings READ settings CONSTANT)
    Q_PROPERTY(dsmsg::monitor::Profiles* profiles READ profiles CONSTANT)
    Q_PROPERTY(dsmsg::monitor::Appearance* appearance READ appearance CONSTANT)
    Q_PROPERTY(dsmsg::monitor::Languages* languages READ languages CONSTANT)
    Q_PROPERTY(dsmsg::monitor::ClusterMonitor* cluster READ cluster CONSTANT)
    Q_PROPERTY(QString graphics READ graphics CONSTANT) ///< how the window is drawn, in words
    // lab
    Q_PROPERTY(dsmsg::monitor::EmbeddedCluster* embedded READ embedded CONSTANT)

public:
    explicit Session(QObject* parent = nullptr);

    /// Begins to listen to the desktop; tests leave it out.
    void start();

    Settings* settings() { return &settings_; }
    Profiles* profiles() { return &profiles_; }
    Appearance* appearance() { return &appearance_; }
    Languages* languages() { return &languages_; }
    ClusterMonitor* cluster() { return &cluster_; }
    Notifier* notifier() { return &notifier_; }
    QString graphics() const { return graphics_; }
    void setGraphics(const QString& graphics) { graphics_ = graphics; } ///< before the window is made

    EmbeddedCluster* embedded() { return &embedded_; }

private:
    Settings settings_;
    Profiles profiles_{settings_.store()};
    Appearance appearance_{settings_};
    Languages languages_{settings_};
    Notifier notifier_{settings_};
    Requests requests_;
    ClusterMonitor cluster_{requests_};
    QString graphics_;

    EmbeddedCluster embedded_;
};

} // namespace dsmsg::monitor
