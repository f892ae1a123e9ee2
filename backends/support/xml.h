// An XML tree and its writers for SVG and HTML. Escapes all text and attribute values; names of elements and attributes
// are literals. Does not depend on what they mean.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace vsm::backends {

/// The name of an element or attribute: a literal.
struct XmlName {
    template <std::size_t size>
    consteval XmlName(const char (&own_words)[size]) : text(own_words, size - 1) {}
    std::string_view text;
};

/// A coordinate with at most two decimals: `12.5`.
std::string xml_number(double value);

class XmlElement {
public:
    explicit XmlElement(XmlName name) : name_(name.text) { attributes_.reserve(4); }

    XmlElement& set(XmlName name, std::string_view value) & {
        attributes_.emplace_back(name.text, value);
        return *this;
    }
    XmlElement& set(XmlName name, double value) & { return set(name, xml_number(value)); }
    template <class Value>
    XmlElement&& set(XmlName name, const Value& value) && {
        return std::move(set(name, value));
    }

    XmlElement& add(XmlElement child) & {
        children_.emplace_back(std::move(child));
        return *this;
    }
    XmlElement& text(std::string_view text) & {
        children_.emplace_back(std::string(text));
        return *this;
    }
    XmlElement&& add(XmlElement child) && { return std::move(add(std::move(child))); }
    XmlElement&& text(std::string_view words) && { return std::move(text(words)); }

    /// The unescaped content of `style` and `script` in HTML: a literal without `&` and `<`.
    template <std::size_t size>
    XmlElement& raw(const char (&own_words)[size]) & {
        children_.emplace_back(Raw{std::string_view(own_words, size - 1)});
        return *this;
    }

    bool empty() const { return children_.empty(); }

private:
    friend std::string write_xml(const XmlElement& root);
    friend std::string write_html(const XmlElement& root);
    struct Raw {
        std::string_view text;
    };
    void write(std::string& out, bool html) const;

    std::string_view name_;
    std::vector<std::pair<std::string_view, std::string>> attributes_;
    std::vector<std::variant<std::string, XmlElement, Raw>> children_;
};

/// An XML document without a declaration, with a final newline. Invisible characters, and those that XML forbids, are
/// written as `\u{…}`.
std::string write_xml(const XmlElement& root);

/// An HTML document: `<!DOCTYPE html>`, void elements have no end tag, other empty HTML elements have one.
std::string write_html(const XmlElement& root);

}  // namespace vsm::backends
