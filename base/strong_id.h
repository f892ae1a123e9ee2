// Typed indices, and vectors that accept only their own index type.
#pragma once

#include <compare>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/check.h"

namespace vsm {

/// An index into the one IdVector with the same Tag. A default one is invalid.
template <class Tag>
struct Id {
    static constexpr std::uint32_t none = 0xffffffff;
    std::uint32_t index = none;

    constexpr bool valid() const { return index != none; }
    constexpr auto operator<=>(const Id&) const = default;
};

template <class IdType, class T>
class IdVector {
public:
    IdType add(T item) {
        items_.push_back(std::move(item));
        return IdType{static_cast<std::uint32_t>(items_.size() - 1)};
    }
    T& operator[](IdType id) {
        VSM_CHECK(id.index < items_.size());
        return items_[id.index];
    }
    const T& operator[](IdType id) const {
        VSM_CHECK(id.index < items_.size());
        return items_[id.index];
    }
    std::size_t size() const { return items_.size(); }
    bool empty() const { return items_.empty(); }
    void resize(std::size_t count) { items_.resize(count); }
    void clear() { items_.clear(); }
    IdType id_at(std::size_t position) const { return IdType{static_cast<std::uint32_t>(position)}; }

    auto begin() { return items_.begin(); }
    auto end() { return items_.end(); }
    auto begin() const { return items_.begin(); }
    auto end() const { return items_.end(); }

private:
    std::vector<T> items_;
};

}  // namespace vsm
