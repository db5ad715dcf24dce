//! Sanad (سند): protection of children from exploitation in begging.
//!
//! How to read this code. A feature is a folder named by its first URL segment (`contacts`, `cases`,
//! `prosecution`…) with the same files inside: `web` (routes, handlers, page structs), `domain` (types
//! and rules; knows neither HTTP nor SQL) and `db` (one function a question). Templates and locale files
//! mirror those names. A request passes three walls: the permission in its handler's type ([`routes`],
//! [`authz`], [`policy`]), the scope in each query, and row security in the database ([`db`]).
//!
//! Ground first, features after; no two modules need each other, not even in a round (tested).

pub mod audit;
pub mod authz;
pub mod blobs;
pub mod charts;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod disclosure;
pub mod embedded;
pub mod error;
pub mod factor;
pub mod forms;
pub mod i18n;
pub mod ics;
pub mod ids;
pub mod layers;
pub mod mail;
pub mod months;
pub mod names;
pub mod passkeys;
pub mod passwords;
pub mod people;
pub mod policy;
pub mod reference;
pub mod risk;
pub mod router;
pub mod routes;
pub mod seal;
pub mod state;
pub mod vault;
pub mod web;

pub mod account;
pub mod admin;
pub mod assessments;
pub mod auth;
pub mod care_plans;
pub mod cases;
pub mod children;
pub mod city_figures;
pub mod clinical;
pub mod closure;
pub mod conflicts;
pub mod contacts;
pub mod dashboard;
pub mod demo;
pub mod digests;
pub mod documents;
pub mod drafts;
pub mod duplicates;
pub mod families;
pub mod identity;
pub mod indicators;
pub mod jobs;
pub mod meetings;
pub mod mothers;
pub mod notices;
pub mod packs;
pub mod papers;
pub mod plan;
pub mod prosecution;
pub mod protection;
pub mod releases;
pub mod reports;
pub mod requests;
pub mod rights;
pub mod rollups;
pub mod search;
pub mod services;
pub mod shelter;
pub mod tasks;
pub mod teams;
pub mod transfers;
pub mod visits;
