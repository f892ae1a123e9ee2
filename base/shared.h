// Values that their copies share until one of them is changed. Knows nothing of what is in them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "base/check.h"

namespace vsm {

/// A value like any other, but that a copy costs no more than a pointer: copies are one value in memory, and who changes his gets one of his own
/// first. So nobody sees what another changed, and nothing is shared but memory. Always holds a value, unless moved from.
template <class T>
class Shared {
public:
    Shared() : value_(std::make_shared<T>()) {}
    Shared(T value) : value_(std::make_shared<T>(std::move(value))) {}

    const T& operator*() const { return *value_; }
    const T* operator->() const { return value_.get(); }

    /// To be changed, until the next copy is made of it.
    T& change() {
        if (value_.use_count() > 1) value_ = std::make_shared<T>(*value_);
        return *value_;
    }

    /// Whether no copy holds the same value.
    bool alone() const { return value_.use_count() == 1; }

private:
    std::shared_ptr<T> value_;
};

/// An IdVector that shares each of its items with its copies.
template <class IdType, class T>
class SharedVector {
public:
    class Iterator {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T*;
        using reference = const T&;

        Iterator() = default;
        explicit Iterator(const Shared<T>* at) : at_(at) {}
        reference operator*() const { return **at_; }
        pointer operator->() const { return &**at_; }
        Iterator& operator++() {
            ++at_;
            return *this;
        }
        Iterator operator++(int) { return Iterator(at_++); }
        bool operator==(const Iterator&) const = default;

    private:
        const Shared<T>* at_ = nullptr;
    };

    IdType add(Shared<T> item) {
        items_.push_back(std::move(item));
        return IdType{static_cast<std::uint32_t>(items_.size() - 1)};
    }
    void reserve(std::size_t count) { items_.reserve(count); }
    const T& operator[](IdType id) const { return *at(id); }
    T& change(IdType id) {
        VSM_CHECK(id.index < items_.size());
        return items_[id.index].change();
    }
    const Shared<T>& at(IdType id) const {
        VSM_CHECK(id.index < items_.size());
        return items_[id.index];
    }
    std::size_t size() const { return items_.size(); }
    bool empty() const { return items_.empty(); }
    IdType id_at(std::size_t position) const { return IdType{static_cast<std::uint32_t>(position)}; }

    Iterator begin() const { return Iterator(items_.data()); }
    Iterator end() const { return Iterator(items_.data() + items_.size()); }

private:
    std::vector<Shared<T>> items_;
};

}  // namespace vsm
