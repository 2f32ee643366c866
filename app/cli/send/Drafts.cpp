// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/send/Drafts.h"

#include <QFileInfo>

#include "core/client/DraftLine.h"

namespace dsmsg::cli {

GivenDrafts::GivenDrafts(client::Draft common, std::vector<Payload> payloads)
    : common_(std::move(common))
    , payloads_(std::move(payloads))
{
}

Drafts::Next GivenDrafts::next(client::Draft& draft)
{
    if (taken_ >= payloads_.size())
        return Next::End;
    const auto payload = payloads_[taken_++]();
    if (!payload) {
        problem_ = QString::fromStdString(payload.error().text);
        return Next::Bad;
    }
    draft = common_;
    draft.payload = *payload;
    return Next::Draft;
}

QString GivenDrafts::nameOf(quint64 number) const
{
    return QStringLiteral("message %1").arg(number);
}

LineDrafts::LineDrafts(client::Draft common, QStringList paths)
    : common_(std::move(common))
    , paths_(std::move(paths))
{
    bool known = true;
    for (const QString& path : std::as_const(paths_)) {
        const QFileInfo info(path);
        known &= info.isFile();
        bytesTotal_ += info.size();
    }
    if (!known)
        bytesTotal_ = 0;
    openNext();
}

void LineDrafts::openNext()
{
    bytesBefore_ += reader_ ? reader_->bytesRead() : 0;
    reader_ = std::make_unique<LineReader>(paths_.takeFirst());
    connect(reader_.get(), &LineReader::ready, this, &Drafts::ready);
}

qint64 LineDrafts::bytesRead() const
{
    return bytesBefore_ + reader_->bytesRead();
}

Drafts::Next LineDrafts::next(client::Draft& draft)
{
    QByteArray line;
    for (;;) {
        switch (reader_->next(line)) {
        case LineReader::Next::Later:
            return Next::Later;
        case LineReader::Next::Failed:
            problem_ = reader_->problem();
            return Next::Failed;
        case LineReader::Next::End:
            if (paths_.isEmpty())
                return Next::End;
            openNext();
            continue;
        case LineReader::Next::Line:
            break;
        }
        ++taken_;
        if (line.trimmed().isEmpty())
            continue;
        auto read = client::readDraftLine(line);
        if (!read) {
            problem_ = QString::fromStdString(read.error().text);
            return Next::Bad;
        }
        draft = std::move(*read);
        if (draft.sender.isEmpty())
            draft.sender = common_.sender;
        if (draft.recipient.isEmpty())
            draft.recipient = common_.recipient;
        if (draft.msgId.isEmpty() && !common_.msgId.isEmpty())
            draft.msgId = common_.msgId + QLatin1Char('-') + QString::number(taken_);
        return Next::Draft;
    }
}

QString LineDrafts::nameOf(quint64 number) const
{
    return QStringLiteral("line %1").arg(number);
}

} // namespace dsmsg::cli
