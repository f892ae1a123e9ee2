// A value, or a one-line description of an environment error. Not for users' mistakes.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "base/check.h"

namespace vsm {

/// An environment error, worded to follow "vsm: ".
struct Failure {
    std::string message;
};

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::move(value)) {}
    Result(Failure failure) : state_(std::move(failure)) {}

    explicit operator bool() const { return std::holds_alternative<T>(state_); }

    T& value() {
        VSM_CHECK(std::holds_alternative<T>(state_));
        return *std::get_if<T>(&state_);
    }
    const T& value() const {
        VSM_CHECK(std::holds_alternative<T>(state_));
        return *std::get_if<T>(&state_);
    }
    const std::string& error() const {
        VSM_CHECK(std::holds_alternative<Failure>(state_));
        return std::get_if<Failure>(&state_)->message;
    }

private:
    std::variant<T, Failure> state_;
};

}  // namespace vsm
