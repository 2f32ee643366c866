// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/send/LineReader.h"

#include <cerrno>
#include <cstring>

#include <sys/stat.h>
#include <unistd.h>

#include <QSocketNotifier>

namespace dsmsg::cli {

namespace {

constexpr qsizetype readStep = 256 * 1024;

/// A regular file is always ready to be read; a pipe or a terminal is when poll() says so.
bool mayBlock(int descriptor)
{
    struct stat status
    {
    };
    return ::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode);
}

} // namespace

LineReader::LineReader(const QString& path)
    : file_(path)
{
    const bool isStdin = path == QLatin1String("-");
    const bool opened = isStdin ? file_.open(STDIN_FILENO, QIODevice::ReadOnly | QIODevice::Unbuffered)
                                : file_.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    if (!opened) {
        problem_ = QStringLiteral("cannot open %1: %2").arg(path, file_.errorString());
        return;
    }
    if (mayBlock(file_.handle())) {
        notifier_ = std::make_unique<QSocketNotifier>(file_.handle(), QSocketNotifier::Read);
        notifier_->setEnabled(false);
        connect(notifier_.get(), &QSocketNotifier::activated, this, [this] {
            notifier_->setEnabled(false);
            if (readMore())
                Q_EMIT ready();
        });
    } else {
        bytesTotal_ = file_.size();
    }
}

LineReader::~LineReader() = default;

/// Reads once. False: there was nothing after all.
bool LineReader::readMore()
{
    const qsizetype before = buffer_.size();
    buffer_.resize(before + readStep);
    ssize_t count = 0;
    do
        count = ::read(file_.handle(), buffer_.data() + before, std::size_t(readStep));
    while (count < 0 && errno == EINTR);
    buffer_.resize(before + std::max<ssize_t>(count, 0));
    if (count < 0 && errno == EAGAIN)
        return false;
    if (count < 0)
        problem_ = QStringLiteral("cannot read: %1").arg(QString::fromLocal8Bit(std::strerror(errno)));
    atEnd_ = count == 0;
    bytesRead_ += std::max<ssize_t>(count, 0);
    return true;
}

LineReader::Next LineReader::next(QByteArray& line)
{
    for (;;) {
        const qsizetype end = buffer_.indexOf('\n', searched_);
        if (end >= 0 || (atEnd_ && !buffer_.isEmpty())) {
            line = end >= 0 ? buffer_.left(end) : buffer_;
            buffer_.remove(0, end >= 0 ? end + 1 : buffer_.size());
            searched_ = 0;
            if (line.endsWith('\r'))
                line.chop(1);
            return Next::Line;
        }
        searched_ = buffer_.size();
        if (searched_ > lineBytesMax)
            problem_ = QStringLiteral("a line is longer than %1 MiB").arg(lineBytesMax >> 20);
        if (!problem_.isEmpty())
            return Next::Failed;
        if (atEnd_)
            return Next::End;
        if (notifier_) {
            notifier_->setEnabled(true);
            return Next::Later;
        }
        readMore();
    }
}

} // namespace dsmsg::cli
