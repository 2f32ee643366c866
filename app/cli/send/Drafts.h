// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where `dsmsg send` gets its messages from: given payloads, whole files, or lines of NDJSON.
#pragma once

#include <functional>

#include <QObject>
#include <QStringList>

#include "app/cli/send/LineReader.h"
#include "core/base/Result.h"
#include "core/client/Types.h"

namespace dsmsg::cli {

class Drafts : public QObject
{
    Q_OBJECT

public:
    enum class Next
    {
        Draft,
        Later,  ///< ready() will tell
        End,    ///< there is no more
        Bad,    ///< this one is no message, problem() says why; the next one may be
        Failed, ///< nothing more can be read, problem() says why
    };

    virtual Next next(client::Draft& draft) = 0;
    QString problem() const { return problem_; }
    /// How many have been taken, bad ones included; so the number of the last one, from 1.
    quint64 taken() const { return taken_; }
    virtual QString nameOf(quint64 number) const = 0; ///< for a person: "line 17"
    virtual qint64 bytesRead() const { return 0; }
    virtual qint64 bytesTotal() const { return 0; } ///< 0: not known

Q_SIGNALS:
    void ready();

protected:
    QString problem_;
    quint64 taken_ = 0;
};

/// One message each, its payload fetched when its turn comes.
class GivenDrafts : public Drafts
{
public:
    using Payload = std::function<Result<QByteArray>()>; ///< one JSON value

    /// `common`: everything but the payload.
    GivenDrafts(client::Draft common, std::vector<Payload> payloads);

    Next next(client::Draft& draft) override;
    QString nameOf(quint64 number) const override;

private:
    client::Draft common_;
    std::vector<Payload> payloads_;
};

/// One message a line; empty lines count as lines, and are passed over.
class LineDrafts : public Drafts
{
public:
    /// `common`: for lines that name no sender, recipient or id; ids are its msgId, "-" and the number of the
    /// line.
    LineDrafts(client::Draft common, QStringList paths);

    Next next(client::Draft& draft) override;
    QString nameOf(quint64 number) const override;
    qint64 bytesRead() const override;
    qint64 bytesTotal() const override { return bytesTotal_; }

private:
    void openNext();

    client::Draft common_;
    QStringList paths_;
    std::unique_ptr<LineReader> reader_;
    qint64 bytesBefore_ = 0; ///< of the files that are done
    qint64 bytesTotal_ = 0;
};

} // namespace dsmsg::cli
