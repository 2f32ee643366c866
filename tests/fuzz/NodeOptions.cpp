// SPDX-License-Identifier: GPL-3.0-or-later
//
// dsmsg-node's command line and configuration file. An operator is no attacker, but a typing error must be
// answered with a sentence, and what is accepted must be something that a node can run with.
#include <QStringList>

#include <sys/mman.h>
#include <unistd.h>

#include "app/node/NodeCommandLine.h"
#include "core/base/Assert.h"
#include "tests/fuzz/Targets.h"

namespace dsmsg::fuzz {

namespace {

/// A file that has a path but is only memory.
class MemoryFile
{
public:
    explicit MemoryFile(std::string_view text)
        : descriptor_(::memfd_create("dsmsg-fuzz", MFD_CLOEXEC))
    {
        const ssize_t written = descriptor_ < 0 ? -1 : ::write(descriptor_, text.data(), text.size());
        DSMSG_ASSERT(written == static_cast<ssize_t>(text.size()), "no memory for a file");
    }
    ~MemoryFile() { ::close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    QString path() const { return QStringLiteral("/proc/self/fd/%1").arg(descriptor_); }

private:
    int descriptor_;
};

void assertUsable(const app::NodeSettings& settings)
{
    const node::NodeOptions& node = settings.server.node;
    DSMSG_ASSERT(!node.id.empty() && settings.portGiven, "a node has no name or no port");
    DSMSG_ASSERT(node.raft.heartbeatInterval < node.raft.electionTimeoutMin &&
                     node.raft.electionTimeoutMin < node.raft.electionTimeoutMax,
                 "the timeouts do not fit together");
    DSMSG_ASSERT(node.quorum >= 1 && !node.dataDirectory.isEmpty(), "a node has no quorum or no directory");
    DSMSG_ASSERT(node.joinUrl.empty() || node.peerUrls.empty(), "a node both joins and forms");
    for (const std::string& url : node.peerUrls)
        DSMSG_ASSERT(url.starts_with("http://") && url != node.advertiseUrl, "a peer has no base URL");
}

} // namespace

void nodeOptions(std::string_view input)
{
    const std::size_t zero = input.find('\0');
    const std::string_view lines = input.substr(0, zero);
    const std::string_view text =
        zero == std::string_view::npos ? std::string_view() : input.substr(zero + 1);
    // Named files would be read; the fuzzer must not go through the machine's.
    if (input.find("secret") != std::string_view::npos || lines.find("config") != std::string_view::npos)
        return;
    const MemoryFile file(text);
    QStringList arguments{QStringLiteral("dsmsg-node"), QStringLiteral("--config"), file.path()};
    arguments += QString::fromUtf8(lines.data(), static_cast<qsizetype>(lines.size()))
                     .split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    const auto line = app::readCommandLine(arguments);
    if (!line)
        DSMSG_ASSERT(!line.error().text.empty(), "a refusal gives no reason");
    else if (!line->help && !line->version)
        assertUsable(line->settings);
}

} // namespace dsmsg::fuzz
