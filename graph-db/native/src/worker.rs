//! The threads that the engine runs on. Their stacks are large, because the engine's parser and evaluator recurse with
//! the depth of a script, and a stack that overflows ends the whole process.

use crate::error::{Failure, Outcome};
use std::collections::VecDeque;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::mpsc::sync_channel;
use std::sync::{Condvar, Mutex, MutexGuard, Once, PoisonError};
use std::thread;

const STACK_BYTES: usize = 64 << 20;
const MAX_THREADS: usize = 64;

type Job = Box<dyn FnOnce() + Send>;

struct State {
    jobs: VecDeque<Job>,
    idle: usize,
    threads: usize,
}

static STATE: Mutex<State> = Mutex::new(State { jobs: VecDeque::new(), idle: 0, threads: 0 });
static READY: Condvar = Condvar::new();
static SETUP: Once = Once::new();

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs a call on a worker and waits for what it gives. A panic becomes a failure.
pub fn run<T: Send + 'static>(call: impl FnOnce() -> Outcome<T> + Send + 'static) -> Outcome<T> {
    SETUP.call_once(set_up);
    let (sender, receiver) = sync_channel(1);
    submit(Box::new(move || {
        let outcome = catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|payload| Err(Failure::panic(payload)));
        // The caller waits for exactly this message.
        let _ = sender.send(outcome);
    }))?;
    receiver.recv().unwrap_or_else(|_| Err(Failure::new("binding::panic", "a worker ended without an answer")))
}

fn set_up() {
    // A caught panic is reported through its failure; the default hook would write to the process's standard error.
    std::panic::set_hook(Box::new(|_| {}));
    // Fails only if the pool was built before, which nothing in this library does.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK_BYTES).build_global();
}

fn submit(job: Job) -> Outcome<()> {
    let mut state = state();
    state.jobs.push_back(job);
    if state.idle >= state.jobs.len() || state.threads >= MAX_THREADS {
        READY.notify_one();
        return Ok(());
    }
    let spawned = thread::Builder::new().name("quarry-engine".to_owned()).stack_size(STACK_BYTES).spawn(work);
    match spawned {
        Ok(_) => {
            state.threads += 1;
            Ok(())
        }
        Err(_) if state.threads > 0 => {
            READY.notify_one();
            Ok(())
        }
        Err(error) => {
            state.jobs.pop_back();
            Err(Failure::new("binding::threads", format!("no thread can be started: {error}")))
        }
    }
}

fn work() {
    loop {
        let job = {
            let mut state = state();
            loop {
                if let Some(job) = state.jobs.pop_front() {
                    break job;
                }
                state.idle += 1;
                state = READY.wait(state).unwrap_or_else(PoisonError::into_inner);
                state.idle -= 1;
            }
        };
        job();
    }
}
