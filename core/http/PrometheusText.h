// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes the text that Prometheus scrapes (its documentation, "Exposition formats", version 0.0.4): for each
// family a line of help, a line with the type, and its samples in one block. Names and units are the caller's
// affair: base units, `_total` on counters.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "core/base/Histogram.h"

namespace dsmsg::http {

class PrometheusText
{
public:
    static constexpr std::string_view contentType = "text/plain; version=0.0.4; charset=utf-8";

    enum class Type : std::uint8_t
    {
        Counter,
        Gauge
    };
    struct Label
    {
        std::string_view name;
        std::string_view value; ///< any UTF-8
    };
    using Labels = std::initializer_list<Label>;

    /// Appends to `out`, which outlives the writer.
    explicit PrometheusText(std::string& out)
        : out_(out)
    {
    }

    /// Begins a family: samples follow until the next one. `help` is one line.
    PrometheusText& family(Type type, std::string_view name, std::string_view help);
    PrometheusText& sample(double value, Labels labels = {});
    PrometheusText& sample(std::uint64_t value, Labels labels = {});
    PrometheusText& sample(Duration value, Labels labels = {}) { return sample(toSeconds(value), labels); }

    /// A family of one sample.
    template <class Value>
    PrometheusText& gauge(std::string_view name, std::string_view help, Value value)
    {
        return family(Type::Gauge, name, help).sample(value);
    }
    PrometheusText& counter(std::string_view name, std::string_view help, std::uint64_t value)
    {
        return family(Type::Counter, name, help).sample(value);
    }
    /// In seconds; the limits are powers of two of a microsecond, from 64 us to 8.4 s, where the counts are
    /// exact.
    PrometheusText& histogram(std::string_view name, std::string_view help, const Histogram& histogram);

private:
    void head(std::string_view type, std::string_view name, std::string_view help);
    void name(std::string_view suffix, Labels labels);

    std::string& out_;
    std::string family_;
};

} // namespace dsmsg::http
