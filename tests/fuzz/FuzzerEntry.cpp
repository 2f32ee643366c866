// SPDX-License-Identifier: GPL-3.0-or-later
//
// libFuzzer's entry points around one target, which CMake names in DSMSG_FUZZ_TARGET.
#include <cstddef>
#include <cstdint>

#include <QLoggingCategory>

#include "tests/fuzz/Targets.h"

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/)
{
    QLoggingCategory::setFilterRules(QStringLiteral("*=false"));
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    // No input at all comes as a null pointer, which a view may have but memcpy may not.
    const char* text = size == 0 ? "" : reinterpret_cast<const char*>(data);
    dsmsg::fuzz::DSMSG_FUZZ_TARGET({text, size});
    return 0;
}
