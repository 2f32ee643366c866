// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/StateFile.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QThread>

namespace dsmsg::monitor {

namespace {

constexpr int saveAfterMs = 500;

/// A file that cannot be used must not be written over: it may be all that is left of somebody's work.
QString putAside(const QString& path, const QString& why)
{
    const QString aside = path + QStringLiteral(".damaged");
    QFile::remove(aside);
    const QString shown = QDir::toNativeSeparators(path);
    if (QFile::rename(path, aside))
        return StateFile::tr("%1 %2. It is kept as %3; a new one is begun.")
            .arg(shown, why, QFileInfo(aside).fileName());
    return StateFile::tr("%1 %2. It will be replaced: move it away now if you want to keep it.")
        .arg(shown, why);
}

QString replaceFile(const QString& path, const QByteArray& contents)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(contents) == contents.size() && file.commit())
        return {};
    return StateFile::tr("%1 could not be written: %2.")
        .arg(QDir::toNativeSeparators(path), file.errorString());
}

} // namespace

StateFile::StateFile(QString path, QObject& elsewhere, QObject* parent)
    : QObject(parent)
    , path_(std::move(path))
    , elsewhere_(elsewhere)
{
    due_.setSingleShot(true);
    due_.setInterval(saveAfterMs);
    connect(&due_, &QTimer::timeout, this, [this] { write(false); });
}

StateFile::~StateFile()
{
    // After it nothing runs in the other thread that still knows this object.
    flush();
}

void StateFile::load(std::function<Loaded(QByteArray)> read)
{
    QMetaObject::invokeMethod(&elsewhere_, [path = path_, this, read = std::move(read)] {
        QFile file(path);
        QByteArray contents;
        QString problem;
        if (file.size() > bytesMax)
            problem = putAside(path, tr("has more than %1 MiB").arg(bytesMax >> 20));
        else if (file.open(QIODevice::ReadOnly))
            contents = file.readAll();
        else if (file.exists())
            problem = putAside(path, tr("could not be read (%1)").arg(file.errorString()));
        file.close();
        const Loaded loaded = read(std::move(contents));
        if (!loaded.understood)
            problem = putAside(path, tr("is damaged"));
        QMetaObject::invokeMethod(
            this,
            [this, here = loaded.here, problem] {
                here();
                if (!problem.isEmpty())
                    Q_EMIT failed(problem);
            },
            Qt::QueuedConnection);
    });
}

void StateFile::saveSoon(std::function<Write()> prepare)
{
    prepare_ = std::move(prepare);
    if (!due_.isActive())
        due_.start();
}

void StateFile::flush()
{
    write(true);
}

void StateFile::write(bool wait)
{
    due_.stop();
    // Even with nothing due, an earlier write may still be under way, and a wait must wait for it.
    const Write make = prepare_ ? std::exchange(prepare_, {})() : Write();
    if (!make && !wait)
        return;
    const auto type = wait && elsewhere_.thread() != QThread::currentThread() ? Qt::BlockingQueuedConnection
                                                                              : Qt::QueuedConnection;
    QMetaObject::invokeMethod(
        &elsewhere_,
        [this, path = path_, make] {
            const QString problem = make ? replaceFile(path, make()) : QString();
            if (!problem.isEmpty())
                QMetaObject::invokeMethod(
                    this, [this, problem] { Q_EMIT failed(problem); }, Qt::QueuedConnection);
        },
        type);
}

} // namespace dsmsg::monitor
