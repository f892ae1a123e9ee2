#include "ir/distribution.h"

#include <cmath>

#include "base/check.h"

namespace vsm::ir {
namespace {

double in_microseconds(Duration duration) { return static_cast<double>(duration.microseconds); }

double polynomial(const double (&coefficients)[8], double x) {
    double sum = 0;
    for (int i = 7; i >= 0; --i) sum = sum * x + coefficients[i];
    return sum;
}

struct SpreadOf {
    Spread operator()(const Fixed& fixed) const {
        const double time = in_microseconds(fixed.time);
        return {time, time, time};
    }
    Spread operator()(const Uniform& range) const {
        const double low = in_microseconds(range.low), high = in_microseconds(range.high);
        return {(low + high) / 2, low, high};
    }
    Spread operator()(const Triangular& range) const {
        const double low = in_microseconds(range.low), high = in_microseconds(range.high);
        return {(low + in_microseconds(range.mode) + high) / 3, low, high};
    }
    Spread operator()(const Exponential& open) const {
        const double mean = in_microseconds(open.mean);
        return {mean, -mean * std::log(0.95), -mean * std::log(0.05)};
    }
    Spread operator()(const Lognormal& open) const {
        const double median = in_microseconds(open.median);
        const double sigma =
            std::log(in_microseconds(open.at_percentile) / median) / normal_quantile(open.percentile / 100.0);
        const double reach = std::exp(sigma * normal_quantile(0.95));
        return {median * std::exp(sigma * sigma / 2), median / reach, median * reach};
    }
};

}  // namespace

Spread spread_of(const Distribution& distribution) { return std::visit(SpreadOf{}, distribution); }

double normal_quantile(double probability) {
    VSM_CHECK(probability > 0 && probability < 1);
    static constexpr double a[8] = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                                    1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                                    3.3430575583588128105e4, 2.5090809287301226727e3};
    static constexpr double b[8] = {1.0,
                                    4.2313330701600911252e1,
                                    6.8718700749205790830e2,
                                    5.3941960214247511077e3,
                                    2.1213794301586595867e4,
                                    3.9307895800092710610e4,
                                    2.8729085735721942674e4,
                                    5.2264952788528545610e3};
    static constexpr double c[8] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                    3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                    2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static constexpr double d[8] = {1.0,
                                    2.05319162663775882187e0,
                                    1.67638483018380384940e0,
                                    6.89767334985100004550e-1,
                                    1.48103976427480074590e-1,
                                    1.51986665636164571966e-2,
                                    5.47593808499534494600e-4,
                                    1.05075007164441684324e-9};
    static constexpr double e[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                    2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static constexpr double f[8] = {1.0,
                                    5.99832206555887937690e-1,
                                    1.36929880922735805310e-1,
                                    1.48753612908506148525e-2,
                                    7.86869131145613259100e-4,
                                    1.84631831751005468180e-5,
                                    1.42151175831644588870e-7,
                                    2.04426310338993978564e-15};
    const double q = probability - 0.5;
    if (std::fabs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(a, r) / polynomial(b, r);
    }
    const double tail = std::sqrt(-std::log(q < 0 ? probability : 1 - probability));
    const double z = tail <= 5 ? polynomial(c, tail - 1.6) / polynomial(d, tail - 1.6)
                               : polynomial(e, tail - 5) / polynomial(f, tail - 5);
    return q < 0 ? -z : z;
}

}  // namespace vsm::ir
