#include "ir/roots.h"

#include <vector>

namespace vsm::ir {

IdVector<StreamId, StreamId> roots_of(const Model& model) {
    IdVector<StreamId, StreamId> roots;
    roots.resize(model.streams.size());
    std::vector<StreamId> way;
    for (std::size_t i = 0; i < roots.size(); ++i) {
        way = {model.streams.id_at(i)};
        while (!roots[way.back()].valid()) {
            const auto& future = model.streams[way.back()].future;
            if (!future || !future->of.valid()) {
                roots[way.back()] = way.back();
            } else {
                way.push_back(future->of);
            }
        }
        const StreamId root = roots[way.back()];
        for (const StreamId id : way) roots[id] = root;
    }
    return roots;
}

}  // namespace vsm::ir
