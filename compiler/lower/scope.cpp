#include "compiler/lower/scope.h"

namespace vsm::lower {
namespace {

constexpr std::size_t most_listed = 10;

}  // namespace

std::string other_names(std::string_view kind, std::string_view name, const std::vector<std::string_view>& known) {
    if (kind == "team") return fmt::format("declare it with `team {}`, or import the file that declares it", name);
    if (known.empty())
        return fmt::format("nothing here has a name yet; a name goes right after the keyword, before the title");
    if (known.size() > most_listed) return fmt::format("none of the {} names here is similar", known.size());
    std::string list;
    for (std::size_t i = 0; i < known.size(); ++i)
        list += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == known.size() ? " and " : ", ", known[i]);
    return fmt::format("there {} {}", known.size() == 1 ? "is only" : "are", list);
}

}  // namespace vsm::lower
