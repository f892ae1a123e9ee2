// The texts of the SVG and HTML outputs. Their layout is measured in a browser (tests/conformance/svg/svg_check.mjs).
#include <doctest/doctest.h>

#include "backends/svg/tags.h"
#include "backends/svg/text_fit.h"
#include "tests/unit/backends/build.h"

namespace vsm::tests {
namespace {

using backends::svg::Tag;

constexpr std::string_view file = R"(
team qa "Testers" { people: 1 }
stream s "Now" {
  supplier: "Sales", trigger: "Order", customer: "Buyer", demand: 30/w
  step a { team: qa, process: 6h, wait: 6h, ca: 80%, batch: 4, rework 50% once { process: 1h, wait: 0min } }
  parallel { step long { process: 1h, wait: 3h, ca: 90% } branch short { step cut { process: 1h, wait: 0min } } }
  choose { branch 70% x { step b { process: 1h, wait: 1h } } branch 30% y { step c { process: 1h, wait: 0min } } }
  target lead_time <= 1d by 2027-03-31
}
future f "Then" of s by 2027-01-01 {
  kaizen "Do it at once" { owner: qa change a { process: 1h, batch: 1 } }
  kaizen "Ask less" { change x { share: 10% } change y { share: 90% } }
  remove short
  add after long step new_one { process: 1h, wait: 1h }
}
)";

/// The output for the stream or future of that index.
std::string emitted(std::string_view target, std::string_view text, std::size_t stream,
                    const backends::BackendOptions& options = {}) {
    Diagnostics errors;
    const std::optional<ir::CheckedModel> model = compile_text(text, &errors);
    REQUIRE(model.has_value());
    Diagnostics diagnostics;
    const auto files =
        backends::find_backend(target)->emit({*model, model->model().streams.id_at(stream), options}, diagnostics);
    REQUIRE(files.size() == 1);
    return files.front().content;
}

std::string svg(std::size_t stream, bool compare = false) {
    backends::BackendOptions options;
    options.compare = compare;
    return emitted("svg", file, stream, options);
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

TEST_CASE("a picture names supplier, trigger and customer, both constraints, the target and what would help") {
    const std::string picture = svg(0);
    for (const std::string_view part :
         {">Supplier<", ">Sales<", ">Trigger<", ">Order<", ">Customer<", ">Buyer<", ">longest, ", ">busiest team, ",
          ">Target not met: lead time at most 1d by 2027-03-31; now ", ">lead time with rework<", " as drawn<",
          ">Halving the wait of a takes ", ">Most of the time goes to a: ", ">The busiest is Testers: "})
        CHECK_MESSAGE(holds(picture, part), part);
}

TEST_CASE("who has more than half of their time left holds nothing up, and is not marked") {
    std::string idle(file);
    idle.replace(idle.find("30/w"), 4, "3/w");
    const std::string picture = emitted("svg", idle, 0);
    CHECK(holds(picture, ">The busiest is Testers: "));
    CHECK(!holds(picture, ">busiest team, "));
}

TEST_CASE("a step shows the lead time where the map states it, else the wait, and what the short names stand for") {
    const std::string lead = emitted("svg",
                                     "stream s { step a { process: 1h, lead: 3h, ca: 90% } step b { process: 1h, lead: "
                                     "3h } step c { process: 1h, lead: 3h } }",
                                     0);
    CHECK(holds(lead, ">LT<"));
    CHECK(!holds(lead, ">Wait<"));
    CHECK(holds(lead, "; PT is process time; LT is lead time; %C&amp;A is complete and accurate<"));
    const std::string wait = emitted("svg", "stream s { step a { process: 1h, wait: 3h } }", 0);
    CHECK(holds(wait, ">Wait<"));
    CHECK(!holds(wait, ">LT<"));
    CHECK(holds(wait, "; PT is process time<"));
}

TEST_CASE("where a future states another of the two times, both are told by the wait") {
    const std::string picture = emitted("svg",
                                        "stream s { step a { process: 1h, wait: 3h } } future f of s { change a { "
                                        "process: 1h, lead: 2h, wait: none } }",
                                        1);
    CHECK(holds(picture, ">Wait<"));
    CHECK(holds(picture, ">3h → 1h<"));
    CHECK(!holds(picture, ">LT<"));
}

TEST_CASE("a branch beside the timeline is said to be off it") {
    const std::string picture = svg(0);
    CHECK(holds(picture, ">short (off the timeline)<"));
    CHECK(count(picture, "off the timeline") == 1);
}

TEST_CASE("a future shows what it changes, adds and takes away, and what does it") {
    const std::string picture = svg(1);
    CHECK(count(picture, ">changed<") == 1);
    CHECK(count(picture, ">new<") == 1);
    CHECK(holds(picture, ">6h → 1h<"));
    CHECK(holds(picture, ">was 4<"));
    CHECK(holds(picture, ">10% x (was 70%)<"));
    CHECK(holds(picture, ">Do it at once — Testers<"));
    CHECK(holds(picture, ">Removed<"));
    CHECK(holds(picture, ">short<"));
    // one burst at the step and in the list, the other at both branches and in the list
    CHECK(count(picture, "class=\"star\"") == 5);
    // all totals except the rolled %C&A, which is unchanged
    CHECK(count(picture, ">now ") == 3);
}

TEST_CASE("beside its future a stream shows what that takes away") {
    const std::string picture = svg(1, true);
    CHECK(count(picture, "class=\"h\"") == 2);
    CHECK(count(picture, ">removed<") == 1);
    CHECK_FALSE(holds(svg(0), ">removed<"));
}

TEST_CASE("a map of names says once that times are unknown, and leaves out what it does not speak of") {
    const std::string picture = emitted("svg", "stream s { timings: unknown step a step b }", 0);
    CHECK(count(picture, ">?<") == 1);
    CHECK(holds(picture, ">no step has a time yet<"));
    CHECK_FALSE(holds(picture, "rolled"));
    CHECK_FALSE(holds(picture, "data-seconds"));
}

TEST_CASE("a picture needs nothing that old programs lack") {
    const std::string picture = svg(1, true);
    CHECK_FALSE(holds(picture, "var("));
    CHECK(holds(picture, "@media screen and (prefers-color-scheme:dark)"));
}

TEST_CASE("a page says in words what its picture shows, and lays each future beside now") {
    const std::string page = emitted("html", file, 0);
    for (const std::string_view part :
         {">lead time at most 1d by 2027-03-31<", ">not met<", ">Where it is held up<", ">What would help most<",
          ">Where the time goes<", ">Then, by 2027-01-01<", ">Do it at once<", ">lead time with rework<"})
        CHECK_MESSAGE(holds(page, part), part);
    CHECK(holds(emitted("html", file, 1), ">Beside Now<"));
}

TEST_CASE("tags flow into rows, and the widest says how wide a column of them is") {
    const std::vector<Tag> tags{{"1", 1, false}, {"changed", 0, false}, {"longest, 43.2%", 0, true}};
    const backends::svg::TagFlow one = backends::svg::flow(tags, 1000), narrow = backends::svg::flow(tags, 10);
    CHECK(one.height == backends::svg::tag_row);
    CHECK(narrow.height == 3 * backends::svg::tag_row);
    CHECK(narrow.width == backends::svg::widest(tags));
    CHECK(one.width > narrow.width);
    CHECK(backends::svg::flow({}, 100).height == 0);
}

TEST_CASE("what does not fit is cut between whole characters, and words are broken where they have parts") {
    using namespace backends::svg;
    CHECK(fitted("short", 200, 12) == "short");
    CHECK(fitted("日本語日本語日本語", 60, 12) == "日本語…");
    CHECK(fitted("👍🏽👍🏽👍🏽👍🏽", 60, 12) == "👍🏽…");
    CHECK(wrapped("ProvisionEnvironment", 90, 12, 3, Weight::bold) ==
          std::vector<std::string>{"Provision", "Environment"});
    CHECK(text_width("日本", 10) > text_width("ab", 10));
}

}  // namespace
}  // namespace vsm::tests
