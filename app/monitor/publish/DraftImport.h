// SPDX-License-Identifier: GPL-3.0-or-later
//
// Imports a file: reads it, shows what is in it, and sends it when it is told to. Messages without an id get
// one made of the file's contents and the line, so that a file imported twice, or half and then whole, is
// stored once.
#pragma once

#include <atomic>
#include <memory>

#include <QAbstractListModel>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/publish/ImportReader.h"
#include "app/monitor/publish/RunThread.h"

namespace dsmsg::monitor {

class Publisher;

/// Lines that could not be read, and messages that were not stored, with their lines.
class ImportProblems : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("DraftImport.problems")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Roles
    {
        LineRole = Qt::UserRole + 1, ///< `line`
        TextRole,                    ///< `text`
    };
    static constexpr int capacity = 1000;
    using QAbstractListModel::QAbstractListModel;

    int count() const { return int(lines_.size()); }
    void add(const QList<BadLine>& lines); ///< what is beyond the capacity is left out
    void clear();
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    QList<BadLine> lines_;
};

class DraftImport : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Session.draftImport")
    Q_PROPERTY(State state READ state NOTIFY changed)
    Q_PROPERTY(QString fileName READ fileName NOTIFY changed)
    Q_PROPERTY(QString format READ format NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)         ///< why it Failed
    Q_PROPERTY(double progress READ progress NOTIFY progressed) ///< share of 1
    Q_PROPERTY(double messages READ messages NOTIFY changed)    ///< that can be sent
    Q_PROPERTY(double badLines READ badLines NOTIFY changed)
    Q_PROPERTY(
        QVariantList samples READ samples NOTIFY changed) ///< the first: {line, sender, recipient, payload}
    Q_PROPERTY(dsmsg::monitor::ImportProblems* problems READ problems CONSTANT)
    Q_PROPERTY(double sent READ sent NOTIFY progressed)
    Q_PROPERTY(double stored READ stored NOTIFY progressed)
    Q_PROPERTY(double duplicates READ duplicates NOTIFY progressed)
    Q_PROPERTY(double rejected READ rejected NOTIFY progressed)
    Q_PROPERTY(double unknown READ unknown NOTIFY progressed)
    Q_PROPERTY(QString summary READ summary NOTIFY progressed)

public:
    enum State
    {
        Empty,
        Reading,
        Ready, ///< read, waits for send()
        Sending,
        Done,
        Failed
    };
    Q_ENUM(State)

    /// `publisher` outlives it.
    explicit DraftImport(Publisher& publisher, QObject* parent = nullptr);
    ~DraftImport() override;

    Q_INVOKABLE void read(const QUrl& file);
    Q_INVOKABLE void send();
    Q_INVOKABLE void cancel(); ///< of reading or sending
    Q_INVOKABLE void clear();

    State state() const { return state_; }
    QString fileName() const { return fileName_; }
    QString format() const { return file_ ? file_->format : QString(); }
    QString error() const { return error_; }
    double progress() const { return progress_; }
    double messages() const { return file_ ? double(file_->drafts.size()) : 0; }
    double badLines() const { return file_ ? double(file_->badCount) : 0; }
    QVariantList samples() const;
    ImportProblems* problems() { return &problems_; }
    double sent() const { return double(figures_.sent); }
    double stored() const { return double(figures_.acknowledged); }
    double duplicates() const { return double(figures_.duplicates); }
    double rejected() const { return double(figures_.rejected); }
    double unknown() const { return double(figures_.unknown); }
    QString summary() const;

Q_SIGNALS:
    void changed();
    void progressed();

private:
    void enter(State state);
    void haveRead(std::shared_ptr<const ImportedFile> file);
    void told(const SendRun::Figures& figures);

    Publisher& publisher_;
    std::shared_ptr<std::atomic<bool>> cancelled_;
    std::shared_ptr<const ImportedFile> file_;
    ImportProblems problems_;
    State state_ = Empty;
    QString fileName_;
    QString error_;
    double progress_ = 0;
    SendRun::Figures figures_;
    RunThread thread_; ///< the last, so that it ends before what its work refers to
};

} // namespace dsmsg::monitor
