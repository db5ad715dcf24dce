//! What an organisation is asked for, as its focal point (نقطة ارتكاز) reads it: the frozen extract, their own
//! answers, and nothing of the file behind it (schema D8, decision 0064).

mod db;
mod web;

pub use web::routes;
