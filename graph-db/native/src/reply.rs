//! What a call answers with: owned bytes that the JVM reads in place and hands back to be freed.
//!
//! ```text
//! reply   = status: u32, flags: u32, body
//! body    = status 0: what the call gives; flag 1 says that rows were left out
//!           status 1: code: text, message: text
//! ```

use crate::error::{Failure, Outcome};
use crate::wire::put_bytes;
use jni::objects::{JByteBuffer, JObject};
use jni::JNIEnv;

const OK: u32 = 0;
const FAILED: u32 = 1;
const TRUNCATED: u32 = 1;

/// A reply that worked, ready for its body.
pub fn begin(truncated: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    out.extend_from_slice(&OK.to_le_bytes());
    out.extend_from_slice(&(if truncated { TRUNCATED } else { 0 }).to_le_bytes());
    out
}

/// The reply to an outcome.
pub fn of(outcome: Outcome<Vec<u8>>) -> Vec<u8> {
    outcome.unwrap_or_else(|failure| of_failure(&failure))
}

fn of_failure(failure: &Failure) -> Vec<u8> {
    let mut out = Vec::with_capacity(64 + failure.message.len());
    out.extend_from_slice(&FAILED.to_le_bytes());
    out.extend_from_slice(&0u32.to_le_bytes());
    put_bytes(&mut out, failure.code.as_bytes());
    put_bytes(&mut out, failure.message.as_bytes());
    out
}

/// Hands the bytes over as a direct buffer. The JVM owns them until it calls [`release`].
pub fn hand_over<'local>(env: &mut JNIEnv<'local>, bytes: Vec<u8>) -> JObject<'local> {
    let boxed = bytes.into_boxed_slice();
    let length = boxed.len();
    let address = Box::into_raw(boxed).cast::<u8>();
    // SAFETY: the memory is valid for `length` bytes and stays so until `release`.
    match unsafe { env.new_direct_byte_buffer(address, length) } {
        Ok(buffer) => buffer.into(),
        Err(_) => {
            // SAFETY: nobody else has seen the address. The JVM has an OutOfMemoryError pending.
            unsafe { free(address, length) };
            JObject::null()
        }
    }
}

/// Frees what [`hand_over`] gave. Each buffer must come back once.
pub fn release(env: &mut JNIEnv<'_>, buffer: &JByteBuffer<'_>) {
    if let (Ok(address), Ok(length)) = (env.get_direct_buffer_address(buffer), env.get_direct_buffer_capacity(buffer)) {
        // SAFETY: the binding passes only buffers that `hand_over` made, and each only once.
        unsafe { free(address, length) };
    }
}

unsafe fn free(address: *mut u8, length: usize) {
    drop(Box::from_raw(std::ptr::slice_from_raw_parts_mut(address, length)));
}
