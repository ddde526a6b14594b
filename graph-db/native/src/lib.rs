//! The graph engine behind a JNI binding: batches of bytes in, one batch of bytes out.
//!
//! Every call answers with one owned reply (see [`reply`]), whether it worked or not; no panic and no engine error
//! crosses into the JVM by any other way.

mod batch;
mod disk;
mod disk_tx;
mod engine;
mod error;
mod exports;
mod handles;
mod reply;
mod staging;
mod store;
mod value;
mod wire;
mod worker;
