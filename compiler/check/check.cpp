#include "compiler/check/check.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "compiler/check/checks.h"

namespace vsm::check {

/// The only maker of checked models.
class Minter {
public:
    static ir::CheckedModel mint(ir::Model model, IdVector<ir::StreamId, ir::StreamFacts> facts) {
        return ir::CheckedModel(std::move(model), std::move(facts));
    }
};

std::string name_of(const ir::Element& element) { return fmt::format("{} `{}`", keyword_of(element), element.label); }

namespace {

/// The diagnostics that one stream's checks added: from `first` up to `last`.
struct Share {
    const ir::Stream* stream;
    std::size_t first, last;
};

bool shows(const Diagnostic& found, const ir::Stream& stream) {
    const auto inside = [&](SourceRange range) {
        return range.file == stream.block_range.file && range.begin >= stream.block_range.begin && range.end <= stream.block_range.end;
    };
    return found.range == stream.range || inside(found.range) ||
           std::any_of(found.labels.begin(), found.labels.end(), [&](const Label& label) { return inside(label.range); });
}

/// What is wrong only in a future, but written in the stream it is based on, says so.
void name_futures(const std::vector<Share>& shares, Diagnostics& diagnostics) {
    std::set<std::pair<SourceRange, Code>> wrong_today;
    for (const Share& share : shares)
        for (std::size_t i = share.first; i < share.last && !share.stream->future; ++i)
            wrong_today.emplace(diagnostics.all()[i].range, diagnostics.all()[i].code);
    for (const Share& share : shares) {
        for (std::size_t i = share.first; i < share.last && share.stream->future; ++i) {
            Diagnostic& found = diagnostics.items()[i];
            if (!shows(found, *share.stream) && !wrong_today.contains({found.range, found.code})) found.labels.push_back({share.stream->range, "in this future"});
        }
    }
}

}  // namespace

std::optional<ir::CheckedModel> check(ir::Model model, Diagnostics& diagnostics) {
    IdVector<ir::StreamId, ir::StreamFacts> facts;
    std::vector<Share> shares;
    for (const ir::Stream& stream : model.streams) {
        ir::StreamFacts own;
        own.elements.resize(stream.elements.size());
        const std::size_t before = diagnostics.all().size();
        const bool acyclic = check_cycles(stream, diagnostics);
        check_shape(model, stream, diagnostics);
        check_timings(stream, own, diagnostics);
        check_shares(stream, own, diagnostics);
        check_queues(stream, own, diagnostics);
        if (acyclic) check_rework(stream, diagnostics);
        shares.push_back({&stream, before, diagnostics.all().size()});
        facts.add(std::move(own));
    }
    name_futures(shares, diagnostics);
    if (diagnostics.has_errors()) return std::nullopt;
    return Minter::mint(std::move(model), std::move(facts));
}

}  // namespace vsm::check
