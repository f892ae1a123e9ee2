#!/bin/bash -eu
# Builds every fuzz target into $OUT, each with its seeds and its dictionary, as https://google.github.io/oss-fuzz
# requires: from $SRC/vsm, in $WORK, with $CXX and $CXXFLAGS, linked with $LIB_FUZZING_ENGINE.

# The system's packages are built against the system's C++ library, which the machine that runs the targets does not
# have.
export CXXFLAGS="${CXXFLAGS//-stdlib=libc++/}"
cmake -S "$SRC/vsm" -B "$WORK/vsm" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_COMPILER="$CXX" \
  -DCMAKE_CXX_FLAGS="$CXXFLAGS" -DCMAKE_CXX_FLAGS_DEBUG= -DCMAKE_EXE_LINKER_FLAGS="-static-libstdc++ -static-libgcc" \
  -DVSM_TESTS=OFF -DVSM_FUZZ=ON -DVSM_STATIC_LIBRARIES=ON -DVSM_FUZZING_ENGINE="$LIB_FUZZING_ENGINE"
ninja -C "$WORK/vsm" tests/fuzz/all

cd "$SRC/vsm"
places=(tests/fuzz/corpus samples tests/golden)
for built in "$WORK"/vsm/tests/fuzz/vsm_fuzz_*; do
  name=$(basename "$built")
  target=${name#vsm_fuzz_}
  cp "$built" "$OUT/$name"
  "$WORK/vsm/tests/fuzz/vsm_fuzz" dictionary "$target" "$OUT/$name.dict" "${places[@]}"
  rm -rf "$WORK/seeds"
  "$WORK/vsm/tests/fuzz/vsm_fuzz" seeds "$target" "$WORK/seeds" "${places[@]}"
  (cd "$WORK/seeds" && zip -qr "$OUT/${name}_seed_corpus.zip" .)
done
