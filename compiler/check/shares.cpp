#include "compiler/check/all_checks.h"
#include "diag/check.h"
#include "diag/lower.h"
#include "diag/parse.h"

namespace vsm::check {
namespace {

class ShareCheck {
public:
    ShareCheck(const ir::Stream& stream, ir::StreamFacts& facts, Diagnostics& diagnostics)
        : stream_(stream), facts_(facts), diagnostics_(diagnostics) {}

    void run() {
        for (std::size_t i = 0; i < stream_.elements.size(); ++i) {
            const ir::ElementId id = stream_.elements.id_at(i);
            const ir::Element& element = stream_.elements[id];
            if (const auto* choose = std::get_if<ir::Choose>(&element.what)) settle(element, choose->branches);
            if (const auto* parallel = std::get_if<ir::Parallel>(&element.what)) refuse_shares(parallel->branches);
        }
        // A parent has a smaller id than its children, so one pass is enough.
        for (std::size_t i = 0; i < stream_.elements.size(); ++i) {
            const ir::ElementId id = stream_.elements.id_at(i);
            const ir::ElementId parent = stream_.elements[id].parent;
            facts_.elements[id].share =
                (parent.valid() ? facts_.elements[parent].share : 1.0) * facts_.elements[id].branch_share;
        }
    }

private:
    const ir::Branch& branch(ir::ElementId id) const { return *std::get_if<ir::Branch>(&stream_.elements[id].what); }

    void refuse_shares(const std::vector<ir::ElementId>& branches) {
        for (const ir::ElementId id : branches)
            if (branch(id).share)
                diagnostics_
                    .report(diag::misplaced_statement, branch(id).share_range, "share", "a branch of a parallel")
                    .help("all branches of a parallel run; for one of several write `choose`");
    }

    void settle(const ir::Element& choose, const std::vector<ir::ElementId>& branches) {
        std::int64_t total = 0;
        std::vector<ir::ElementId> open;
        bool damaged = choose.damaged || stream_.damaged;
        for (const ir::ElementId id : branches) {
            damaged = damaged || (stream_.elements[id].damaged && !branch(id).share);
            if (branch(id).share) {
                total += branch(id).share->parts;
                facts_.elements[id].branch_share = branch(id).share->value();
            } else {
                open.push_back(id);
            }
        }
        if (open.size() == 1 && total <= Ratio::whole) {
            facts_.elements[open.front()].branch_share = Ratio{Ratio::whole - total}.value();
            return;
        }
        if (damaged || branches.empty() || (open.empty() && total == Ratio::whole)) return;
        auto report =
            diagnostics_.report(diag::shares_not_whole, choose.range, name_of(choose), format_exactly(Ratio{total}));
        for (const ir::ElementId id : branches)
            report.label(branch(id).share ? branch(id).share_range : stream_.elements[id].range,
                         branch(id).share ? "" : "no share");
        report.help(open.size() > 1 ? "give every branch but one a share: `branch 70% name { … }`"
                                    : "make them add up to 100%; one branch may omit its share and takes the rest");
    }

    const ir::Stream& stream_;
    ir::StreamFacts& facts_;
    Diagnostics& diagnostics_;
};

}  // namespace

void check_shares(const ir::Stream& stream, ir::StreamFacts& facts, Diagnostics& diagnostics) {
    ShareCheck(stream, facts, diagnostics).run();
}

void check_queues(const ir::Stream& stream, const ir::StreamFacts& facts, Diagnostics& diagnostics) {
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const ir::ElementId id = stream.elements.id_at(i);
        const ir::Element& element = stream.elements[id];
        const auto* queue = std::get_if<ir::Queue>(&element.what);
        if (queue == nullptr || element.damaged) continue;
        if (!stream.demand) {
            if (!stream.damaged)
                diagnostics.report(diag::queue_without_demand, queue->range, name_of(element))
                    .help("add `demand: 40/w` to the stream, or write the time: `wait 2d`");
        } else if (facts.elements[id].share <= 0) {
            diagnostics.report(diag::queue_never_moves, element.range, name_of(element))
                .help("give the branch a share, or remove the queue");
        } else if (ir::waiting_time(*queue, *stream.demand, facts.elements[id].share) >
                   static_cast<double>(longest_duration.microseconds)) {
            diagnostics
                .report(diag::out_of_range, queue->range,
                        fmt::format("the time that an item waits in {}", name_of(element)), "0 to 100 years")
                .help("it is the number of items / (demand · share of the branch); correct the number or the demand, "
                      "or write the time as a wait: `wait 2w`");
        }
    }
}

}  // namespace vsm::check
