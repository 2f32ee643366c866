// SPDX-License-Identifier: GPL-3.0-or-later
//
// The identity file is text, so that an operator can read whose directory this is:
//   dsmsg-data 2
//   server 0123456789abcdef
//   node n1
//   joins-only yes
//   crc 89abcdef
#include "core/storage/DirectoryIdentity.h"

#include <cerrno>
#include <charconv>
#include <optional>

#include <QFile>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/base/Hash.h"
#include "core/base/Random.h"

namespace dsmsg::storage {

namespace {

constexpr int formatVersion = 2; // 1 has no line joins-only
constexpr qint64 identityBytesMax = 4096;

std::string crcHex(std::string_view text)
{
    return QString::number(crc32(text), 16).rightJustified(8, QLatin1Char('0')).toStdString();
}

std::string write(const DirectoryIdentity& identity)
{
    // An older program must refuse a directory whose promise it does not know, and only that.
    const int format = identity.joinsOnly ? 2 : 1;
    std::string text = "dsmsg-data " + std::to_string(format) + "\nserver " + toHex(identity.server) +
                       "\nnode " + identity.node + "\n";
    if (identity.joinsOnly)
        text += "joins-only yes\n";
    return text + "crc " + crcHex(text) + "\n";
}

/// The rest of the line that starts with `key`, which must be next in `text`.
std::optional<std::string_view> takeLine(std::string_view& text, std::string_view key)
{
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || !text.starts_with(key))
        return std::nullopt;
    const std::string_view value = text.substr(key.size(), end - key.size());
    text.remove_prefix(end + 1);
    return value;
}

template <class Number>
bool parseNumber(std::string_view text, Number& out, int base)
{
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), out, base);
    return failure == std::errc() && end == text.data() + text.size();
}

Result<DirectoryIdentity> parse(std::string_view text, const QString& path)
{
    const Error damaged{Error::Kind::Corrupt,
                        path.toStdString() +
                            " is damaged: move the data directory away and start the node with an "
                            "empty one, it comes back as a new member"};
    const std::string_view whole = text;
    DirectoryIdentity identity;
    int version = 0;
    const auto format = takeLine(text, "dsmsg-data ");
    if (!format || !parseNumber(*format, version, 10))
        return damaged;
    if (version > formatVersion) // its other lines may mean anything
        return Error{Error::Kind::Refused, path.toStdString() + " was written by a newer version (format " +
                                               std::to_string(version) + ", this program knows " +
                                               std::to_string(formatVersion) +
                                               "): start that version instead"};
    const auto server = takeLine(text, "server ");
    const auto node = takeLine(text, "node ");
    const auto joins = version >= 2 ? takeLine(text, "joins-only ") : std::nullopt;
    const std::string_view summed = whole.substr(0, whole.size() - text.size());
    const auto crc = takeLine(text, "crc ");
    if (!server || !node || !crc || !text.empty() || *crc != crcHex(summed) ||
        !parseNumber(*server, identity.server.value, 16) || !identity.server)
        return damaged;
    identity.node = *node;
    identity.joinsOnly = joins.has_value();
    return identity;
}

/// The pid that the holder of the lock left in the file, for the message only.
std::string holderOf(int lock)
{
    char text[32] = {};
    const ssize_t length = ::pread(lock, text, sizeof text - 1, 0);
    return length > 0 ? " (process " + std::string(text, static_cast<std::size_t>(length)) + ")"
                      : std::string();
}

} // namespace

QString identityFile(const QString& directory)
{
    return directory + QStringLiteral("/identity");
}

Result<DirectoryIdentity> readIdentity(const QString& directory)
{
    const QString path = identityFile(directory);
    auto text = readSmallFile(path, identityBytesMax);
    if (!text)
        return text.error();
    return parse({text->constData(), static_cast<std::size_t>(text->size())}, path);
}

Result<void> writeIdentity(const QString& directory, const DirectoryIdentity& identity)
{
    return replaceFile(identityFile(directory), write(identity));
}

ServerId newServerId()
{
    Random random(systemSeed());
    ServerId server;
    while (!server)
        server = ServerId(random.next());
    return server;
}

/// flock belongs to the open file description, so a second opener in this process is refused as well, which
/// fcntl's record locks would not do.
Result<Descriptor> lockDirectory(const QString& directory)
{
    const QString path = directory + QStringLiteral("/lock");
    Descriptor lock(::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock.valid())
        return systemError("open", path, errno);
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return systemError("lock", path, errno);
        return Error{Error::Kind::Refused, "The data directory " + directory.toStdString() +
                                               " is in use by another node" + holderOf(lock.get()) +
                                               ": stop it or choose another --data-dir"};
    }
    const std::string pid = std::to_string(::getpid());
    if (::ftruncate(lock.get(), 0) != 0 || ::pwrite(lock.get(), pid.data(), pid.size(), 0) < 0)
        return systemError("write", path, errno);
    return lock;
}

} // namespace dsmsg::storage
