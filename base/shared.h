// Copy-on-write values. Does not depend on their content.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "base/check.h"

namespace vsm {

/// A copy-on-write value: copying costs a pointer, and the first change after a copy clones the value, so that changes
/// to one copy never show in another. Always contains a value, unless moved from.
template <class T>
class Shared {
public:
    Shared() : value_(std::make_shared<T>()) {}
    Shared(T value) : value_(std::make_shared<T>(std::move(value))) {}

    const T& operator*() const { return *value_; }
    const T* operator->() const { return value_.get(); }

    /// A reference for changes, valid until the value is copied again. Clones the value if it is shared.
    T& change() {
        if (value_.use_count() > 1) value_ = std::make_shared<T>(*value_);
        return *value_;
    }

    /// Whether no copy shares the value.
    bool alone() const { return value_.use_count() == 1; }

private:
    std::shared_ptr<T> value_;
};

/// An IdVector whose copies share their items until they are changed.
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
