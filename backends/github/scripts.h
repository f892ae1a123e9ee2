// The shell of the workflow: one fixed text for each kind of step. All that concerns a map reaches it as environment variables.
#pragma once

namespace vsm::backends::github {

/// Ends the run before it begins if what was asked for is not a number.
inline constexpr char check_script[] =
    R"sh([[ $SECONDS_PER_DAY =~ ^[0-9]{1,5}(\.[0-9]{1,6})?$ ]] || { echo "seconds_per_day is not a number from 0 to 99999"; exit 1; }
)sh";

/// Ends the run before it begins if WORD is none of WORDS (names: nothing in them means anything to a shell).
inline constexpr char check_word_script[] = R"sh(for word in $WORDS; do [ "$word" != "$WORD" ] || exit 0; done
echo "this input is none of: $WORDS"
exit 1
)sh";

/// Plays TEXT for DAYS working days on the mock's clock. The log's line begins with `>`, so that no text can be a command to the runner.
inline constexpr char play_script[] = R"sh(printf '> %s\n' "$TEXT"
sleep "$(LC_ALL=C awk 'BEGIN { s = ENVIRON["DAYS"] * ENVIRON["SECONDS_PER_DAY"]; printf "%.3f", s < 0 ? 0 : s < 60 ? s : 60 }')"
)sh";

/// Adds MARKDOWN to the run's summary.
inline constexpr char summary_script[] = R"sh(printf '%s\n' "$MARKDOWN" >> "$GITHUB_STEP_SUMMARY"
)sh";

}  // namespace vsm::backends::github
