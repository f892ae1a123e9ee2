// The stages of a pipeline for CodePipeline, as lines that tests compare.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/backends/build.h"

namespace vsm::tests {

using Lines = std::vector<std::string>;

inline YAML::Node stages_of(const Built& built) {
    return built.yaml()["Resources"]["Pipeline"]["Properties"]["Stages"];
}

/// `Stage: 1 Action 2 Other` for each stage; actions as `run order name`.
inline Lines layout(const Built& built) {
    Lines lines;
    for (const YAML::Node& stage : stages_of(built)) {
        std::string line = stage["Name"].as<std::string>() + ":";
        for (const YAML::Node& action : stage["Actions"])
            line += fmt::format(" {} {}", action["RunOrder"].as<int>(), action["Name"].as<std::string>());
        lines.push_back(line);
    }
    return lines;
}

inline Lines layout(std::string_view body) {
    return layout(build("codepipeline", fmt::format("stream s {{ demand: 10/w {} }}", body)));
}

/// The pipeline's variables as `way=slow (description)`, then each stage with the condition to run it and its retry
/// mode.
inline Lines ways(const Built& built) {
    Lines lines;
    const YAML::Node properties = built.yaml()["Resources"]["Pipeline"]["Properties"];
    for (const YAML::Node& variable : properties["Variables"])
        lines.push_back(fmt::format("{}={} ({})", variable["Name"].as<std::string>(),
                                    variable["DefaultValue"].as<std::string>(),
                                    variable["Description"].as<std::string>()));
    for (const YAML::Node& stage : properties["Stages"]) {
        std::string line = stage["Name"].as<std::string>();
        if (stage["BeforeEntry"]) {
            const YAML::Node condition = stage["BeforeEntry"]["Conditions"][0];
            const YAML::Node check = condition["Rules"][0]["Configuration"];
            line += fmt::format(" {} unless {} {} {}", condition["Result"].as<std::string>(),
                                check["Variable"].as<std::string>(), check["Operator"].as<std::string>(),
                                check["Value"].as<std::string>());
        }
        if (stage["OnFailure"])
            line += fmt::format(" {} {}", stage["OnFailure"]["Result"].as<std::string>(),
                                stage["OnFailure"]["RetryConfiguration"]["RetryMode"].as<std::string>());
        lines.push_back(line);
    }
    return lines;
}

}  // namespace vsm::tests
