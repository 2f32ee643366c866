// SPDX-License-Identifier: GPL-3.0-or-later
//
// write_seeds DIRECTORY: puts the seeds in our own encodings where libFuzzer finds them, a folder a target.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tests/fuzz/Targets.h"

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fputs("usage: write_seeds DIRECTORY\n", stderr);
        return 2;
    }
    std::size_t number = 0;
    for (const auto& [target, bytes] : dsmsg::fuzz::encodedSeeds()) {
        const std::filesystem::path folder = std::filesystem::path(argv[1]) / target;
        std::filesystem::create_directories(folder);
        std::ofstream file(folder / ("encoded-" + std::to_string(number++)), std::ios::binary);
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        if (!file.flush()) {
            std::fprintf(stderr, "cannot write to %s\n", folder.c_str());
            return 1;
        }
    }
    return 0;
}
