// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/DraftImport.h"

#include <QFileInfo>

#include "app/monitor/publish/Publisher.h"

namespace dsmsg::monitor {

namespace {

constexpr std::size_t samplesMax = 20;
constexpr qsizetype shownMax = 160; ///< characters of a sample's payload
constexpr int inFlightMax = 24;     ///< gentle: an import is no load test

} // namespace

void ImportProblems::add(const QList<BadLine>& lines)
{
    const auto room = std::min<qsizetype>(capacity - lines_.size(), lines.size());
    if (room <= 0)
        return;
    beginInsertRows({}, count(), count() + int(room) - 1);
    lines_.append(lines.mid(0, room));
    endInsertRows();
    Q_EMIT countChanged();
}

void ImportProblems::clear()
{
    if (lines_.isEmpty())
        return;
    beginRemoveRows({}, 0, count() - 1);
    lines_.clear();
    endRemoveRows();
    Q_EMIT countChanged();
}

int ImportProblems::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant ImportProblems::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const BadLine& bad = lines_[index.row()];
    return role == LineRole ? QVariant(bad.line) : role == TextRole ? QVariant(bad.text) : QVariant();
}

QHash<int, QByteArray> ImportProblems::roleNames() const
{
    return {{LineRole, "line"}, {TextRole, "text"}};
}

DraftImport::DraftImport(Publisher& publisher, QObject* parent)
    : QObject(parent)
    , publisher_(publisher)
    , thread_(QStringLiteral("import"), publisher.cluster())
{
    connect(thread_.room(), &RunRoom::told, this, &DraftImport::told);
    connect(&publisher_.cluster(), &ClusterMonitor::connectedAnew, this, [this] {
        if (state_ == Sending)
            cancel();
    });
}

DraftImport::~DraftImport()
{
    if (cancelled_)
        *cancelled_ = true;
}

void DraftImport::enter(State state)
{
    state_ = state;
    Q_EMIT changed();
    Q_EMIT progressed();
}

void DraftImport::read(const QUrl& file)
{
    clear();
    if (state_ != Empty)
        return;
    const QString path = file.toLocalFile();
    fileName_ = QFileInfo(path).fileName();
    cancelled_ = std::make_shared<std::atomic<bool>>(false);
    enter(Reading);
    thread_.call([this, path, cancelled = cancelled_] {
        const auto tell = [this](double share) {
            QMetaObject::invokeMethod(this, [this, share] {
                progress_ = share;
                Q_EMIT progressed();
            });
        };
        auto read = std::make_shared<const ImportedFile>(readImport(path, ImportLimits(), tell, *cancelled));
        QMetaObject::invokeMethod(this, [this, read, cancelled] {
            if (cancelled == cancelled_)
                haveRead(read);
        });
    });
}

void DraftImport::haveRead(std::shared_ptr<const ImportedFile> file)
{
    file_ = std::move(file);
    problems_.add(file_->bad);
    error_ = file_->problem;
    progress_ = 1;
    enter(error_.isEmpty() ? Ready : Failed);
}

void DraftImport::send()
{
    if (state_ != Ready || !publisher_.canSend() || file_->drafts.empty())
        return;
    SendRun::Settings settings;
    settings.nodes = publisher_.nodes();
    settings.inFlightMax = inFlightMax;
    const auto source = [file = file_](quint64 number) -> std::optional<client::Draft> {
        if (number > file->drafts.size())
            return std::nullopt;
        const ImportedDraft& imported = file->drafts[std::size_t(number - 1)];
        client::Draft draft = imported.draft;
        if (draft.msgId.isEmpty())
            draft.msgId = QStringLiteral("import-%1-%2").arg(file->digest).arg(imported.line);
        return draft;
    };
    const auto sink = [this, file = file_, told = 0](quint64 number,
                                                     const client::SendResult& result) mutable {
        using client::SendOutcome;
        if (result.outcome == SendOutcome::Acknowledged || result.outcome == SendOutcome::Committed ||
            told >= ImportProblems::capacity)
            return;
        ++told;
        const BadLine bad{file->drafts[std::size_t(number - 1)].line,
                          receiptWords({result, double(result.elapsed.count()), false, {}}).line};
        QMetaObject::invokeMethod(this, [this, bad] { problems_.add({bad}); });
    };
    figures_ = SendRun::Figures();
    progress_ = 0;
    enter(Sending);
    thread_.start(settings, source, sink);
}

void DraftImport::told(const SendRun::Figures& figures)
{
    if (state_ != Sending)
        return;
    figures_ = figures;
    progress_ = double(figures.sent - figures.inFlight) / std::max(1.0, messages());
    if (figures.ended)
        enter(Done);
    else
        Q_EMIT progressed();
}

void DraftImport::cancel()
{
    if (state_ == Reading && cancelled_)
        *cancelled_ = true;
    if (state_ == Sending)
        thread_.stop();
}

void DraftImport::clear()
{
    if (state_ == Sending || state_ == Reading)
        return;
    cancelled_.reset();
    file_.reset();
    problems_.clear();
    figures_ = SendRun::Figures();
    fileName_.clear();
    error_.clear();
    progress_ = 0;
    enter(Empty);
}

QVariantList DraftImport::samples() const
{
    QVariantList list;
    if (!file_)
        return list;
    for (std::size_t i = 0; i < std::min(samplesMax, file_->drafts.size()); ++i) {
        const ImportedDraft& imported = file_->drafts[i];
        list.append(
            QVariantMap{{QStringLiteral("line"), imported.line},
                        {QStringLiteral("sender"), imported.draft.sender},
                        {QStringLiteral("recipient"), imported.draft.recipient},
                        {QStringLiteral("payload"),
                         QString::fromUtf8(imported.draft.payload.left(4 * shownMax)).left(shownMax)}});
    }
    return list;
}

QString DraftImport::summary() const
{
    QStringList parts{tr("%1 of %2 stored").arg(figures_.acknowledged).arg(messages())};
    if (figures_.duplicates > 0)
        parts.append(tr("%1 of them were stored before").arg(figures_.duplicates));
    if (figures_.beforeMajority > 0)
        parts.append(tr("%1 acknowledged before majority").arg(figures_.beforeMajority));
    if (figures_.rejected > 0)
        parts.append(tr("%1 not stored").arg(figures_.rejected));
    if (figures_.unknown > 0)
        parts.append(tr("%1 may be stored").arg(figures_.unknown));
    const auto left = quint64(messages()) - figures_.sent;
    if (state_ == Done && left > 0)
        parts.append(tr("%1 not sent").arg(left));
    return parts.join(QLatin1String(", "));
}

} // namespace dsmsg::monitor
