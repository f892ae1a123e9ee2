#include "backends/codepipeline/aws_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace vsm::backends::codepipeline {
namespace {

bool begins_reference(std::string_view rest) { return lower_case(rest.substr(0, 9)) == "{{resolve"; }

}  // namespace

SinkText<AwsSink> AwsSink::escape(std::string_view text) {
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    const std::string visible = printable(line);
    std::string fit;
    for (std::size_t at = 0; at < visible.size(); ++at) {
        fit += visible[at];
        const bool variable = (visible[at] == '$' || visible[at] == '#') && visible.compare(at + 1, 1, "{") == 0;
        if (variable || begins_reference(std::string_view(visible).substr(at))) fit += ' ';
    }
    return SinkText<AwsSink>(std::move(fit));
}

SinkText<AwsSink> AwsSink::json_line(const MapOf<SinkText<AwsSink>>& document) {
    return SinkText<AwsSink>(write_json_line(document.value()));
}

SinkText<AwsSink> AwsSink::variable(std::string_view name) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    VSM_CHECK(!name.empty() && name.find_first_not_of(plain) == std::string_view::npos);
    return SinkText<AwsSink>(fmt::format("#{{variables.{}}}", name));
}

}  // namespace vsm::backends::codepipeline
