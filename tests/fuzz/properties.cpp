#include "tests/fuzz/properties.h"

#include <yaml-cpp/yaml.h>

#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "base/text.h"

namespace vsm {

// Replaces base/check.cpp: a broken invariant must raise a signal, because fuzzers ignore a process that exits.
void fail_check(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "internal error at %s:%d: %s does not hold\n", file, line, condition);
    std::abort();
}

}  // namespace vsm

namespace vsm::fuzz {
namespace {

constexpr std::size_t most_bytes = 64u << 20;

/// The context of the first difference between two texts.
std::string difference(const std::string& a, const std::string& b) {
    std::size_t at = 0;
    while (at < a.size() && at < b.size() && a[at] == b[at]) ++at;
    const std::size_t from = at < 80 ? 0 : at - 80;
    return "first:  " + printable(std::string_view(a).substr(from, 200)) +
           "\nsecond: " + printable(std::string_view(b).substr(from, 200));
}

}  // namespace

std::uint64_t hash_of(std::string_view bytes) {
    std::uint64_t hash = 14695981039346656037u;
    for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211u;
    return hash ^ hash >> 29;
}

Input sampled(std::string bytes) {
    const bool all = hash_of(bytes) % 16 == 0;
    return {std::move(bytes), all};
}

void broken(std::string_view property, std::string_view detail) {
    std::fprintf(stderr, "property broken: %.*s\n%.*s\n", static_cast<int>(property.size()), property.data(),
                 static_cast<int>(detail.size()), detail.data());
    std::abort();
}

void hold_output(const std::string& text, std::string_view what) {
    hold(text.size() <= most_bytes, "an output is not larger than its input explains", what);
    hold(!find_invalid_utf8(text), "an output is UTF-8", what);
}

void hold_shown(const std::string& text, std::string_view what) {
    hold_output(text, what);
    for (std::size_t at = 0; at < text.size();) {
        const Decoded one = *decode_utf8(text, at);
        const bool control = one.character < 0x20 && one.character != '\n' && one.character != '\t';
        if (control || one.character == 0x7f) broken("nothing in a shown text is a control character", printable(text));
        at += one.length;
    }
}

void hold_json(const std::string& text, std::string_view what) {
    hold_output(text, what);
    hold(nlohmann::json::accept(text), "an output that is JSON can be read", what);
}

void hold_yaml(const std::string& text, std::string_view what) {
    hold_output(text, what);
    try {
        YAML::LoadAll(text);
    } catch (const YAML::Exception& refused) {
        broken("an output that is YAML can be read", std::string(what) + ": " + refused.what());
    }
}

void hold_same(const std::string& first, const std::string& second, std::string_view what) {
    if (first != second)
        broken("the same input gives the same bytes", std::string(what) + "\n" + difference(first, second));
}

}  // namespace vsm::fuzz
