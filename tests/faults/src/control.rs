//! What the process under test and the test share: which call is to fail, and how many there were.

use libc::{c_char, c_int, c_void, size_t};
use std::ptr;
use std::sync::atomic::{AtomicPtr, AtomicU64, AtomicUsize, Ordering::SeqCst};

/// The bytes of the file of the control; the test reads and writes them in this layout and this machine's byte order.
#[repr(C)]
pub struct Control {
    /// How many calls there were.
    calls: AtomicU64,
    /// The number of the first call that fails, from 1; 0 for none.
    first: AtomicU64,
    /// The number of the last call that fails.
    last: AtomicU64,
    /// With which error; 0 for the end of the process.
    error: AtomicU64,
    /// How many calls have failed.
    failed: AtomicU64,
    /// The name of the first call that failed, ended by a zero byte.
    name: [AtomicU64; 2],
}

/// The longest path that is looked at.
const PATH_BYTES: usize = 4096;

static CONTROL: AtomicPtr<Control> = AtomicPtr::new(ptr::null_mut());
static DIRECTORY: AtomicPtr<c_char> = AtomicPtr::new(ptr::null_mut());
static DIRECTORY_BYTES: AtomicUsize = AtomicUsize::new(0);

/// What becomes of a call.
pub enum Verdict {
    /// It is made.
    Pass,
    /// It fails with this error.
    Fail(c_int),
    /// It is made with half of its bytes, as on a disk that fills up under it.
    Half,
    /// The process ends, as `kill -9` brings it.
    End,
    /// It is made with half of its bytes, and the process ends.
    HalfAndEnd,
}

/// Reads the environment. Without both variables every call is made.
pub unsafe fn init() {
    let directory = libc::getenv(c"FAULT_DIRECTORY".as_ptr());
    let file = libc::getenv(c"FAULT_CONTROL".as_ptr());
    if directory.is_null() || file.is_null() {
        return;
    }
    let descriptor = libc::syscall(libc::SYS_openat, libc::AT_FDCWD, file, libc::O_RDWR | libc::O_CLOEXEC) as c_int;
    if descriptor < 0 {
        libc::abort();
    }
    let bytes = size_of::<Control>();
    let shared = libc::PROT_READ | libc::PROT_WRITE;
    let page = libc::mmap(ptr::null_mut(), bytes, shared, libc::MAP_SHARED, descriptor, 0);
    if page == libc::MAP_FAILED {
        libc::abort();
    }
    libc::close(descriptor);
    DIRECTORY_BYTES.store(libc::strlen(directory), SeqCst);
    DIRECTORY.store(directory, SeqCst);
    CONTROL.store(page.cast(), SeqCst);
}

/// The verdict on a call that writes this many bytes to an open file; 0 for a call without bytes.
pub unsafe fn of_file(name: &str, descriptor: c_int, bytes: size_t) -> Verdict {
    let control = CONTROL.load(SeqCst);
    if control.is_null() {
        return Verdict::Pass;
    }
    let mut link = [0u8; 40];
    libc::snprintf(link.as_mut_ptr().cast(), link.len(), c"/proc/self/fd/%d".as_ptr(), descriptor);
    let mut path = [0u8; PATH_BYTES];
    let length = libc::readlink(link.as_ptr().cast(), path.as_mut_ptr().cast(), PATH_BYTES - 1);
    if length <= 0 || !is_below(path.as_ptr().cast()) {
        return Verdict::Pass;
    }
    (*control).judge(name, bytes)
}

/// The verdict on a call that makes or moves something at this absolute path.
pub unsafe fn of_path(name: &str, path: *const c_char) -> Verdict {
    let control = CONTROL.load(SeqCst);
    if control.is_null() || path.is_null() || !is_below(path) {
        return Verdict::Pass;
    }
    (*control).judge(name, 0)
}

unsafe fn is_below(path: *const c_char) -> bool {
    let bytes = DIRECTORY_BYTES.load(SeqCst);
    libc::strncmp(path, DIRECTORY.load(SeqCst), bytes) == 0 && *path.add(bytes) == b'/' as c_char
}

impl Control {
    fn judge(&self, name: &str, bytes: size_t) -> Verdict {
        let call = self.calls.fetch_add(1, SeqCst) + 1;
        let first = self.first.load(SeqCst);
        let last = self.last.load(SeqCst);
        if first == 0 || call < first || call > last {
            return Verdict::Pass;
        }
        if self.failed.fetch_add(1, SeqCst) == 0 {
            self.note(name);
        }
        let error = self.error.load(SeqCst) as c_int;
        if error == 0 {
            return if bytes > 1 { Verdict::HalfAndEnd } else { Verdict::End };
        }
        if error == libc::ENOSPC && call == first && call < last && bytes > 1 {
            return Verdict::Half;
        }
        Verdict::Fail(error)
    }

    fn note(&self, name: &str) {
        let mut text = [0u8; 16];
        let bytes = name.len().min(text.len() - 1);
        text[..bytes].copy_from_slice(&name.as_bytes()[..bytes]);
        for (word, bytes) in self.name.iter().zip(text.chunks_exact(8)) {
            word.store(u64::from_ne_bytes(bytes.try_into().unwrap_or_default()), SeqCst);
        }
    }
}

/// Says what went wrong, as a failed call does.
pub unsafe fn fail(error: c_int) {
    *libc::__errno_location() = error;
}

/// Ends the process without a chance to do anything more.
pub unsafe fn end() -> ! {
    libc::kill(libc::getpid(), libc::SIGKILL);
    libc::abort()
}

/// The function of this name in the libraries behind this one.
pub unsafe fn real(cached: &AtomicPtr<c_void>, name: *const c_char) -> *mut c_void {
    let known = cached.load(SeqCst);
    if !known.is_null() {
        return known;
    }
    let found = libc::dlsym(libc::RTLD_NEXT, name);
    if found.is_null() {
        libc::abort();
    }
    cached.store(found, SeqCst);
    found
}
