#include "cli/args/flags.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "cli/args/values.h"

namespace vsm::cli {

Flag& Flags::add(std::string names, std::string value, std::string help) {
    Flag& flag = flags_.emplace_back();
    flag.names = std::move(names);
    flag.value = std::move(value);
    flag.help = std::move(help);
    return flag;
}

Flag& Flags::toggle(std::string names, bool& to, std::string help) {
    Flag& flag = add(std::move(names), {}, std::move(help));
    flag.read = [&to](const Words&) {
        to = true;
        return std::nullopt;
    };
    return flag;
}

Flag& Flags::text(std::string names, std::string value, std::string& to, std::string help) {
    return parsed(std::move(names), std::move(value), std::move(help), [&to](const std::string& given) {
        to = given;
        return std::nullopt;
    });
}

Flag& Flags::texts(std::string names, std::string value, Words& to, std::string help) {
    return list(std::move(names), std::move(value), std::move(help), [&to](const Words& given) {
        to = given;
        return std::nullopt;
    });
}

Flag& Flags::parsed(std::string names, std::string value, std::string help, Reader read) {
    Flag& flag = add(std::move(names), std::move(value), std::move(help));
    flag.read = [read = std::move(read)](const Words& given) { return read(given.front()); };
    return flag;
}

Flag& Flags::list(std::string names, std::string value, std::string help, ListReader read) {
    Flag& flag = add(std::move(names), std::move(value), std::move(help));
    flag.many = true;
    flag.read = std::move(read);
    return flag;
}

Flag& Flags::argument(std::string name, std::string& to, std::string help) {
    return text(std::move(name), "TEXT", to, std::move(help));
}

Flag& Flags::arguments(std::string name, Words& to, std::string help) {
    return texts(std::move(name), "TEXT", to, std::move(help));
}

Flag& Flags::one_of(std::string names, std::string value, Words words, std::string help,
                    std::function<void(std::size_t)> set) {
    Flag& flag = add(std::move(names), std::move(value), std::move(help));
    flag.candidates.words = words;
    flag.read = [spelling = flag.spelling(), words, set = std::move(set)](const Words& given) -> UsageError {
        const auto found = std::find(words.begin(), words.end(), given.front());
        if (found == words.end()) return not_one_of(spelling, given.front(), words);
        set(static_cast<std::size_t>(found - words.begin()));
        return std::nullopt;
    };
    return flag;
}

Flag& Flags::whole_number(std::string names, std::string value, int from, int most, std::string help,
                          std::function<void(int)> set) {
    Flag& flag = add(std::move(names), std::move(value), std::move(help));
    flag.read = [spelling = flag.spelling(), from, most, set = std::move(set)](const Words& given) -> UsageError {
        const std::string& text = given.front();
        int number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc() || end != text.data() + text.size() || number < from || number > most)
            return fmt::format("{} takes a whole number from {} to {}, found `{}`", spelling, from, most, text);
        set(number);
        return std::nullopt;
    };
    return flag;
}

void Flags::config(ConfigChoice& to) {
    text("--config", "FILE", to.file, "Use this configuration instead of the nearest .vsm.yaml")
        .completes(Candidates::Files::any);
    toggle("--no-config", to.none, "Use no configuration").excludes("--config");
}

void Flags::outputs(Backends& to, std::string help) {
    const auto read = [&to](const Words& given) { return read_outputs(given, to); };
    list("-t,--to", "OUTPUT[,OUTPUT]", std::move(help), read).completes({output_names(), {}, {}, true});
    list("--target", "OUTPUT[,OUTPUT]", "Former name of --to", read).hidden();
}

void Flags::what_if(Words& to) {
    texts("--what-if", "ELEMENT.PROPERTY=VALUE", to,
          "Compute with this value instead, such as deploy.wait=1h; may be repeated");
}

void Flags::follow() {
    add("--follow", {}, "Allow links that lead out of the repository").read = [&links = common_.links](const Words&) {
        links = Links::followed;
        return std::nullopt;
    };
}

void Flags::common() {
    static constexpr std::array<std::string_view, 3> modes{"auto", "always", "never"};
    choice("--color", "WHEN", common_.color, modes, "Color the output: auto, always or never");
    toggle("-q,--quiet", common_.quiet, "Print no closing line and no lines about written files");
}

}  // namespace vsm::cli
