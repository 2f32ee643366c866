// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads the text of /metrics by the description of the format, strictly, and says what is wrong with it.
// Written from that description and not from the writer.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dsmsg::test {

class MetricsText
{
public:
    explicit MetricsText(std::string_view text);

    /// One a line; empty: it is well formed.
    const std::string& problems() const { return problems_; }
    std::size_t size() const { return samples_.size(); }
    /// `sample` as it is written, labels included: `name{label="value"}`.
    std::optional<double> value(const std::string& sample) const;

private:
    struct Family
    {
        std::string type;
        bool help = false;
        std::vector<std::pair<std::string, double>> buckets; ///< limit, count
        std::optional<double> count;
        bool sum = false;
    };

    void readComment(std::string_view line);
    void readSample(std::string_view line);
    Family* familyOf(const std::string& name);
    void checkHistograms();
    void complain(std::string_view what, std::string_view line);

    std::map<std::string, Family> families_;
    std::map<std::string, double> samples_;
    std::string problems_;
};

} // namespace dsmsg::test
