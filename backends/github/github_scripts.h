// The shell scripts of the workflow: one constant per kind of step. Data of the map is passed in environment variables.
#pragma once

namespace vsm::backends::github {

/// Fails the start job if the time scale is not a number.
inline constexpr char check_script[] =
    R"sh([[ $SECONDS_PER_DAY =~ ^[0-9]{1,5}(\.[0-9]{1,6})?$ ]] || { echo "seconds_per_day is not a number from 0 to 99999"; exit 1; }
)sh";

/// Fails the start job if WORD is not in WORDS (names without shell metacharacters).
inline constexpr char check_word_script[] = R"sh(for word in $WORDS; do [ "$word" != "$WORD" ] || exit 0; done
echo "this input must be one of: $WORDS"
exit 1
)sh";

/// Prints TEXT and sleeps for DAYS working days on the mock's clock, at most 60 s. The log line begins with `>`, so
/// that no text can be a runner command.
inline constexpr char play_script[] = R"sh(printf '> %s\n' "$TEXT"
sleep "$(LC_ALL=C awk 'BEGIN { s = ENVIRON["DAYS"] * ENVIRON["SECONDS_PER_DAY"]; printf "%.3f", s < 0 ? 0 : s < 60 ? s : 60 }')"
)sh";

/// Appends MARKDOWN to the run's summary.
inline constexpr char summary_script[] = R"sh(printf '%s\n' "$MARKDOWN" >> "$GITHUB_STEP_SUMMARY"
)sh";

}  // namespace vsm::backends::github
