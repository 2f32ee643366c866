// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs `dsmsg` to its end, as a script would, while the fake nodes of the calling thread answer.
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>

#include "FakeNode.h"

namespace dsmsg::test {

struct Ran
{
    int code = -1; ///< -1: it crashed, or did not end within 30 s
    QString out;
    QString err;
};

/// `nodes`: what DSMSG_NODES holds; none: it is not set.
Ran run(const QStringList& arguments, const QByteArray& input = {}, const QString& nodes = {});
/// `dsmsg` while it runs, for what has no end of its own. Killed with this object.
class Running
{
public:
    Running(const QStringList& arguments, const QString& nodes);
    ~Running();

    /// Everything it wrote so far.
    QString out();
    QString err();
    void write(const QByteArray& input) { process_.write(input); }
    void signal(int number);
    bool running() const { return process_.state() != QProcess::NotRunning; }
    /// Its exit code; -1: it was ended by a signal, or does not end.
    int wait();

private:
    QProcess process_;
    QByteArray out_;
    QByteArray err_;
};

/// A command line without quotes.
QStringList words(const char* text);
FakeNode::Script always(const FakeReply& reply);

} // namespace dsmsg::test
