// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person chose and how the window was left, kept in the platform's place for settings. Typed: a value
// that a file of another version or another hand holds is brought into its range when it is read.
#pragma once

#include <QObject>
#include <QRect>
#include <QSettings>
#include <QString>
#include <QtQml/qqmlregistration.h>

namespace dsmsg::monitor {

class Settings : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Session.settings")
    Q_PROPERTY(Theme theme READ theme WRITE setTheme NOTIFY themeChanged)
    Q_PROPERTY(Motion motion READ motion WRITE setMotion NOTIFY motionChanged)
    Q_PROPERTY(double textScale READ textScale WRITE setTextScale NOTIFY textScaleChanged) ///< 0.85 to 1.5
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY
                   languageChanged) ///< "en", "de"; "" as the system
    Q_PROPERTY(bool autoRefresh READ autoRefresh WRITE setAutoRefresh NOTIFY autoRefreshChanged)
    Q_PROPERTY(bool notifications READ notifications WRITE setNotifications NOTIFY notificationsChanged)
    Q_PROPERTY(bool reconnect READ reconnect WRITE setReconnect NOTIFY
                   reconnectChanged) ///< to the last cluster, at start
    Q_PROPERTY(Closing closing READ closing WRITE setClosing NOTIFY closingChanged)
    Q_PROPERTY(QString page READ page WRITE setPage NOTIFY pageChanged)               ///< open last
    Q_PROPERTY(QRect geometry READ geometry WRITE setGeometry NOTIFY geometryChanged) ///< null: never kept
    Q_PROPERTY(bool maximized READ maximized WRITE setMaximized NOTIFY maximizedChanged)
    Q_PROPERTY(QString fileName READ fileName CONSTANT)

public:
    enum Theme
    {
        SystemTheme,
        LightTheme,
        DarkTheme,
        ContrastTheme
    };
    Q_ENUM(Theme)
    enum Motion
    {
        SystemMotion,
        FullMotion,
        ReducedMotion
    };
    Q_ENUM(Motion)
    /// What closing the window does while an embedded cluster runs.
    enum Closing
    {
        AskOnClose,
        StopOnClose,
        HideOnClose ///< into the tray, where there is one
    };
    Q_ENUM(Closing)

    static constexpr double smallestText = 0.85;
    static constexpr double largestText = 1.5;

    /// In the place of the application's organisation and name.
    explicit Settings(QObject* parent = nullptr);
    /// In that file.
    explicit Settings(const QString& file, QObject* parent = nullptr);

    Theme theme() const { return theme_; }
    void setTheme(Theme theme);
    Motion motion() const { return motion_; }
    void setMotion(Motion motion);
    double textScale() const { return textScale_; }
    void setTextScale(double scale);
    QString language() const { return language_; }
    void setLanguage(const QString& language);
    bool autoRefresh() const { return autoRefresh_; }
    void setAutoRefresh(bool on);
    bool notifications() const { return notifications_; }
    void setNotifications(bool on);
    bool reconnect() const { return reconnect_; }
    void setReconnect(bool on);
    Closing closing() const { return closing_; }
    void setClosing(Closing closing);
    QString page() const { return page_; }
    void setPage(const QString& page);
    QRect geometry() const { return geometry_; }
    void setGeometry(const QRect& geometry);
    /// The same where it can be seen now; null: never kept.
    Q_INVOKABLE QRect geometryOnScreen() const;
    /// `kept` no larger than the screen that it begins on, or in the middle of the first when that one was
    /// unplugged. `screens`: the whole of each, at least one.
    static QRect fitted(QRect kept, const QList<QRect>& screens);
    bool maximized() const { return maximized_; }
    void setMaximized(bool on);
    QString fileName() const { return store_.fileName(); }
    /// For what has a class of its own and is kept in the same file: profiles, the appearance last seen.
    QSettings& store() { return store_; }

    /// For this run only: nothing of it is kept.
    void overrideTheme(Theme theme);
    void overrideLanguage(const QString& language);

Q_SIGNALS:
    void themeChanged();
    void motionChanged();
    void textScaleChanged();
    void languageChanged();
    void autoRefreshChanged();
    void notificationsChanged();
    void reconnectChanged();
    void closingChanged();
    void pageChanged();
    void geometryChanged();
    void maximizedChanged();

private:
    void read();
    /// Takes and keeps a value; whether it was another one.
    template <class Value>
    bool assign(Value& member, const Value& value, const char* key);

    QSettings store_;
    Theme theme_ = SystemTheme;
    Motion motion_ = SystemMotion;
    double textScale_ = 1;
    QString language_;
    bool autoRefresh_ = true;
    bool notifications_ = true;
    bool reconnect_ = true;
    Closing closing_ = AskOnClose;
    QString page_;
    QRect geometry_;
    bool maximized_ = false;
};

} // namespace dsmsg::monitor
