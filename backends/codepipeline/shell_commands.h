// The shell commands of actions without a function. Constants: data of the map is passed in variables.
#pragma once

namespace vsm::backends::codepipeline {

/// Sleeps for DAYS on the mock's clock, at most 60 s.
inline constexpr char sleep_command[] =
    R"sh(sleep "$(awk -v days="$DAYS" -v rate="$SECONDS_PER_DAY" 'BEGIN { t = days * rate; print (t > 60 ? 60 : t) }')")sh";

/// Prints the action's text as one log line.
inline constexpr char say_command[] = R"sh(printf '%s\n' "$TEXT")sh";

/// Fails once per execution if DEFECT is CHOSEN; an object in the bucket records the failure.
inline constexpr char defect_command[] =
    R"sh(if [ "$CHOSEN" = "$DEFECT" ] && ! aws s3api head-object --bucket "$BUCKET" --key "defects/$RUN/$DEFECT" >/dev/null 2>&1; then aws s3api put-object --bucket "$BUCKET" --key "defects/$RUN/$DEFECT" >/dev/null; echo "finds a defect: $AGAIN"; exit 1; fi)sh";

}  // namespace vsm::backends::codepipeline
