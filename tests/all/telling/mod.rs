//! Who is told what: a task in other hands, what changed, answers, and letters that only count.

mod changes;
mod handover;
mod letters;
mod notices;
