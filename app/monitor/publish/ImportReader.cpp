// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/ImportReader.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

#include "app/monitor/publish/CsvDrafts.h"
#include "app/monitor/publish/DraftMaker.h"
#include "core/client/DraftLine.h"

namespace dsmsg::monitor {

namespace {

/// The elements of a JSON list of objects, as they stand, with the lines they begin in. Looks only at what is
/// needed to find their ends; what is inside is checked by who reads them.
class JsonList
{
public:
    struct Element
    {
        int line = 0;
        qsizetype begin = 0;
        qsizetype size = 0;
    };

    explicit JsonList(const QByteArray& text)
        : text_(text)
        , at_(text.indexOf('[') + 1)
        , line_(1 + int(text.left(at_).count('\n')))
    {
    }

    /// Nothing: the end, or broken().
    std::optional<Element> next()
    {
        skipSpace();
        if (peek() == ']') {
            ++at_;
            skipSpace();
            broken_ = at_ < text_.size();
            return std::nullopt;
        }
        if (!first_ && peek() == ',') {
            ++at_;
            skipSpace();
        } else if (!first_) {
            broken_ = true;
        }
        first_ = false;
        Element element{line_, at_, 0};
        broken_ = broken_ || peek() != '{' || !skipObject();
        if (broken_)
            return std::nullopt;
        element.size = at_ - element.begin;
        return element;
    }
    bool broken() const { return broken_; }
    int line() const { return line_; }
    qsizetype position() const { return at_; }

private:
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    void skipSpace()
    {
        for (; peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t'; ++at_)
            line_ += peek() == '\n' ? 1 : 0;
    }

    bool skipObject()
    {
        int depth = 0;
        bool inString = false;
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            line_ += c == '\n' ? 1 : 0;
            if (inString && c == '\\')
                ++at_;
            else if (c == '"')
                inString = !inString;
            else if (!inString && (c == '{' || c == '['))
                ++depth;
            else if (!inString && (c == '}' || c == ']') && --depth == 0) {
                ++at_;
                return true;
            }
        }
        return false;
    }

    const QByteArray& text_;
    qsizetype at_;
    int line_;
    bool first_ = true;
    bool broken_ = false;
};

class FileReader
{
    Q_DECLARE_TR_FUNCTIONS(ImportReader)

public:
    FileReader(const ImportLimits& limits, const std::function<void(double)>& progress,
               const std::atomic<bool>& cancelled)
        : limits_(limits)
        , progress_(progress)
        , cancelled_(cancelled)
    {
    }

    ImportedFile read(const QString& path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            out_.problem = tr("%1 cannot be read: %2.").arg(QFileInfo(path).fileName(), file.errorString());
            return out_;
        }
        if (file.size() > limits_.bytes) {
            out_.problem =
                tr("The file has %1 MB; up to %2 MB can be imported here. `dsmsg send --file` takes any size.")
                    .arg(file.size() >> 20)
                    .arg(limits_.bytes >> 20);
            return out_;
        }
        const QByteArray contents = file.readAll();
        out_.digest = QString::fromLatin1(
            QCryptographicHash::hash(contents, QCryptographicHash::Sha256).toHex().left(12));
        readContents(contents, QFileInfo(path).suffix().toLower());
        if (cancelled_)
            out_.problem = tr("Cancelled.");
        else if (out_.problem.isEmpty() && out_.drafts.empty() && out_.badCount == 0)
            out_.problem = tr("There is no message in the file.");
        return std::move(out_);
    }

private:
    void readContents(const QByteArray& contents, const QString& suffix)
    {
        const QByteArray begin = contents.left(4096).trimmed();
        if (begin.startsWith('[')) {
            out_.format = QStringLiteral("JSON");
            readList(contents);
        } else if (begin.startsWith('{') && suffix != QLatin1String("csv")) {
            out_.format = QStringLiteral("NDJSON");
            readLines(contents);
        } else {
            out_.format = QStringLiteral("CSV");
            readCsv(contents);
        }
    }

    /// False: enough.
    bool take(int line, Result<client::Draft> draft)
    {
        if (draft && draft->payload.size() > DraftMaker::payloadBytesMax)
            draft = Error{Error::Kind::Invalid, tr("the payload is larger than 1 MiB").toStdString()};
        if (draft) {
            out_.drafts.push_back({line, std::move(*draft)});
        } else {
            ++out_.badCount;
            if (out_.bad.size() < limits_.badLines)
                out_.bad.append({line, QString::fromStdString(draft.error().text)});
        }
        if (out_.drafts.size() < limits_.drafts)
            return true;
        out_.problem = tr("The file has more than %1 messages; split it, or use `dsmsg send --file`.")
                           .arg(limits_.drafts);
        return false;
    }

    bool goOn(qsizetype at, qsizetype size)
    {
        constexpr qsizetype step = 256 << 10;
        if (at - told_ < step)
            return !cancelled_;
        told_ = at;
        progress_(double(at) / double(size));
        return !cancelled_;
    }

    void readLines(const QByteArray& contents)
    {
        int line = 0;
        for (qsizetype at = 0; at < contents.size() && goOn(at, contents.size());) {
            qsizetype end = contents.indexOf('\n', at);
            if (end < 0)
                end = contents.size();
            const QByteArray one = contents.mid(at, end - at).trimmed();
            at = end + 1;
            ++line;
            if (!one.isEmpty() && !take(line, client::readDraftLine(one)))
                return;
        }
    }

    void readList(const QByteArray& contents)
    {
        JsonList list(contents);
        while (const auto element = list.next())
            if (!goOn(list.position(), contents.size()) ||
                !take(element->line, client::readDraftLine(contents.mid(element->begin, element->size))))
                return;
        if (!list.broken())
            return;
        // A list that breaks off is not sent in half.
        out_.drafts.clear();
        out_.problem = tr("The file is no JSON list of objects: it breaks off in line %1.").arg(list.line());
    }

    void readCsv(const QByteArray& contents)
    {
        CsvReader reader(contents);
        const auto names = reader.next();
        const auto columns = CsvDrafts::of(names ? names->fields : QStringList());
        if (!columns) {
            out_.problem = QString::fromStdString(columns.error().text);
            return;
        }
        while (const auto row = reader.next())
            if (!goOn(reader.position(), contents.size()) || !take(row->line, columns->read(*row)))
                return;
    }

    const ImportLimits& limits_;
    const std::function<void(double)>& progress_;
    const std::atomic<bool>& cancelled_;
    ImportedFile out_;
    qsizetype told_ = 0;
};

} // namespace

ImportedFile readImport(const QString& path, const ImportLimits& limits,
                        const std::function<void(double)>& progress, const std::atomic<bool>& cancelled)
{
    return FileReader(limits, progress, cancelled).read(path);
}

} // namespace dsmsg::monitor
