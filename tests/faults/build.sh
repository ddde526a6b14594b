#!/bin/sh
# Builds the library of faults for this machine and puts it into DIRECTORY. A finished library is kept in Quarry's cache
# under a hash of the crate's sources, its lock file and the compiler, so that an unchanged crate is compiled once.
# usage: build.sh DIRECTORY
set -eu

# Elsewhere a process cannot be given such a library in this way, and the tests that need it do not run.
[ "$(uname -s)" = Linux ] || exit 0

crate=$(cd "$(dirname "$0")" && pwd)
out=$1
library=libquarry_faults.so
cache=${QUARRY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/quarry}/faults

PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
id=$({
    cd "$crate"
    find Cargo.toml Cargo.lock src -type f | LC_ALL=C sort | xargs sha256sum
    rustc -vV
} | sha256sum | cut -c 1-32)

kept=$cache/$id/$library
if [ ! -f "$kept" ]; then
    (cd "$crate" && CARGO_TARGET_DIR=$cache/target cargo build --release --locked)
    mkdir -p "$cache/$id"
    # The rename makes a half-copied library impossible.
    cp "$cache/target/release/$library" "$kept.$$"
    mv "$kept.$$" "$kept"
fi
mkdir -p "$out"
cp "$kept" "$out/$library.$$"
mv "$out/$library.$$" "$out/$library"
