// Compares the expected visits of absorbing chains with a dense system of equations.
#include "runtime/rework/chain.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/rounds.h"
#include "tests/unit/runtime/figures/random_map.h"

namespace vsm::runtime {
namespace {

struct Move {
    std::size_t from, to;
    double probability;
};

/// Solves x = begin + xQ for the visits x by Gauss-Jordan elimination with the largest pivot.
std::vector<double> dense_visits(std::size_t count, const std::vector<Move>& moves) {
    std::vector<std::vector<double>> a(count + 1, std::vector<double>(count + 2));
    for (std::size_t i = 0; i <= count; ++i) a[i][i] = 1;
    a[0][count + 1] = 1;
    for (const Move& move : moves) a[move.to][move.from] -= move.probability;
    for (std::size_t k = 0; k <= count; ++k) {
        std::size_t pivot = k;
        for (std::size_t i = k; i <= count; ++i)
            if (std::fabs(a[i][k]) > std::fabs(a[pivot][k])) pivot = i;
        std::swap(a[k], a[pivot]);
        for (std::size_t j = count + 2; j-- > k;) a[k][j] /= a[k][k];
        for (std::size_t i = 0; i <= count; ++i) {
            if (i == k || a[i][k] == 0) continue;
            for (std::size_t j = count + 2; j-- > k;) a[i][j] -= a[i][k] * a[k][j];
        }
    }
    std::vector<double> visits;
    for (const auto& row : a) visits.push_back(row[count + 1]);
    return visits;
}

void check_chain(std::size_t count, const std::vector<Move>& moves, const std::vector<double>& leaving) {
    SparseChain chain(count);
    for (const Move& move : moves) chain.add(move.from, move.to, move.probability);
    for (std::size_t i = 1; i <= count; ++i) chain.leave(i, leaving[i]);
    const std::vector<double> visits = chain.visits(), expected = dense_visits(count, moves);
    for (std::size_t i = 1; i <= count; ++i) CHECK(visits[i] == doctest::Approx(expected[i]).epsilon(1e-9));
}

TEST_CASE("the expected visits of random chains are those of a dense system of equations") {
    for (std::uint64_t seed = 1; seed <= tests::rounds(300); ++seed) {
        INFO("seed " << seed);
        tests::Dice dice(seed);
        const auto count = static_cast<std::size_t>(1 + dice.below(30));
        std::vector<Move> moves{{0, 1, 0.75},
                                {0, static_cast<std::size_t>(1 + dice.below(static_cast<long>(count))), 0.25}};
        std::vector<double> leaving(count + 1);
        for (std::size_t i = 1; i <= count; ++i) {
            double left = 1;
            for (long k = dice.below(5); k > 0; --k) {
                const double share = left * static_cast<double>(dice.below(90)) / 100;
                left -= share;
                moves.push_back({i, static_cast<std::size_t>(1 + dice.below(static_cast<long>(count))), share});
            }
            leaving[i] = left;
        }
        check_chain(count, moves, leaving);
    }
}

TEST_CASE("a long row of steps that send back anywhere costs little more than its moves") {
    const auto work_of = [](std::size_t count) {
        SparseChain chain(count);
        tests::Dice dice(7);
        chain.add(0, 1, 1);
        for (std::size_t i = 1; i <= count; ++i) {
            chain.add(i, static_cast<std::size_t>(1 + dice.below(static_cast<long>(i))), 0.001);
            if (i < count) chain.add(i, i + 1, 0.999);
        }
        chain.leave(count, 0.999);
        CHECK(chain.visits().back() > 1);
        return static_cast<double>(chain.work());
    };
    CHECK(work_of(16'000) < 4 * 1.3 * work_of(4'000));
}

}  // namespace
}  // namespace vsm::runtime
