// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/messages/MessageExport.h"

#include <algorithm>

#include <QFileInfo>
#include <QSaveFile>

#include "app/monitor/cluster/Requests.h"
#include "app/monitor/messages/ExportText.h"
#include "core/client/Answers.h"

namespace dsmsg::monitor {

namespace {

constexpr int rowsPerPage = 1000;

QString errorIn(const client::HttpReply& reply)
{
    if (reply.status == 200)
        return {};
    if (reply.status == 0)
        return reply.problem;
    const QString reason = client::readReason(reply.body);
    return reason.isEmpty() ? QStringLiteral("the answer is HTTP %1").arg(reply.status) : reason;
}

} // namespace

struct ExportFile
{
    QString path;
    MessageExport::Format format = MessageExport::Csv;
    std::unique_ptr<QSaveFile> file;

    /// What is wrong; empty: it is open.
    QString open()
    {
        if (file)
            return {};
        file = std::make_unique<QSaveFile>(path);
        if (!file->open(QIODevice::WriteOnly))
            return file->errorString();
        if (format == MessageExport::Csv)
            file->write(csvHeader());
        return {};
    }
    void write(const client::Message& message)
    {
        file->write(format == MessageExport::Csv ? csvLine(message) : jsonLine(message));
    }
};

/// What one page came to.
struct MessageExport::Step
{
    quint64 rows = 0;
    quint64 first = 0;    ///< position of its first row; 0: none
    quint64 position = 0; ///< where to go on
    qint64 bytes = 0;     ///< of the file so far
    bool done = false;    ///< and the file is in its place
    QString error;
};

MessageExport::MessageExport(QObject* parent)
    : QObject(parent)
{
}

MessageExport::~MessageExport() = default;

void MessageExport::start(const QUrl& node, const MessageFilter& filter, const QString& path, Format format)
{
    cancel();
    node_ = node;
    filter_ = filter;
    file_ = std::make_shared<ExportFile>();
    file_->path = path;
    file_->format = format;
    fileName_ = QFileInfo(path).fileName();
    first_ = 0;
    position_ = filter.after.value_or(0);
    last_ = written_ = bytes_ = 0;
    error_.clear();
    requests_ = std::make_unique<Requests>();
    askHead();
    Q_EMIT changed();
}

void MessageExport::cancel()
{
    if (running())
        end(tr("Cancelled; nothing was written."));
}

double MessageExport::progress() const
{
    if (last_ == 0 || first_ == 0 || last_ < first_)
        return 0;
    return std::clamp(double(position_ - std::min(position_, first_)) / double(last_ - first_ + 1), 0.0, 1.0);
}

/// Where it ends.
void MessageExport::askHead()
{
    MessageFilter everything;
    everything.order = filter_.order;
    client::HttpRequest request;
    request.url = pageUrl(node_, everything, {PagePlace::Direction::Older, PagePlace::newest, 1});
    requests_->start(request, this, [this](const client::HttpReply& reply) {
        const QString problem = errorIn(reply);
        const auto page = client::readPage(reply.body, filter_.order);
        if (!problem.isEmpty() || !page)
            return end(problem.isEmpty() ? QString::fromStdString(page.error().text) : problem);
        last_ = page->messages.isEmpty() ? 0 : page->messages.first().number(filter_.order);
        ask(position_);
    });
}

void MessageExport::ask(quint64 after)
{
    client::HttpRequest request;
    request.url = pageUrl(node_, filter_, {PagePlace::Direction::Newer, after, rowsPerPage});
    const auto write = [file = file_, order = filter_.order, last = last_, after,
                        single = !filter_.msgId.isEmpty()](const client::HttpReply& reply) {
        Step step;
        step.position = after;
        step.error = errorIn(reply);
        if (step.error.isEmpty())
            step.error = file->open();
        if (!step.error.isEmpty())
            return step;
        const auto page = client::readPage(reply.body, order);
        if (!page) {
            step.error = QString::fromStdString(page.error().text);
            return step;
        }
        step.position = page->nextAfter.value_or(after);
        for (const client::Message& message : page->messages) {
            if (message.number(order) > last)
                break;
            file->write(message);
            if (step.rows++ == 0)
                step.first = message.number(order);
        }
        step.bytes = file->file->pos();
        step.done = single || step.position >= last || step.position == after;
        if (file->file->error() != QFileDevice::NoError || (step.done && !file->file->commit()))
            step.error = file->file->errorString();
        return step;
    };
    requests_->start<Step>(request, this, write, [this](const Step& step) { took(step); });
}

void MessageExport::took(const Step& step)
{
    if (first_ == 0)
        first_ = step.first;
    position_ = step.position;
    written_ += step.rows;
    bytes_ = quint64(step.bytes);
    if (!step.error.isEmpty())
        return end(tr("The export broke off: %1.").arg(step.error));
    if (!step.done) {
        Q_EMIT changed();
        return ask(step.position);
    }
    end({});
    Q_EMIT finished();
}

void MessageExport::end(const QString& error)
{
    error_ = error;
    file_.reset();
    // It may be the one that is telling us so.
    if (auto* old = requests_.release())
        old->deleteLater();
    Q_EMIT changed();
}

} // namespace dsmsg::monitor
