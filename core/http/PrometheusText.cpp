// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/PrometheusText.h"

#include <array>
#include <charconv>
#include <cmath>

namespace dsmsg::http {

namespace {

constexpr unsigned exponentFirst = 6;
constexpr unsigned exponentLast = 23;

template <class Number>
void appendNumber(std::string& out, Number number)
{
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void appendValue(std::string& out, double value)
{
    if (std::isnan(value))
        out += "NaN";
    else if (std::isinf(value))
        out += value > 0 ? "+Inf" : "-Inf";
    else
        appendNumber(out, value);
}

void appendEscaped(std::string& out, std::string_view text)
{
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == '\\' || c == '"')
            out += '\\';
        out += c;
    }
}

} // namespace

void PrometheusText::head(std::string_view type, std::string_view name, std::string_view help)
{
    family_ = name;
    out_.append("# HELP ").append(name).append(" ").append(help).append("\n");
    out_.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

PrometheusText& PrometheusText::family(Type type, std::string_view name, std::string_view help)
{
    head(type == Type::Counter ? "counter" : "gauge", name, help);
    return *this;
}

void PrometheusText::name(std::string_view suffix, Labels labels)
{
    out_.append(family_).append(suffix);
    char separator = '{';
    for (const Label& label : labels) {
        out_ += separator;
        out_.append(label.name).append("=\"");
        appendEscaped(out_, label.value);
        out_ += '"';
        separator = ',';
    }
    out_ += labels.size() == 0 ? " " : "} ";
}

PrometheusText& PrometheusText::sample(double value, Labels labels)
{
    name({}, labels);
    appendValue(out_, value);
    out_ += '\n';
    return *this;
}

PrometheusText& PrometheusText::sample(std::uint64_t value, Labels labels)
{
    name({}, labels);
    appendNumber(out_, value);
    out_ += '\n';
    return *this;
}

PrometheusText& PrometheusText::histogram(std::string_view familyName, std::string_view help,
                                          const Histogram& histogram)
{
    head("histogram", familyName, help);
    for (unsigned exponent = exponentFirst; exponent <= exponentLast; ++exponent) {
        std::string limit;
        appendNumber(limit, toSeconds(Duration(std::int64_t{1} << exponent)));
        name("_bucket", {{"le", limit}});
        appendNumber(out_, histogram.countBelowPowerOfTwo(exponent));
        out_ += '\n';
    }
    name("_bucket", {{"le", "+Inf"}});
    appendNumber(out_, histogram.count());
    out_ += '\n';
    name("_sum", {});
    appendValue(out_, toSeconds(histogram.sum()));
    out_ += '\n';
    name("_count", {});
    appendNumber(out_, histogram.count());
    out_ += '\n';
    return *this;
}

} // namespace dsmsg::http
