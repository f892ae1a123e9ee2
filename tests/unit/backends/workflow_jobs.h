// The jobs of a workflow for GitHub and their steps, as lines that tests compare.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/backends/build.h"

namespace vsm::tests {

using Lines = std::vector<std::string>;

/// `job <need <need if condition` for each job.
inline Lines jobs(const Built& built) {
    Lines lines;
    for (const auto& job : built.yaml()["jobs"]) {
        std::string line = job.first.as<std::string>();
        for (const YAML::Node& need : job.second["needs"]) line += " <" + need.as<std::string>();
        if (job.second["if"].IsDefined()) line += " if " + job.second["if"].as<std::string>();
        lines.push_back(line);
    }
    return lines;
}

inline Lines jobs(std::string_view body) {
    return jobs(build("github", fmt::format("stream s {{ demand: 10/w {} }}", body)));
}

inline Lines step_names(const Built& built, const std::string& job) {
    Lines names;
    for (const YAML::Node& step : built.yaml()["jobs"][job]["steps"]) names.push_back(step["name"].as<std::string>());
    return names;
}

}  // namespace vsm::tests
