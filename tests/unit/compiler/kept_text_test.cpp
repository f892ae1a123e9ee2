// One mistake is one error, and its fix keeps every word, number and text that it does not replace by the right one.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>

#include "base/diagnostics/fixes.h"
#include "compiler/parse/parse.h"
#include "compiler/sound_fixes.h"
#include "tests/support/mutants.h"

namespace {

using namespace vsm;

/// An item of a stream, and what its fixes make of it; the same if none is offered.
struct Written {
    std::string_view item, fixed = item;
};

constexpr std::string_view before = "stream s {\n  step x \"X\" { process: 1h, lead: 1d }\n  ",
                           behind = "\n  step y { process: 1h, lead: 1d }\n}\n";

constexpr auto texts = std::to_array<Written>(
    {{"step a { allow missing-ca nobody knows, process: 1h, lead: 1d }",
      "step a { allow missing-ca \"nobody knows\", process: 1h, lead: 1d }"},
     {"step a { note ask Bob, process: 1h, lead: 1d }", "step a { note \"ask Bob\", process: 1h, lead: 1d }"},
     {"step a { note ask Bob process: 1h, lead: 1d }", "step a { note \"ask Bob\" process: 1h, lead: 1d }"},
     {"step a { kaizen do it, process: 1h, lead: 1d }", "step a { kaizen \"do it\", process: 1h, lead: 1d }"},
     {"step a { process: 1h, lead: 1d, allow missing-ca not asked, ca: 90% }",
      "step a { process: 1h, lead: 1d, allow missing-ca \"not asked\", ca: 90% }"},
     {"step a { allow missing-ca, process: 1h, lead: 1d }"},
     {"note all in all, wait 1d"},
     {"target rolled_ca from 47 % to >= 60%", "target rolled_ca from 47% to >= 60%"},
     {"target lead_time != 3d"},
     {"target lead_time + <= 3d"},
     {"target rolled_ca % >= 80%", "target rolled_ca >= 80%"},
     {"target lead_time & process_time <= 3d"},
     {"target steps * 2 <= 3"},
     {"target rolled_ca from 10% @to >= 20%"},
     {"target"},
     {"target lead_time \"Our promise\" <= 3d"},
     {"x -> y"},
     {"; wait 3d \"Board\""},
     {"step a { team: R&D, process: 1h, lead: 1d }"},
     {"step a { team: Dev Team, QA, process: 1h, lead: 1d }"},
     {"step a { team: dev, qa, process: 1h, lead: 1d }", "step a { team: [dev, qa], process: 1h, lead: 1d }"},
     {"calendar: 8h/d 5d/w \"office\""},
     {"deploys: 40/w/d"},
     {"deploys: -40/w"},
     {"step a { process: 1h, lead: 25h, ca 90% }", "step a { process: 1h, lead: 25h, ca: 90% }"},
     {"step a { process: 1h, lead: 1d, ca: 99% c }"},
     {"step a { process: 1h, lead: 1d, ca: \"c\" 90% }"},
     {"team qa, ops { people: 3 }"},
     {"step a \"\"Title\"\" { process: 1h, lead: 1d }", "step a \"Title\" { process: 1h, lead: 1d }"},
     {"step a \"A\" \"B\" { process: 1h, lead: 1d }"},
     {"step a \"A\", { process: 1h, lead: 1d }", "step a \"A\" { process: 1h, lead: 1d }"},
     {"step a = \"A\" { process: 1h, lead: 1d }", "step a \"A\" { process: 1h, lead: 1d }"},
     {"step a Review the change { process: 1h, lead: 1d }", "step a \"Review the change\" { process: 1h, lead: 1d }"},
     {"choose c { branch 70 % b1 { wait 1d } branch b2 {} }", "choose c { branch 70% b1 { wait 1d } branch b2 {} }"},
     {"choose c { branch 30% step a { process: 1h, lead: 1d } branch {} }"},
     {"step a { process: lognormal(p50: 1h, p85 = 2h), lead: 1d }",
      "step a { process: lognormal(p50 1h, p85 2h), lead: 1d }"},
     {"step a { process: exponential 1h, lead: 1d }", "step a { process: exponential(1h), lead: 1d }"},
     {"queue -3"},
     {"wait { 2d }", "wait 2d"},
     {"step a { process: 1h, lead: 1d, rework 15% to x once }",
      "step a { process: 1h, lead: 1d, rework 15% once to x }"},
     {"kaizen \"K\" by 2027-01-01", "kaizen \"K\" { due: 2027-01-01 }"},
     {"target lead_time from 5d to 3d"},
     {"target lead_time 5d <= 3d"},
     {"owner: Bob, Alice"},
     {"choose c"}});

std::string framed(std::string_view item) { return fmt::format("{}{}{}", before, item, behind); }

}  // namespace

TEST_CASE("one mistake is one error, and what it does not concern stays") {
    for (const Written& one : texts) {
        CAPTURE(one.item);
        tests::SampleReader reader;
        Workspace workspace(reader);
        Diagnostics diagnostics;
        const Compilation made = workspace.compile("map.vsm", framed(one.item), diagnostics);
        CHECK(diagnostics.error_count() == 1);
        keep_sound_fixes({workspace.sources(), made.files, "map.vsm", diagnostics.items(), diagnostics.all().size()},
                         reader);
        CHECK(apply_fixes(workspace.sources()[made.file], diagnostics.all()).text == framed(one.fixed));
    }
}

TEST_CASE("a word that is not read as written is reported") {
    const auto is_plain = [](const parse::Token& one) { return !one.repaired && !one.phrase; };
    for (const Written& one : texts) {
        CAPTURE(one.item);
        const SourceFile source(FileId{0}, "map.vsm", framed(one.item));
        Diagnostics diagnostics;
        const auto read = parse::read(source, diagnostics);
        const bool plain = std::all_of(read.words.begin(), read.words.end(), is_plain);
        tests::SampleReader reader;
        Workspace workspace(reader);
        Diagnostics found;
        workspace.compile("map.vsm", framed(one.item), found);
        CHECK((plain || found.has_errors()));
    }
}
