// Text that was made fit for one kind of place in an output, so that a plain string cannot get there by mistake. Knows no such place:
// each target names its own.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace vsm::backends {

/// Text for one sink. Only a literal of ours, or what `Sink` made of someone's text, can be one; there is no way from
/// std::string and none to join two (what is harmless alone may not be when joined: `$` and `{`).
template <class Sink>
class SinkText {
public:
    /// Our own words, as they are: they may use what is live in the sink.
    template <std::size_t size>
    SinkText(const char (&own_words)[size]) : text_(own_words, size - 1) {}

    const std::string& str() const { return text_; }

private:
    friend Sink;
    explicit SinkText(std::string fit) : text_(std::move(fit)) {}

    std::string text_;
};

/// Text for a document that is read as data alone, where the writer's own escaping is all there is to do.
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
