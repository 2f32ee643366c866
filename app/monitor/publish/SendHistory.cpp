// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/SendHistory.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace dsmsg::monitor {

namespace {

constexpr qsizetype shownMax = 200; ///< characters of a payload in a row

/// A payload travels as a string: as a value its numbers could change.
QJsonObject toJson(const SendHistory::Entry& entry)
{
    const auto& [sentTs, draft, record] = entry;
    QJsonObject json{{QStringLiteral("ts"), sentTs},
                     {QStringLiteral("msg_id"), draft.msgId},
                     {QStringLiteral("sender"), draft.sender},
                     {QStringLiteral("recipient"), draft.recipient},
                     {QStringLiteral("payload"), QString::fromUtf8(draft.payload)},
                     {QStringLiteral("ack"), int(draft.ack)},
                     {QStringLiteral("outcome"), int(record.result.outcome)},
                     {QStringLiteral("cancelled"), record.cancelled},
                     {QStringLiteral("seq"), double(record.result.seq)},
                     {QStringLiteral("duplicate"), record.result.duplicate},
                     {QStringLiteral("committed"), record.result.committed},
                     {QStringLiteral("reason"), record.result.reason},
                     {QStringLiteral("elapsed_ms"), record.elapsedMs}};
    if (draft.ts)
        json.insert(QStringLiteral("stated_ts"), *draft.ts);
    if (draft.ttl)
        json.insert(QStringLiteral("ttl"), *draft.ttl);
    if (record.result.receipt) {
        json.insert(QStringLiteral("term"), double(record.result.receipt->term));
        json.insert(QStringLiteral("index"), double(record.result.receipt->index));
        json.insert(QStringLiteral("durable_on"),
                    QJsonArray::fromStringList(record.result.receipt->durableOn));
    }
    return json;
}

SendHistory::Entry fromJson(const QJsonObject& json)
{
    const auto textOf = [&json](const char* name) { return json[QLatin1String(name)].toString(); };
    SendHistory::Entry entry;
    entry.sentTs = json[QLatin1String("ts")].toDouble();
    client::Draft& draft = entry.draft;
    draft.msgId = textOf("msg_id");
    draft.sender = textOf("sender");
    draft.recipient = textOf("recipient");
    draft.payload = textOf("payload").toUtf8();
    draft.ack = client::Ack(std::clamp(json[QLatin1String("ack")].toInt(), 0, int(client::Ack::All)));
    if (json.contains(QLatin1String("stated_ts")))
        draft.ts = json[QLatin1String("stated_ts")].toDouble();
    if (json.contains(QLatin1String("ttl")))
        draft.ttl = json[QLatin1String("ttl")].toDouble();
    client::SendResult& result = entry.record.result;
    result.msgId = draft.msgId;
    result.outcome = client::SendOutcome(
        std::clamp(json[QLatin1String("outcome")].toInt(), 0, int(client::SendOutcome::Refused)));
    result.seq = quint64(json[QLatin1String("seq")].toDouble());
    result.duplicate = json[QLatin1String("duplicate")].toBool();
    result.committed = json[QLatin1String("committed")].toBool();
    result.reason = textOf("reason");
    entry.record.cancelled = json[QLatin1String("cancelled")].toBool();
    entry.record.elapsedMs = json[QLatin1String("elapsed_ms")].toDouble();
    if (json.contains(QLatin1String("term"))) {
        client::Receipt receipt;
        receipt.term = quint64(json[QLatin1String("term")].toDouble());
        receipt.index = quint64(json[QLatin1String("index")].toDouble());
        for (const QJsonValue& node : json[QLatin1String("durable_on")].toArray())
            receipt.durableOn.append(node.toString());
        result.receipt = receipt;
    }
    return entry;
}

QString readable(const QByteArray& payload)
{
    client::Message message;
    message.payload = payload;
    return message.payloadText();
}

} // namespace

SendHistory::SendHistory(const QString& path, QObject& elsewhere, QObject* parent)
    : QAbstractListModel(parent)
    , file_(path, elsewhere)
{
    file_.load([this](const QByteArray& contents) {
        const auto stored = read(contents);
        return StateFile::Loaded{contents.isEmpty() || stored,
                                 [this, entries = stored.value_or(std::deque<Entry>())] { append(entries); }};
    });
}

/// What was sent while the file was read is newer.
void SendHistory::append(const std::deque<Entry>& older)
{
    if (!older.empty()) {
        beginInsertRows({}, count(), count() + int(older.size()) - 1);
        for (const Entry& entry : older) {
            payloadBytes_ += entry.draft.payload.size();
            entries_.push_back(entry);
        }
        endInsertRows();
        trim();
        Q_EMIT countChanged();
    }
    loaded_ = true;
    Q_EMIT loadedChanged();
}

void SendHistory::add(Entry entry)
{
    entry.record.result.body.clear();
    beginInsertRows({}, 0, 0);
    payloadBytes_ += entry.draft.payload.size();
    entries_.push_front(std::move(entry));
    endInsertRows();
    trim();
    Q_EMIT countChanged();
    saveSoon();
}

void SendHistory::trim()
{
    int keep = count();
    qint64 bytes = payloadBytes_;
    while (keep > 1 && (keep > capacity || bytes > payloadBytesMax))
        bytes -= entries_[std::size_t(--keep)].draft.payload.size();
    if (keep == count())
        return;
    beginRemoveRows({}, keep, count() - 1);
    entries_.erase(entries_.begin() + keep, entries_.end());
    payloadBytes_ = bytes;
    endRemoveRows();
}

void SendHistory::clear()
{
    if (entries_.empty())
        return;
    beginRemoveRows({}, 0, count() - 1);
    entries_.clear();
    payloadBytes_ = 0;
    endRemoveRows();
    Q_EMIT countChanged();
    saveSoon();
}

void SendHistory::saveSoon()
{
    // Texts are shared, so a copy is cheap; the JSON is made in the other thread.
    file_.saveSoon([this] { return StateFile::Write([entries = entries_] { return write(entries); }); });
}

QString SendHistory::textAt(int row) const
{
    return readable(entry(row).draft.payload);
}

int SendHistory::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant SendHistory::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry& at = entry(index.row());
    switch (role) {
    case TimeRole:
        return at.sentTs;
    case SenderRole:
        return at.draft.sender;
    case RecipientRole:
        return at.draft.recipient;
    case PayloadRole:
        return readable(at.draft.payload.left(4 * shownMax)).left(shownMax).simplified();
    case MsgIdRole:
        return at.draft.msgId;
    case SeqRole:
        return double(at.record.result.seq);
    case LineRole:
        return receiptWords(at.record).line;
    case TitleRole:
        return receiptWords(at.record).title;
    case SeverityRole:
        return severityName(receiptWords(at.record).severity);
    default:
        return {};
    }
}

QHash<int, QByteArray> SendHistory::roleNames() const
{
    return {{TimeRole, "sentTs"},     {SenderRole, "sender"}, {RecipientRole, "recipient"},
            {PayloadRole, "payload"}, {MsgIdRole, "msgId"},   {SeqRole, "seq"},
            {LineRole, "line"},       {TitleRole, "title"},   {SeverityRole, "severity"}};
}

QByteArray SendHistory::write(const std::deque<Entry>& entries)
{
    QJsonArray array;
    for (const Entry& entry : entries)
        array.append(toJson(entry));
    return QJsonDocument(QJsonObject{{QStringLiteral("version"), 1}, {QStringLiteral("sends"), array}})
        .toJson(QJsonDocument::Compact);
}

std::optional<std::deque<SendHistory::Entry>> SendHistory::read(const QByteArray& json)
{
    const QJsonValue stored = QJsonDocument::fromJson(json).object()[QLatin1String("sends")];
    if (!stored.isArray())
        return std::nullopt;
    std::deque<Entry> entries;
    for (const QJsonValue& value : stored.toArray()) {
        Entry entry = fromJson(value.toObject());
        if (client::isJsonValue(entry.draft.payload) && !entry.draft.msgId.isEmpty() &&
            entries.size() < std::size_t(capacity))
            entries.push_back(std::move(entry));
    }
    return entries;
}

} // namespace dsmsg::monitor
