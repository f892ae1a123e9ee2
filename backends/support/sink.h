// Text that was escaped for one output context, so that a plain string cannot get there by mistake. Does not define
// contexts: each backend defines its own.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace vsm::backends {

/// Text for one sink. Built only from our own literals or by `Sink` from user text. Neither converts from std::string
/// nor concatenates: texts that are harmless alone may not be when joined (`$` and `{`).
template <class Sink>
class SinkText {
public:
    /// A literal of ours, not escaped: it may use the sink's syntax.
    template <std::size_t size>
    SinkText(const char (&own_words)[size]) : text_(own_words, size - 1) {}

    const std::string& str() const { return text_; }

private:
    friend Sink;
    explicit SinkText(std::string fit) : text_(std::move(fit)) {}

    std::string text_;
};

/// Text for a document that is read as pure data, where the writer's own escaping suffices.
class PlainText {
public:
    PlainText(std::string text) : text_(std::move(text)) {}
    PlainText(std::string_view text) : text_(text) {}
    PlainText(const char* text) : text_(text) {}

    const std::string& str() const { return text_; }

private:
    std::string text_;
};

}  // namespace vsm::backends
