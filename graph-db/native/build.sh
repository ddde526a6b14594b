#!/bin/sh
# Builds the engine's library for this machine and puts it, with its id, into DIRECTORY/native/<os>-<arch>/.
# A finished library is kept under its id in Quarry's cache, so that an unchanged crate is compiled once per machine.
# The id is a hash of the crate's sources, its lock file, the compiler and the machine.
# usage: build.sh DIRECTORY
set -eu

crate=$(cd "$(dirname "$0")" && pwd)
target=$1
cache=${QUARRY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/quarry}/native

PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
if ! command -v cargo >/dev/null || ! compiler=$(rustc -vV); then
    echo "The graph engine is written in Rust and needs cargo to be built, but no cargo was found in PATH or ~/.cargo/bin." >&2
    echo "Install Rust 1.85 or newer (https://rustup.rs), then build again." >&2
    exit 1
fi

case $(uname -s) in
    Linux) os=linux library=libquarry_engine.so ;;
    Darwin) os=macos library=libquarry_engine.dylib ;;
    *) echo "The graph engine is built on Linux and macOS only, not on $(uname -s)." >&2; exit 1 ;;
esac
case $(uname -m) in
    x86_64 | amd64) arch=x86_64 ;;
    aarch64 | arm64) arch=aarch64 ;;
    *) echo "The graph engine is built for x86_64 and aarch64 only, not for $(uname -m)." >&2; exit 1 ;;
esac

if command -v sha256sum >/dev/null; then sum=sha256sum; else sum='shasum -a 256'; fi
id=$({
    cd "$crate"
    find Cargo.toml Cargo.lock src -type f | LC_ALL=C sort | xargs $sum
    echo "$compiler" "$os-$arch"
} | $sum | cut -c 1-32)

kept=$cache/$id/$library
if [ ! -f "$kept" ]; then
    (cd "$crate" && CARGO_TARGET_DIR=$cache/target cargo build --release --locked)
    mkdir -p "$cache/$id"
    # The rename makes a half-copied library impossible.
    cp "$cache/target/release/$library" "$kept.$$"
    mv "$kept.$$" "$kept"
fi

out=$target/native/$os-$arch
mkdir -p "$out"
if ! cmp -s "$kept" "$out/$library"; then
    cp "$kept" "$out/$library.$$"
    mv "$out/$library.$$" "$out/$library"
fi
printf '%s' "$id" >"$out/id"
