# Read by cpack before it packs: the time in the packages is that of the commit, unless SOURCE_DATE_EPOCH says another.
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
  execute_process(COMMAND git -C "${CPACK_VSM_SOURCE}" log -1 --format=%ct
                  OUTPUT_VARIABLE commit_time OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT commit_time)
    set(commit_time 315532800)  # 1980, the first year that every archive can name
  endif()
  set(ENV{SOURCE_DATE_EPOCH} "${commit_time}")
endif()
