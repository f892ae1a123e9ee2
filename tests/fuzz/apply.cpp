// Applies every applicable future: the output is canonical, and the stream equals the former future.
#include "compiler/format/apply.h"
#include "compiler/format/format.h"
#include "tests/fuzz/map.h"
#include "tests/fuzz/targets.h"

namespace vsm::fuzz {
namespace {

bool may_come_true(const Map& map, ir::StreamId id) {
    const ir::Stream& stream = map.model().stream(id);
    if (!stream.future) return false;
    const ir::Stream& base = map.model().stream(stream.future->of);
    return !base.future && !base.imported;
}

void hold_canonical(const std::string& text) {
    SourceSet sources;
    Diagnostics said;
    const auto made = format::format(sources.add("map.vsm", text), said);
    hold(made.has_value(), "what apply writes can be read", text);
    hold_same(text, made->text, "fmt of what apply wrote");
}

void hold_come_true(const Map& before, ir::StreamId future, const std::string& text) {
    const Map after(text);
    if (!after.compiles()) return;
    const ir::Model& old_model = before.model().model();
    const std::string& name = before.model().stream(old_model.streams[future].future->of).name.value;
    for (const ir::StreamId id : after.streams())
        if (after.model().stream(id).name.value == name)
            return hold_same(format::elements_text(before.model(), future), format::elements_text(after.model(), id),
                             "the future and what the stream became");
    broken("the stream of a future that came true is there", text);
}

}  // namespace

bool try_apply(const Input& input) {
    const Map map(input.bytes);
    bool tried = false;
    for (const ir::StreamId id : map.streams()) {
        if (!may_come_true(map, id)) continue;
        tried = true;
        const SourceFile& source = map.sources()[map.model().model().file];
        const auto text = format::apply_future(source, map.model(), id);
        if (!text) {
            hold(!text.error().empty(), "apply says why it refuses");
            continue;
        }
        hold_output(text.value(), "apply");
        hold_canonical(text.value());
        hold_come_true(map, id, text.value());
    }
    return tried;
}

}  // namespace vsm::fuzz
