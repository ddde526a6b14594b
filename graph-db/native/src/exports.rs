//! The functions that the JVM calls: the native methods of `dev.quarry.graphdb.NativeEngine`.

use crate::engine::{self, Limits};
use crate::error::{Failure, Outcome};
use crate::reply;
use crate::wire;
use jni::objects::{JByteArray, JByteBuffer, JClass, JObject};
use jni::sys::{jboolean, jdouble, jint, jlong};
use jni::JNIEnv;
use std::panic::{catch_unwind, AssertUnwindSafe};

/// Does the work of an export; whatever happens becomes a reply.
fn export<'local>(
    mut env: JNIEnv<'local>,
    body: impl FnOnce(&mut JNIEnv<'local>) -> Outcome<Vec<u8>>,
) -> JObject<'local> {
    let outcome =
        catch_unwind(AssertUnwindSafe(|| body(&mut env))).unwrap_or_else(|payload| Err(Failure::panic(payload)));
    reply::hand_over(&mut env, reply::of(outcome))
}

/// Copies the first `length` bytes of an array.
fn copy(env: &mut JNIEnv<'_>, array: &JByteArray<'_>, length: jint) -> Outcome<Vec<u8>> {
    let jni_failure = |error: jni::errors::Error| Failure::malformed(error.to_string());
    let size = env.get_array_length(array).map_err(jni_failure)?;
    if length < 0 || length > size {
        return Err(Failure::malformed(format!("{length} bytes of an array of {size}")));
    }
    let mut bytes = vec![0u8; length as usize];
    // SAFETY: i8 and u8 have the same layout, and the slice covers exactly the vector's bytes.
    let signed = unsafe { std::slice::from_raw_parts_mut(bytes.as_mut_ptr().cast::<i8>(), bytes.len()) };
    env.get_byte_array_region(array, 0, signed).map_err(jni_failure)?;
    Ok(bytes)
}

fn copy_all(env: &mut JNIEnv<'_>, array: &JByteArray<'_>) -> Outcome<Vec<u8>> {
    let size = env.get_array_length(array).map_err(|error| Failure::malformed(error.to_string()))?;
    copy(env, array, size)
}

fn copy_text(env: &mut JNIEnv<'_>, array: &JByteArray<'_>) -> Outcome<String> {
    let bytes = copy_all(env, array)?;
    wire::text(&bytes).map(str::to_owned)
}

#[no_mangle]
pub extern "system" fn Java_dev_quarry_graphdb_NativeEngine_open<'local>(
    env: JNIEnv<'local>,
    _class: JClass<'local>,
    path: JByteArray<'local>,
    cache_bytes: jlong,
) -> JObject<'local> {
    export(env, |env| engine::open(copy_text(env, &path)?, cache_bytes.max(0) as usize))
}

#[no_mangle]
pub extern "system" fn Java_dev_quarry_graphdb_NativeEngine_run<'local>(
    env: JNIEnv<'local>,
    _class: JClass<'local>,
    handle: jlong,
    script: JByteArray<'local>,
    params: JByteArray<'local>,
    params_length: jint,
    mutable: jboolean,
    seconds: jdouble,
    bytes: jlong,
    rows: jint,
) -> JObject<'local> {
    export(env, |env| {
        let script = copy_text(env, &script)?;
        let params = copy(env, &params, params_length)?;
        let limits = Limits { seconds, bytes, rows: rows.max(0) as usize };
        engine::run(handle, script, params, mutable != 0, limits)
    })
}

#[no_mangle]
pub extern "system" fn Java_dev_quarry_graphdb_NativeEngine_write<'local>(
    env: JNIEnv<'local>,
    _class: JClass<'local>,
    handle: jlong,
    batches: JByteArray<'local>,
    length: jint,
) -> JObject<'local> {
    export(env, |env| {
        let bytes = copy(env, &batches, length)?;
        engine::write(handle, bytes)
    })
}

#[no_mangle]
pub extern "system" fn Java_dev_quarry_graphdb_NativeEngine_close<'local>(
    env: JNIEnv<'local>,
    _class: JClass<'local>,
    handle: jlong,
) -> JObject<'local> {
    export(env, |_| engine::close(handle))
}

#[no_mangle]
pub extern "system" fn Java_dev_quarry_graphdb_NativeEngine_hash<'local>(
    env: JNIEnv<'local>,
    _class: JClass<'local>,
    content: JByteArray<'local>,
    length: jint,
) -> JObject<'local> {
    export(env, |env| {
        let bytes = copy(env, &content, length)?;
        let mut out = reply::begin(false);
        out.extend_from_slice(blake3::hash(&bytes).as_bytes());
        Ok(out)
    })
}

#[no_mangle]
pub extern "system" fn Java_dev_quarry_graphdb_NativeEngine_free<'local>(
    mut env: JNIEnv<'local>,
    _class: JClass<'local>,
    buffer: JByteBuffer<'local>,
) {
    // A panic here could only come from the binding's own misuse; it must not cross into the JVM.
    let _ = catch_unwind(AssertUnwindSafe(|| reply::release(&mut env, &buffer)));
}
