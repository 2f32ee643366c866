// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything one window works with, made and ended in the right order; Main.qml gets it and hands it to the
// pages.
#pragma once

#include <QFileInfo>
#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/app/Alerts.h"
#include "app/monitor/app/Appearance.h"
#include "app/monitor/app/Languages.h"
#include "app/monitor/app/Notifier.h"
#include "app/monitor/app/Profiles.h"
#include "app/monitor/app/Settings.h"
#include "app/monitor/app/Tray.h"
#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/cluster/Requests.h"
#include "app/monitor/embedded/EmbeddedCluster.h"
#include "app/monitor/lab/FaultLab.h"
#include "app/monitor/messages/MessageBrowser.h"
#include "app/monitor/scope/ScopePlayer.h"
#include "app/monitor/publish/DraftImport.h"
#include "app/monitor/publish/LoadGenerator.h"
#include "app/monitor/publish/Publisher.h"
#include "app/monitor/timeline/Timeline.h"
#include "app/monitor/tour/Tour.h"

namespace dsmsg::monitor {

class Session : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(dsmsg::monitor::Settings* settings READ settings CONSTANT)
    Q_PROPERTY(dsmsg::monitor::Profiles* profiles READ profiles CONSTANT)
    Q_PROPERTY(dsmsg::monitor::Appearance* appearance READ appearance CONSTANT)
    Q_PROPERTY(dsmsg::monitor::Languages* languages READ languages CONSTANT)
    Q_PROPERTY(dsmsg::monitor::Tray* tray READ tray CONSTANT)
    Q_PROPERTY(dsmsg::monitor::ClusterMonitor* cluster READ cluster CONSTANT)
    Q_PROPERTY(QString graphics READ graphics CONSTANT) ///< how the window is drawn, in words
    Q_PROPERTY(QString qtVersion READ qtVersion CONSTANT)
    /// What the cluster is called: its profile's name, else where it is; "" when none is connected.
    Q_PROPERTY(QString clusterName READ clusterName NOTIFY clusterNameChanged)
    // lab
    Q_PROPERTY(dsmsg::monitor::EmbeddedCluster* embedded READ embedded CONSTANT)
    Q_PROPERTY(dsmsg::monitor::FaultLab* lab READ lab CONSTANT)
    Q_PROPERTY(dsmsg::monitor::Tour* tour READ tour CONSTANT)
    // scope
    Q_PROPERTY(dsmsg::monitor::ScopePlayer* scope READ scope CONSTANT)
    // publish
    Q_PROPERTY(dsmsg::monitor::Publisher* publisher READ publisher CONSTANT)
    Q_PROPERTY(dsmsg::monitor::DraftImport* draftImport READ draftImport CONSTANT)
    Q_PROPERTY(dsmsg::monitor::LoadGenerator* load READ load CONSTANT)
    // messages
    Q_PROPERTY(dsmsg::monitor::MessageBrowser* messages READ messages CONSTANT)
    // timeline
    Q_PROPERTY(dsmsg::monitor::Timeline* timeline READ timeline CONSTANT)

public:
    explicit Session(QObject* parent = nullptr);

    /// Begins to listen to the desktop; tests leave it out.
    void start();

    /// To nodes as typed. Returns what is wrong with it, "" when nothing is.
    Q_INVOKABLE QString connectTo(const QString& nodes);
    Q_INVOKABLE void connectAgain(); ///< to where it was connected, from the beginning
    /// And not again at the next start.
    Q_INVOKABLE void disconnectFromCluster();
    Q_INVOKABLE QString currentUrls() const; ///< as typed or started; "" when none is connected
    /// Profiles were changed: finds anew which one is connected.
    Q_INVOKABLE void noteProfile();
    /// What the settings say of the start: the cluster of last time, if a person wants that.
    void reconnect();

    Settings* settings() { return &settings_; }
    Profiles* profiles() { return &profiles_; }
    Appearance* appearance() { return &appearance_; }
    Languages* languages() { return &languages_; }
    ClusterMonitor* cluster() { return &cluster_; }
    Notifier* notifier() { return &notifier_; }
    Tray* tray() { return &tray_; }
    QString clusterName() const;
    QString qtVersion() const { return QString::fromLatin1(qVersion()); }
    QString graphics() const { return graphics_; }
    void setGraphics(const QString& graphics) { graphics_ = graphics; } ///< before the window is made

    EmbeddedCluster* embedded() { return &embedded_; }
    FaultLab* lab() { return &lab_; }
    Tour* tour() { return &tour_; }

    ScopePlayer* scope() { return &scope_; }

    Publisher* publisher() { return &publisher_; }
    DraftImport* draftImport() { return &draftImport_; }
    LoadGenerator* load() { return &load_; }
    MessageBrowser* messages() { return &messages_; }

    Timeline* timeline() { return &timeline_; }

Q_SIGNALS:
    void clusterNameChanged();

private:
    void noteConnected();

    Settings settings_;
    Profiles profiles_{settings_.store()};
    Appearance appearance_{settings_};
    Languages languages_{settings_};
    Notifier notifier_{settings_};
    Tray tray_;
    QString graphics_;
    QString urls_; ///< where it is connected, or embedded:N; "" nowhere

    // Its readers end before the cluster that they read.
    EmbeddedCluster embedded_;
    Requests requests_;
    ClusterMonitor cluster_{requests_};
    FaultLab lab_{cluster_, embedded_};
    Tour tour_{cluster_, embedded_, lab_};
    Alerts alerts_{cluster_, notifier_};

    ScopePlayer scope_;

    Publisher publisher_{cluster_, QFileInfo(settings_.fileName()).absolutePath()};
    DraftImport draftImport_{publisher_};
    LoadGenerator load_{publisher_};
    MessageBrowser messages_{requests_, cluster_};

    Timeline timeline_{requests_, cluster_};
};

} // namespace dsmsg::monitor
