// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/CsvReader.h"

#include <algorithm>

#include <QCoreApplication>

namespace dsmsg::monitor {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("CsvReader", text);
}

} // namespace

CsvReader::CsvReader(const QByteArray& text)
    : text_(text)
{
    if (text_.startsWith("\xEF\xBB\xBF"))
        at_ = 3;
    qsizetype end = text_.indexOf('\n');
    if (end < 0)
        end = text_.size();
    const QByteArray first = text_.left(end);
    for (const char other : {';', '\t'})
        if (first.count(other) > first.count(separator_))
            separator_ = other;
}

bool CsvReader::takeQuoted(QByteArray& field)
{
    for (++at_; at_ < text_.size(); ++at_) {
        if (text_[at_] == '\n')
            ++line_;
        if (text_[at_] != '"') {
            field += text_[at_];
        } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
            field += '"';
            ++at_;
        } else {
            ++at_;
            return true;
        }
    }
    return false;
}

std::optional<CsvReader::Row> CsvReader::next()
{
    while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) {
        line_ += text_[at_] == '\n' ? 1 : 0;
        ++at_;
    }
    if (at_ >= text_.size())
        return std::nullopt;
    Row row;
    row.line = line_;
    QByteArray field;
    bool quoted = false;
    for (;; ++at_) {
        const char c = at_ < text_.size() ? text_[at_] : '\n';
        if (c == '"' && field.isEmpty() && !quoted) {
            quoted = true;
            if (!takeQuoted(field))
                row.problem =
                    words(QT_TRANSLATE_NOOP("CsvReader", "a quote is opened here and never closed"));
            --at_;
        } else if (c == separator_ || c == '\n') {
            if (c == '\n' && !quoted && field.endsWith('\r'))
                field.chop(1);
            row.fields.append(QString::fromUtf8(field));
            field.clear();
            quoted = false;
            if (c == '\n')
                break;
        } else if (!quoted) {
            field += c;
        } else if (c != '\r' && row.problem.isEmpty()) {
            row.problem = words(QT_TRANSLATE_NOOP(
                "CsvReader", "text after a closing quote; a quote inside is written twice"));
        }
    }
    at_ = std::min(at_ + 1, text_.size());
    ++line_;
    return row;
}

} // namespace dsmsg::monitor
