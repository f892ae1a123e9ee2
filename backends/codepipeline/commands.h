// The shell commands that play an action where no function does. Fixed texts: all that concerns a map reaches them in variables.
#pragma once

namespace vsm::backends::codepipeline {

/// Sleeps for DAYS on the mock's clock, 60 s at most.
inline constexpr char sleep_command[] =
    R"sh(sleep "$(awk -v days="$DAYS" -v rate="$SECONDS_PER_DAY" 'BEGIN { t = days * rate; print (t > 60 ? 60 : t) }')")sh";

/// Prints what the map says, on one line of the log.
inline constexpr char say_command[] = R"sh(printf '%s\n' "$TEXT")sh";

/// Fails once in an execution where DEFECT is the one that was CHOSEN: an object in the bucket says that it did.
inline constexpr char defect_command[] =
    R"sh(if [ "$CHOSEN" = "$DEFECT" ] && ! aws s3api head-object --bucket "$BUCKET" --key "defects/$RUN/$DEFECT" >/dev/null 2>&1; then aws s3api put-object --bucket "$BUCKET" --key "defects/$RUN/$DEFECT" >/dev/null; echo "finds a defect: $AGAIN"; exit 1; fi)sh";

}  // namespace vsm::backends::codepipeline
