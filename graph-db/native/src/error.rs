//! What can go wrong, as a stable code and a text for people.

use std::any::Any;

/// A failure: `code` is for programs, `message` for people.
#[derive(Debug)]
pub struct Failure {
    pub code: String,
    pub message: String,
}

pub type Outcome<T> = Result<T, Failure>;

impl Failure {
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Failure { code: code.to_owned(), message: message.into() }
    }

    /// Bytes from the caller that do not follow the format.
    pub fn malformed(what: impl Into<String>) -> Self {
        Failure::new("binding::malformed", what)
    }

    /// A panic that was caught: a defect of the engine, or storage that it asserts to be sound.
    pub fn panic(payload: Box<dyn Any + Send>) -> Self {
        let text = payload
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()))
            .unwrap_or_else(|| "no message".to_owned());
        Failure::new("binding::panic", text)
    }
}

impl From<miette::Report> for Failure {
    /// Takes the first code in the chain of causes, and joins the messages of all causes that say something new.
    fn from(report: miette::Report) -> Self {
        let mut message = String::new();
        for cause in report.chain() {
            let text = cause.to_string();
            if !message.contains(&text) {
                if !message.is_empty() {
                    message.push_str(": ");
                }
                message.push_str(&text);
            }
        }
        if let Some(help) = report.help() {
            message.push_str(&format!(" ({help})"));
        }
        let code = report.code().map_or_else(|| "engine".to_owned(), |code| code.to_string());
        Failure { code, message }
    }
}
