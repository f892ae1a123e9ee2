# Options of the build, and settings shared by all targets.
option(VSM_TESTS "Build the tests" ON)
option(VSM_STATIC "Link one static binary" OFF)
option(VSM_STATIC_LIBRARIES "Link the static archives of the libraries" ${VSM_STATIC})
option(VSM_WERROR "Treat warnings as errors" OFF)
set(VSM_SANITIZE OFF CACHE STRING "ON: address and undefined-behaviour sanitizers; thread: the thread sanitizer")
option(VSM_PRECOMPILE
  "Precompile the headers of libraries that most files include: builds faster where no compiler cache is" OFF)
option(VSM_COVERAGE "Record coverage" OFF)
option(VSM_FUZZ "Build the fuzz targets, without other tests" OFF)
set(VSM_FUZZING_ENGINE "" CACHE STRING "What is linked into each fuzz target to try it, such as -fsanitize=fuzzer")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(VSM_CCACHE ccache)
if(VSM_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${VSM_CCACHE}")
endif()

include(VsmHardening)

# A static program starts faster the less of it there is to load: without what nothing calls, and with relocations in
# their short form, which nearly all of those of a static program can have.
if(VSM_STATIC)
  include(CheckLinkerFlag)
  check_linker_flag(CXX "-Wl,-z,pack-relative-relocs" VSM_SHORT_RELOCATIONS)
  add_compile_options(-ffunction-sections -fdata-sections)
  add_link_options(-Wl,--gc-sections $<$<BOOL:${VSM_SHORT_RELOCATIONS}>:-Wl,-z,pack-relative-relocs>)
endif()

if(VSM_SANITIZE)
  set(sanitizers address,undefined)
  if(VSM_SANITIZE STREQUAL "thread")
    set(sanitizers thread)
  endif()
  add_compile_options(-fsanitize=${sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  # g++ reports uninitialised members in the library's own <regex> when it instruments it
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  # a process at a fixed address starts twice as fast, and the goldens start thousands of them
  add_link_options(-fsanitize=${sanitizers} $<$<CXX_COMPILER_ID:GNU>:-no-pie>)
endif()
if(VSM_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()

# Debian has no static archive of fmt; the header-only form replaces it.
find_package(fmt REQUIRED)
if(VSM_STATIC_LIBRARIES)
  set(VSM_FMT fmt::fmt-header-only)
else()
  set(VSM_FMT fmt::fmt)
endif()
