// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes everything that passes a filter to a file, page by page, in a thread of its own: neither the
// interface nor the nodes' event streams wait for a disk. It ends with the message that was the newest when
// it began, so that it ends on a busy cluster too. The file appears under its name only when it is complete.
#pragma once

#include <memory>

#include <QObject>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/messages/MessageFilter.h"

namespace dsmsg::monitor {

class ClusterMonitor;
class Requests;
struct ExportFile;

class MessageExport : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("MessageBrowser.exporter")
    Q_PROPERTY(bool running READ running NOTIFY changed)
    Q_PROPERTY(double progress READ progress NOTIFY changed) ///< 0 to 1
    Q_PROPERTY(double written READ written NOTIFY changed)   ///< messages
    Q_PROPERTY(double bytes READ bytes NOTIFY changed)
    Q_PROPERTY(QString fileName READ fileName NOTIFY changed) ///< without its folder
    Q_PROPERTY(QString error READ error NOTIFY changed)       ///< why it broke off; empty: it did not

public:
    enum Format
    {
        Csv,
        JsonLines
    };
    Q_ENUM(Format)

    explicit MessageExport(QObject* parent = nullptr);
    ~MessageExport() override; ///< cancels

    /// One export at a time: another one under way is cancelled.
    void start(const QUrl& node, const MessageFilter& filter, const QString& path, Format format);
    Q_INVOKABLE void cancel();

    bool running() const { return requests_ != nullptr; }
    double progress() const;
    double written() const { return double(written_); }
    double bytes() const { return double(bytes_); }
    QString fileName() const { return fileName_; }
    QString error() const { return error_; }

Q_SIGNALS:
    void changed();
    /// All of it is in the file.
    void finished();

private:
    struct Step;

    void askHead();
    void ask(quint64 after);
    void took(const Step& step);
    void end(const QString& error);

    QUrl node_;
    MessageFilter filter_;
    std::shared_ptr<ExportFile> file_; ///< touched only in the other thread while one is running
    std::unique_ptr<Requests> requests_;
    quint64 first_ = 0;
    quint64 position_ = 0;
    quint64 last_ = 0; ///< position at which it ends
    quint64 written_ = 0;
    quint64 bytes_ = 0;
    QString fileName_;
    QString error_;
};

} // namespace dsmsg::monitor
