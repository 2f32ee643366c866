// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file that keeps what a page must remember. Read and written in another thread, replaced whole (a crash
// leaves the old one or the new one, never half of it), and not more often than twice a second.
#pragma once

#include <functional>

#include <QObject>
#include <QTimer>

namespace dsmsg::monitor {

class StateFile : public QObject
{
    Q_OBJECT

public:
    using Write = std::function<QByteArray()>; ///< makes the contents; called in the other thread
    struct Loaded
    {
        bool understood = true;
        std::function<void()> here; ///< runs in this object's thread
    };
    static constexpr qint64 bytesMax = 64 << 20; ///< a longer file is not read

    /// `elsewhere` is an object of the other thread, which runs until this one is gone.
    StateFile(QString path, QObject& elsewhere, QObject* parent = nullptr);
    ~StateFile() override; ///< writes what is due and waits for it

    /// `read` is called in the other thread; a missing file is empty. One that it does not understand is kept
    /// under another name, and failed() says so.
    void load(std::function<Loaded(QByteArray)> read);
    /// `prepare` is called here, when it is time, and returns what writes.
    void saveSoon(std::function<Write()> prepare);
    void flush(); ///< writes what is due now, and waits for it
    const QString& path() const { return path_; }

Q_SIGNALS:
    void failed(const QString& why); ///< in words

private:
    void write(bool wait);

    const QString path_;
    QObject& elsewhere_;
    QTimer due_;
    std::function<Write()> prepare_;
};

} // namespace dsmsg::monitor
