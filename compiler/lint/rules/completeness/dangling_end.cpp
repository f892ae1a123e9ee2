#include <algorithm>

#include "compiler/lint/traverse.h"
#include "diag/rules/dangling_end.h"

namespace vsm::lint::rules {
namespace {

class StreamCheck {
public:
    StreamCheck(ir::StreamId id, const ir::Stream& stream, Reporter& reporter)
        : id_(id), stream_(stream), reporter_(reporter) {}

    void run() {
        look(stream_.body, fmt::format("stream `{}`", stream_.name.value));
        for (const ir::Element& element : stream_.elements) {
            if (const auto* stage = std::get_if<ir::Stage>(&element.what)) look(stage->body, called(element));
            if (const auto* branch = std::get_if<ir::Branch>(&element.what)) look(branch->body, called(element));
        }
    }

private:
    void look(const ir::Body& body, const std::string& where) {
        const auto given = [&](ir::ElementId one) { return stream_.elements[one].after_given; };
        if (std::none_of(body.elements.begin(), body.elements.end(), given)) return;
        const std::vector<ir::ElementId> ends = ir::ends_of(stream_, body);
        const ir::ElementId last = body.elements.back();
        for (const ir::ElementId end : ends) {
            if (end == last) continue;
            const ir::Element& element = stream_.elements[end];
            reporter_
                .report(diag::dangling_end, {id_, end}, element.range, element.label, where,
                        stream_.elements[last].label)
                .label(stream_.elements[last].range, "the last one in the text")
                .help(fmt::format("if another element should wait for it, add `after: {}` there; if both run side by "
                                  "side, `parallel` shows it better",
                                  element.label));
        }
    }

    ir::StreamId id_;
    const ir::Stream& stream_;
    Reporter& reporter_;
};

void check(const LintInput& input, Reporter& reporter) {
    each_stream(input.model.model(),
                [&](ir::StreamId id, const ir::Stream& stream) { StreamCheck(id, stream, reporter).run(); });
}

}  // namespace

extern const Rule dangling_end;
const Rule dangling_end{
    .code = diag::dangling_end.code,
    .what = "An element that nothing follows, other than the last one in the text, in a block that uses `after`.",
    .why = "It leads to the end of the block, which then waits for it as for all other ends. Often the element that "
           "should follow it names only one of its predecessors in `after`.",
    .bad = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { after: start, kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { after: review, process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { after: test, process: 30min, lead: 4h, ca: 90% }
}
)",
    .good = R"(stream checkout "Checkout" {
  trigger: "Change committed"
  customer: "Online shoppers"
  step review "Review" { process: 45min, lead: 1d, ca: 85% }
  step build "Build" { after: start, kind: automated, process: 12min, lead: 20min, ca: 95% }
  step test "Test" { after: [review, build], process: 3h, lead: 2d, ca: 75% }
  step deploy "Deploy" { after: test, process: 30min, lead: 4h, ca: 90% }
}
)",
    .check = check,
};

}  // namespace vsm::lint::rules
