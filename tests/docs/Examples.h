// SPDX-License-Identifier: GPL-3.0-or-later
//
// The sessions in a document: blocks fenced as "console", in which "$ " begins a command and what follows is
// its output. In the output "…" stands for anything within a line, and alone for any number of lines, because
// times and ids differ from run to run.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace dsmsg::test {

struct Example
{
    int line = 0; ///< in the document, from 1
    QString command;
    QStringList output;
};

std::vector<Example> readExamples(const QString& document);

/// Whether `actual` is what the example promises; a last empty line counts for nothing.
bool isAsPromised(const QStringList& promised, const QString& actual);

} // namespace dsmsg::test
