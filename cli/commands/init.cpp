#include <fmt/format.h>

#include <filesystem>

#include "base/text.h"
#include "cli/args/command.h"
#include "cli/io/files.h"
#include "cli/io/shell_words.h"
#include "cli/session.h"

namespace vsm::cli {
namespace {

constexpr std::string_view starting_map =
    R"(# A value stream map: the steps that turn a request into something a customer uses.
# Change the lines below into your own, then:  vsm lint FILE  and  vsm metrics FILE

stream delivery "Change: idea to production" {
  trigger: "Change requested"       # where it begins
  customer: "Users of the service"  # who gets it in the end

  # Steps run in the order written. For each one, ask the people who do it:
  #   process  hands-on time          30min, 2h, 1d (a day is 8 working hours)
  #   lead     working time from "could start" to "handed on"; it includes the process time
  #   ca       how much of what it hands on the next step can use as it is
  # Nobody knows yet? Write ?, as in  lead: ?   Only a guess? Write ~, as in  ca: ~80%
  step build  "Build it"  { team: dev, process: 1d,    lead: 3d, ca: 85% }
  step review "Review it" { team: dev, process: 30min, lead: 1d, ca: 90% }
  step test   "Test it"   { team: qa,  process: 3h,    lead: 2d, ca: ~80% }
  wait 1w "Release window"  # time between steps in which nothing happens
  step deploy "Deploy it" {
    team: ops
    process: 30min
    lead: 4h
    ca: 95%
    rework 5% to build  # what is sent back, and how far
  }

  target lead_time <= 5d by 2027-12-31
}
)";

struct InitOptions {
    std::string file;
    bool force = false;
};

int run(const InitOptions& options, const CommonOptions& common) {
    const std::string& path = options.file;
    if (path == "-") {
        print(starting_map);
        return exit_clean;
    }
    if (is_folder(path))
        return trouble(fmt::format("{0} is a folder; name a file in it, such as {1}", path,
                                   (std::filesystem::path(path) / "map.vsm").lexically_normal().string()));
    if (exists(path) && !options.force) return trouble(fmt::format("{} is there already; `--force` replaces it", path));
    const std::string folder = std::filesystem::path(path).parent_path().string();
    if (!folder.empty())
        if (const auto made = make_folder(folder, common.links); !made) return trouble(made.error());
    if (const auto written = write_file(path, std::string(starting_map), {options.force, common.links}); !written)
        return trouble(written.error());
    if (!common.quiet)
        print_error(fmt::format("wrote {}; next: vsm metrics {}\n", log_text(path), log_text(shell_word(path))));
    return exit_clean;
}

class Init final : public Command {
    void declare(Flags& flags) override {
        flags.argument("FILE", options_.file, "File to write (default: map.vsm); - for standard output")
            .completes(Candidates::Files::any);
        flags.toggle("--force", options_.force, "Replace an existing file");
        flags.follow();
        flags.common();
    }
    UsageError settle() override {
        if (options_.file.empty()) options_.file = "map.vsm";
        return std::nullopt;
    }
    int run(const CommonOptions& common) override { return cli::run(options_, common); }

    InitOptions options_;
};

}  // namespace

extern const CommandInfo init_command;
const CommandInfo init_command{
    "init", "Write a commented map to start from", {"vsm init checkout.vsm", "vsm init -"}, make_command<Init>};

}  // namespace vsm::cli
