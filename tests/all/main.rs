//! The walls, tried from outside: one program for all integration tests, so that only one is linked.
//!
//! `support` makes a database from the migrations and drives the real router over it; each module
//! beside it is one kind of promise.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "a test and its helpers may panic: that is how they tell; a story is told whole"
)]

mod support;

mod asvs;
mod audit;
mod bad_input;
mod calendar;
mod canary;
mod care;
mod catalogue;
mod city_figures;
mod codes;
mod condition;
mod conflicts;
mod dashboard;
mod demo;
mod disclosure;
mod documents;
mod doors;
mod drafts;
mod duplicates;
mod edges;
mod families;
mod faults;
mod fork;
mod fresh;
mod harness;
mod history;
mod identifiers;
mod identity;
mod indicators;
mod jobs;
mod journeys;
mod judicial;
mod locales;
mod machine;
mod matrix;
mod meetings;
mod migrations;
mod modules;
mod names;
mod packs;
mod passkeys;
mod paths;
mod places;
mod plan;
mod protection;
mod reach;
mod releases;
mod render;
mod repeated;
mod reports;
mod requests;
mod rights;
mod rls;
mod rollups;
mod seal;
mod search;
mod shelter;
mod size;
mod start;
mod tasks;
mod teams;
mod telling;
mod timing;
mod vault;
mod visits;
