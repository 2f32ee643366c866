// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lines of a file or of stdin, as they come, without ever blocking: what feeds stdin may be slow, and
// meanwhile answers must be heard. One line and one reading ahead are kept, no more.
#pragma once

#include <memory>

#include <QByteArray>
#include <QFile>
#include <QObject>

class QSocketNotifier;

namespace dsmsg::cli {

class LineReader : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype lineBytesMax = 16 << 20; ///< far above what the nodes take

    enum class Next
    {
        Line,
        Later, ///< ready() will tell
        End,
        Failed, ///< problem() says why
    };

    /// `path`: "-" is stdin.
    explicit LineReader(const QString& path);
    ~LineReader() override;

    /// The next line without its end; a last line needs none.
    Next next(QByteArray& line);
    QString problem() const { return problem_; }
    /// Bytes read so far, and of the whole file; 0 when that is not known.
    qint64 bytesRead() const { return bytesRead_; }
    qint64 bytesTotal() const { return bytesTotal_; }

Q_SIGNALS:
    void ready();

private:
    bool readMore();

    QFile file_;
    std::unique_ptr<QSocketNotifier> notifier_;
    QByteArray buffer_;
    qsizetype searched_ = 0; ///< no end of a line before here
    bool atEnd_ = false;
    QString problem_;
    qint64 bytesRead_ = 0;
    qint64 bytesTotal_ = 0;
};

} // namespace dsmsg::cli
