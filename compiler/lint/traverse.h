// Iteration and naming helpers for rules.
#pragma once

#include <string>
#include <vector>

#include "compiler/lint/lint.h"

namespace vsm::lint {

/// Limit for findings about targets in futures, of which a map can have very many; the last one counts the rest.
inline constexpr std::size_t most_alike = 1'000;

/// Calls `see(id, stream)` for each stream and future that the file itself declares.
template <class See>
void each_stream(const ir::Model& model, const See& see) {
    for (std::size_t i = 0; i < model.streams.size(); ++i)
        if (const ir::StreamId id = model.streams.id_at(i); !model.streams[id].imported) see(id, model.streams[id]);
}

/// The same without the futures: streams as they are.
template <class See>
void each_current(const ir::Model& model, const See& see) {
    each_stream(model, [&](ir::StreamId id, const ir::Stream& stream) {
        if (!stream.future) see(id, stream);
    });
}

/// Calls `see(id, element, step)` for each step of a stream.
template <class See>
void each_step(const ir::Stream& stream, const See& see) {
    for (std::size_t i = 0; i < stream.elements.size(); ++i) {
        const ir::ElementId id = stream.elements.id_at(i);
        if (const auto* step = ir::step_of(stream.elements[id])) see(id, stream.elements[id], *step);
    }
}

/// `step `deploy``, by title if it has no name.
inline std::string called(const ir::Element& element) {
    const bool by_title = element.name.value.empty() && !element.title.value.empty();
    return fmt::format("{} `{}`", ir::keyword_of(element), by_title ? element.title.value : element.label);
}

/// `2 steps`.
inline std::string counted(std::size_t count, std::string_view one) {
    return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

/// Names in back quotes, the last with `and`.
std::string listed(const std::vector<std::string>& names);

/// Team names: `team `dev``, `teams `dev` and `ops``.
std::string teams_called(const ir::Model& model, const std::vector<ir::TeamId>& teams);

/// A time in microseconds, formatted with the stream's calendar.
inline std::string text_of(double microseconds, const ir::Stream& stream) {
    return format_duration(microseconds, stream.calendar);
}

/// Whether an element is a wait or a queue.
bool is_pause(const ir::Element& element);

/// The first elements inside a stage, through nested stages; any other element itself.
std::vector<ir::ElementId> first_inside(const ir::Stream& stream, ir::ElementId element);

}  // namespace vsm::lint
