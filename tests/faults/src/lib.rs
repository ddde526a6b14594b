//! Stands between a process and its C library (`LD_PRELOAD`) and lets writes below one directory fail: from the n-th on, as
//! on a disk that is full, or only the n-th; or ends the process there. It counts the calls that write, so that a test can
//! let each of them fail.
//!
//! `FAULT_DIRECTORY` names the directory, a real absolute path; `FAULT_CONTROL` a file that the test shares with the
//! process ([`control::Control`]), so that faults can come and go while it runs.

mod control;

use control::{end, fail, of_file, of_path, real, Verdict};
use libc::{c_char, c_int, c_uint, c_void, iovec, loff_t, mode_t, off_t, size_t, ssize_t};
use std::mem::transmute;
use std::sync::atomic::AtomicPtr;

#[used]
#[link_section = ".init_array"]
static INIT: unsafe extern "C" fn() = begin;

unsafe extern "C" fn begin() {
    control::init();
}

/// A function of the C library under its own name: asks for the verdict and then calls the real one.
///
/// `on` names what the verdict is about; `half` how the call is made with half of its bytes.
macro_rules! hook {
    ($name:ident($($arg:ident: $type:ty),*) -> $out:ty, on $verdict:expr $(, half $count:ident)?) => {
        /// See its manual page.
        ///
        /// # Safety
        /// As the C library's.
        #[no_mangle]
        pub unsafe extern "C" fn $name($($arg: $type),*) -> $out {
            static REAL: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());
            let name = concat!(stringify!($name), "\0");
            let call: unsafe extern "C" fn($($type),*) -> $out = transmute(real(&REAL, name.as_ptr().cast()));
            let verdict: Verdict = $verdict;
            match verdict {
                Verdict::Pass => call($($arg),*),
                Verdict::Fail(error) => {
                    fail(error);
                    -1
                }
                Verdict::End => end(),
                Verdict::Half | Verdict::HalfAndEnd => {
                    $(let $count = $count / 2;)?
                    let done = call($($arg),*);
                    if matches!(verdict, Verdict::HalfAndEnd) {
                        end();
                    }
                    done
                }
            }
        }
    };
}

hook!(write(fd: c_int, bytes: *const c_void, count: size_t) -> ssize_t, on of_file("write", fd, count), half count);
hook!(pwrite(fd: c_int, bytes: *const c_void, count: size_t, at: off_t) -> ssize_t,
    on of_file("pwrite", fd, count), half count);
hook!(pwrite64(fd: c_int, bytes: *const c_void, count: size_t, at: loff_t) -> ssize_t,
    on of_file("pwrite64", fd, count), half count);
hook!(writev(fd: c_int, parts: *const iovec, count: c_int) -> ssize_t, on of_file("writev", fd, 0));
hook!(pwritev(fd: c_int, parts: *const iovec, count: c_int, at: off_t) -> ssize_t, on of_file("pwritev", fd, 0));
hook!(pwritev64(fd: c_int, parts: *const iovec, count: c_int, at: loff_t) -> ssize_t, on of_file("pwritev64", fd, 0));
hook!(copy_file_range(from: c_int, at: *mut loff_t, to: c_int, to_at: *mut loff_t, count: size_t, flags: c_uint) -> ssize_t,
    on of_file("copy_file_range", to, count), half count);
hook!(sendfile(to: c_int, from: c_int, at: *mut off_t, count: size_t) -> ssize_t,
    on of_file("sendfile", to, count), half count);
hook!(sendfile64(to: c_int, from: c_int, at: *mut loff_t, count: size_t) -> ssize_t,
    on of_file("sendfile64", to, count), half count);
hook!(fsync(fd: c_int) -> c_int, on of_file("fsync", fd, 0));
hook!(fdatasync(fd: c_int) -> c_int, on of_file("fdatasync", fd, 0));
hook!(ftruncate(fd: c_int, length: off_t) -> c_int, on of_file("ftruncate", fd, 0));
hook!(ftruncate64(fd: c_int, length: loff_t) -> c_int, on of_file("ftruncate64", fd, 0));
hook!(fallocate(fd: c_int, mode: c_int, at: off_t, length: off_t) -> c_int, on of_file("fallocate", fd, 0));
hook!(fallocate64(fd: c_int, mode: c_int, at: loff_t, length: loff_t) -> c_int, on of_file("fallocate64", fd, 0));
hook!(rename(from: *const c_char, to: *const c_char) -> c_int, on of_path("rename", to));
hook!(renameat(in_from: c_int, from: *const c_char, in_to: c_int, to: *const c_char) -> c_int, on of_path("renameat", to));
hook!(renameat2(in_from: c_int, from: *const c_char, in_to: c_int, to: *const c_char, flags: c_uint) -> c_int,
    on of_path("renameat2", to));
hook!(link(from: *const c_char, to: *const c_char) -> c_int, on of_path("link", to));
hook!(linkat(in_from: c_int, from: *const c_char, in_to: c_int, to: *const c_char, flags: c_int) -> c_int,
    on of_path("linkat", to));
hook!(mkdir(path: *const c_char, mode: mode_t) -> c_int, on of_path("mkdir", path));
hook!(mkdirat(directory: c_int, path: *const c_char, mode: mode_t) -> c_int, on of_path("mkdirat", path));
hook!(creat(path: *const c_char, mode: mode_t) -> c_int, on of_path("creat", path));
hook!(creat64(path: *const c_char, mode: mode_t) -> c_int, on of_path("creat64", path));

// These take their last argument only sometimes; on Linux it is passed where a fixed one is, and may be anything if unused.
hook!(open(path: *const c_char, flags: c_int, mode: mode_t) -> c_int, on creating("open", path, flags));
hook!(open64(path: *const c_char, flags: c_int, mode: mode_t) -> c_int, on creating("open64", path, flags));
hook!(openat(directory: c_int, path: *const c_char, flags: c_int, mode: mode_t) -> c_int,
    on creating("openat", path, flags));
hook!(openat64(directory: c_int, path: *const c_char, flags: c_int, mode: mode_t) -> c_int,
    on creating("openat64", path, flags));

unsafe fn creating(name: &str, path: *const c_char, flags: c_int) -> Verdict {
    if flags & libc::O_CREAT == 0 {
        return Verdict::Pass;
    }
    of_path(name, path)
}
