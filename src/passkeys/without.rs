//! In a program built without the feature `passkeys`: no site, so that no page offers one and their routes lead
//! nowhere. What there is none of has no value here, and the compiler knows it.

use crate::{error::AppError, i18n::Msg};
use serde_json::Value;
use std::convert::Infallible;
use uuid::Uuid;

/// There is none.
#[derive(Debug)]
pub struct Site(Infallible);

/// There is none.
#[derive(Debug)]
pub struct Answer(Infallible);

/// There is none.
#[derive(Debug)]
pub struct New(Infallible);

#[derive(Debug)]
pub(super) struct Key {
    pub(super) credential: Vec<u8>,
    pub(super) algorithm: i16,
    pub(super) public: Vec<u8>,
    pub(super) counter: i64,
    pub(super) kept: Value,
}

impl Answer {
    /// Never one.
    pub fn parse(_: &str) -> Result<Self, Msg> {
        Err(Msg::new("passkey-unreadable"))
    }

    pub(super) fn credential(&self) -> &[u8] {
        match self.0 {}
    }

    pub(super) fn challenge(&self) -> &[u8] {
        match self.0 {}
    }

    pub(super) fn authenticator(&self) -> &[u8] {
        match self.0 {}
    }

    pub(super) fn client(&self) -> &[u8] {
        match self.0 {}
    }

    pub(super) fn signature(&self) -> &[u8] {
        match self.0 {}
    }
}

impl New {
    /// Never one.
    pub fn parse(_: &str) -> Result<Self, Msg> {
        Err(Msg::new("passkey-unreadable"))
    }

    pub(super) fn challenge(&self) -> &[u8] {
        match self.0 {}
    }
}

impl Site {
    pub(super) fn new(_: &str, _: &str) -> Option<Self> {
        None
    }

    pub(super) fn sha256(&self) -> [u8; 32] {
        match self.0 {}
    }

    pub(super) fn ask_new(
        &self,
        _: Uuid,
        _: (&str, &str),
        _: Vec<Vec<u8>>,
        _: &[u8],
    ) -> Result<Value, AppError> {
        match self.0 {}
    }

    pub(super) fn ask(&self, _: &[Vec<u8>], _: &[u8]) -> Value {
        match self.0 {}
    }

    pub(super) fn read_new(&self, _: &New, _: Uuid, _: Vec<Vec<u8>>) -> Option<Key> {
        match self.0 {}
    }

    pub(super) fn holds(&self, _: &Answer, _: Uuid, _: Value) -> bool {
        match self.0 {}
    }
}
