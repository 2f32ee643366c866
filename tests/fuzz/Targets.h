// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every place where bytes from outside come in, as one function of the bytes. A target returns when its
// properties held and aborts with a sentence when one did not (DSMSG_ASSERT), so that libFuzzer, a sanitizer
// and a plain test see the same thing. FuzzerEntry.cpp makes a libFuzzer program of one target;
// tst_fuzz_seeds replays the seeds of all of them in every build.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dsmsg::fuzz {

/// A connection's bytes: what is framed does not depend on how they were cut into reads.
void httpFraming(std::string_view input);
/// A request's body, read by every route that takes one.
void httpBody(std::string_view input);
/// One WebSocket message of the peer link.
void peerFrame(std::string_view input);
/// The data of a Command entry.
void command(std::string_view input);
/// A piece of a snapshot, as it arrives and with a CRC that fits.
void snapshotChunk(std::string_view input);
/// The data of a Configuration entry; and a script of changes to a valid configuration.
void configuration(std::string_view input);
/// Arguments, one a line, then a zero byte and the text of the configuration file.
void nodeOptions(std::string_view input);
/// A script of what peers, disk, clock and administrator do to one Raft core.
void raftCore(std::string_view input);

struct Target
{
    const char* name; ///< of the program, less "fuzz_", and of the folder in seeds/
    void (*run)(std::string_view);
};

inline constexpr std::array<Target, 8> targets{{{"http_framing", httpFraming},
                                                {"http_body", httpBody},
                                                {"peer_frame", peerFrame},
                                                {"command", command},
                                                {"snapshot_chunk", snapshotChunk},
                                                {"configuration", configuration},
                                                {"node_options", nodeOptions},
                                                {"raft_core", raftCore}}};

/// Valid inputs in our own encodings, by target. Made by a program, because a file would rot silently when
/// an encoding changes its version.
std::vector<std::pair<std::string, std::string>> encodedSeeds();

} // namespace dsmsg::fuzz
