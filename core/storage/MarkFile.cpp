// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/MarkFile.h"

#include <array>
#include <cerrno>
#include <optional>

#include <QFile>

#include <fcntl.h>
#include <unistd.h>

#include "core/base/Hash.h"
#include "core/storage/Bytes.h"

namespace dsmsg::storage {

namespace {

constexpr std::uint64_t magic = 0x314b52414d4d5344; // "DSMMARK1"
constexpr std::size_t slotBytes = 56;
constexpr off_t slotDistance = 4096;

using Slot = std::array<char, slotBytes>;

struct Version
{
    std::uint64_t generation = 0;
    Mark mark;
};

Slot encode(const Version& version)
{
    Slot slot{};
    storeLittle(&slot[0], magic);
    storeLittle(&slot[8], version.generation);
    storeLittle(&slot[16], version.mark.term.value);
    storeLittle(&slot[24], version.mark.votedFor.value);
    storeLittle(&slot[32], version.mark.lastIndex.value);
    storeLittle(&slot[40], version.mark.lastTerm.value);
    storeLittle(&slot[48], crc32({slot.data(), 48}));
    return slot;
}

std::optional<Version> decode(std::string_view slot)
{
    if (slot.size() != slotBytes || loadLittle<std::uint64_t>(&slot[0]) != magic ||
        loadLittle<std::uint32_t>(&slot[48]) != crc32(slot.substr(0, 48)))
        return std::nullopt;
    Version version;
    version.generation = loadLittle<std::uint64_t>(&slot[8]);
    version.mark.term = Term(loadLittle<std::uint64_t>(&slot[16]));
    version.mark.votedFor = ServerId(loadLittle<std::uint64_t>(&slot[24]));
    version.mark.lastIndex = LogIndex(loadLittle<std::uint64_t>(&slot[32]));
    version.mark.lastTerm = Term(loadLittle<std::uint64_t>(&slot[40]));
    return version;
}

} // namespace

Result<void> MarkFile::create(const QString& path)
{
    std::string contents(slotDistance + slotBytes, '\0');
    for (std::uint64_t generation = 0; generation < 2; ++generation) {
        const Slot slot = encode({generation, {}});
        contents.replace(generation * slotDistance, slotBytes, slot.data(), slotBytes);
    }
    return replaceFile(path, contents);
}

Result<MarkFile> MarkFile::open(const QString& path)
{
    Descriptor descriptor(::open(QFile::encodeName(path).constData(), O_RDWR | O_CLOEXEC));
    if (!descriptor.valid())
        return systemError("open", path, errno);
    MarkFile self(std::move(descriptor), path);
    bool readable = false;
    for (int number = 0; number < 2; ++number) {
        Slot slot{};
        const ssize_t length = ::pread(self.file_.get(), slot.data(), slotBytes, number * slotDistance);
        if (length < 0)
            return systemError("read", path, errno);
        const auto version = decode({slot.data(), static_cast<std::size_t>(length)});
        if (!version || (readable && version->generation < self.generation_))
            continue;
        readable = true;
        self.generation_ = version->generation;
        self.mark_ = version->mark;
    }
    if (!readable)
        return Error{Error::Kind::Corrupt, "The mark file " + path.toStdString() + " is damaged"};
    return self;
}

Result<void> MarkFile::write(const Mark& mark)
{
    const Version next{generation_ + 1, mark};
    const Slot slot = encode(next);
    const off_t at = (next.generation & 1) == 0 ? 0 : slotDistance;
    if (faults_ && faults_->dead())
        return systemError("write", path_, EIO);
    if (::pwrite(file_.get(), slot.data(), slotBytes, at) != static_cast<ssize_t>(slotBytes))
        return systemError("write", path_, errno);
    generation_ = next.generation;
    mark_ = mark;
    return {};
}

Result<void> MarkFile::sync()
{
    if (faults_ && !faults_->maySync())
        return systemError("sync", path_, EIO);
    if (::fdatasync(file_.get()) != 0)
        return systemError("sync", path_, errno);
    return {};
}

} // namespace dsmsg::storage
