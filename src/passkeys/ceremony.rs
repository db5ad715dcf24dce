//! What a browser is asked and what it brings, read by `webauthn-rs`.
//!
//! The library would draw the challenges; here the database does, which takes each back once. So a state of the
//! library is made when an answer comes, and gets the challenge that the answer names: whether that one waited for
//! this session is for the database to say.

use crate::{error::AppError, i18n::Msg};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use webauthn_rs::prelude::{
    COSEAlgorithm, COSEKeyType, Credential, Passkey, PasskeyAuthentication, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Url, Webauthn, WebauthnBuilder,
};

/// As long as a challenge lives in the database.
const MINUTES_5: u32 = 300_000;

/// The name that passkeys are bound to, and the library that reads them.
#[derive(Debug)]
pub struct Site {
    name: String,
    library: Webauthn,
}

/// The part of the client data that is read before anything is judged.
#[derive(Deserialize)]
struct ClientData {
    challenge: String,
}

fn challenge_in(client: &[u8]) -> Option<Vec<u8>> {
    let said: ClientData = serde_json::from_slice(client).ok()?;
    let challenge = BASE64.decode(said.challenge).ok()?;
    (challenge.len() == 32).then_some(challenge)
}

/// An answer that is none: cut off, made by hand, of another kind.
fn unreadable() -> Msg {
    Msg::new("passkey-unreadable")
}

/// A signature of a passkey, as the browser brought it; not judged yet.
pub struct Answer {
    inner: PublicKeyCredential,
    challenge: Vec<u8>,
}

impl Answer {
    /// Reads the JSON of the hidden field.
    pub fn parse(text: &str) -> Result<Self, Msg> {
        let inner: PublicKeyCredential = serde_json::from_str(text).map_err(|_| unreadable())?;
        let challenge = challenge_in(&inner.response.client_data_json).ok_or_else(unreadable)?;
        Ok(Self { inner, challenge })
    }

    pub(super) fn credential(&self) -> &[u8] {
        &self.inner.raw_id
    }

    pub(super) fn challenge(&self) -> &[u8] {
        &self.challenge
    }

    pub(super) fn authenticator(&self) -> &[u8] {
        &self.inner.response.authenticator_data
    }

    pub(super) fn client(&self) -> &[u8] {
        &self.inner.response.client_data_json
    }

    pub(super) fn signature(&self) -> &[u8] {
        &self.inner.response.signature
    }
}

/// It lets somebody in: never in a log.
impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answer(…)")
    }
}

/// A new passkey, as the browser brought it; not judged yet.
pub struct New {
    inner: RegisterPublicKeyCredential,
    challenge: Vec<u8>,
}

impl New {
    /// Reads the JSON of the hidden field.
    pub fn parse(text: &str) -> Result<Self, Msg> {
        let inner: RegisterPublicKeyCredential =
            serde_json::from_str(text).map_err(|_| unreadable())?;
        let challenge = challenge_in(&inner.response.client_data_json).ok_or_else(unreadable)?;
        Ok(Self { inner, challenge })
    }

    pub(super) fn challenge(&self) -> &[u8] {
        &self.challenge
    }
}

/// Who made it is not for a log either.
impl std::fmt::Debug for New {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("New(…)")
    }
}

/// What the database keeps of a passkey.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) credential: Vec<u8>,
    /// As COSE numbers them: ES256 or RS256.
    pub(super) algorithm: i16,
    /// The point of P-256, or the modulus.
    pub(super) public: Vec<u8>,
    pub(super) counter: i64,
    /// For the library.
    pub(super) kept: Value,
}

impl Key {
    fn of(passkey: Passkey) -> Option<Self> {
        let kept = serde_json::to_value(&passkey).ok()?;
        let Credential {
            cred_id,
            cred,
            counter,
            ..
        } = passkey.into();
        let (algorithm, public) = match (cred.type_, cred.key) {
            (COSEAlgorithm::ES256, COSEKeyType::EC_EC2(key)) => (-7, [key.x, key.y].concat()),
            (COSEAlgorithm::RS256, COSEKeyType::RSA(key)) if key.e == [1, 0, 1] => (-257, key.n),
            _ => return None,
        };
        Some(Self {
            credential: cred_id,
            algorithm,
            public,
            counter: i64::from(counter),
            kept,
        })
    }
}

/// The state of the library with another challenge in it. That it is found there is tested.
fn with_challenge<T: Serialize + DeserializeOwned>(
    state: &T,
    part: &str,
    challenge: &[u8],
) -> Option<T> {
    let mut written = serde_json::to_value(state).ok()?;
    *written.get_mut(part)?.get_mut("challenge")? = BASE64.encode(challenge).into();
    serde_json::from_value(written).ok()
}

impl Site {
    /// `None` where the two do not belong together.
    pub(super) fn new(name: &str, origin: &str) -> Option<Self> {
        let url = Url::parse(origin).ok()?;
        let builder = WebauthnBuilder::new(name, &url).ok()?;
        Some(Self {
            name: name.to_owned(),
            library: builder.rp_name("Sanad").build().ok()?,
        })
    }

    /// What an authenticator signs instead of the name.
    pub(super) fn sha256(&self) -> [u8; 32] {
        Sha256::digest(self.name.as_bytes()).into()
    }

    /// What the browser needs to make a passkey. It must be found without a user name and unlocked by its owner.
    pub(super) fn ask_new(
        &self,
        user: Uuid,
        names: (&str, &str),
        has: Vec<Vec<u8>>,
        challenge: &[u8],
    ) -> Result<Value, AppError> {
        let (asked, _) = self
            .library
            .start_passkey_registration(user, names.0, names.1, Some(has))
            .map_err(AppError::internal)?;
        let mut asked = serde_json::to_value(asked).map_err(AppError::internal)?;
        let options = asked
            .get_mut("publicKey")
            .and_then(Value::as_object_mut)
            .ok_or_else(|| AppError::internal("webauthn-rs asks for something else"))?;
        options.insert("challenge".to_owned(), BASE64.encode(challenge).into());
        options.insert("timeout".to_owned(), MINUTES_5.into());
        options.insert(
            "authenticatorSelection".to_owned(),
            json!({"residentKey": "required", "requireResidentKey": true, "userVerification": "required"}),
        );
        Ok(asked)
    }

    /// What the browser needs to sign; any passkey of this site if `has` names none.
    pub(super) fn ask(&self, has: &[Vec<u8>], challenge: &[u8]) -> Value {
        let allowed: Vec<Value> = has
            .iter()
            .map(|id| json!({"type": "public-key", "id": BASE64.encode(id)}))
            .collect();
        json!({"publicKey": {
            "challenge": BASE64.encode(challenge),
            "rpId": self.name,
            "timeout": MINUTES_5,
            "userVerification": "required",
            "allowCredentials": allowed,
        }})
    }

    /// The key of a new passkey, if it was made here, by its owner, and is of a kind that we know.
    pub(super) fn read_new(&self, new: &New, user: Uuid, has: Vec<Vec<u8>>) -> Option<Key> {
        let (_, state) = self
            .library
            .start_passkey_registration(user, "-", "-", Some(has))
            .ok()?;
        let state: PasskeyRegistration = with_challenge(&state, "rs", &new.challenge)?;
        let passkey = self
            .library
            .finish_passkey_registration(&new.inner, &state)
            .ok()?;
        Key::of(passkey)
    }

    /// Whether the answer is the passkey's: origin, name of the site, flags, signature.
    pub(super) fn holds(&self, answer: &Answer, user: Uuid, kept: Value) -> bool {
        let names_owner = answer
            .inner
            .get_user_unique_id()
            .is_none_or(|named| named == user.as_bytes());
        let judged = || {
            let passkey: Passkey = serde_json::from_value(kept).ok()?;
            let (_, state) = self.library.start_passkey_authentication(&[passkey]).ok()?;
            let state: PasskeyAuthentication = with_challenge(&state, "ast", &answer.challenge)?;
            self.library
                .finish_passkey_authentication(&answer.inner, &state)
                .ok()
        };
        names_owner && judged().is_some_and(|result| result.user_verified())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_librarys_state_takes_the_challenge_of_the_database() {
        let site = Site::new("localhost", "http://localhost:8080").unwrap();
        let user = Uuid::from_u128(7);
        let (_, state) = site
            .library
            .start_passkey_registration(user, "-", "-", None)
            .unwrap();
        let state = with_challenge(&state, "rs", &[9; 32]).unwrap();
        let written = serde_json::to_value(&state).unwrap();
        assert_eq!(written["rs"]["challenge"], BASE64.encode([9; 32]));
        assert!(with_challenge(&state, "ast", &[9; 32]).is_none());
    }

    #[test]
    fn a_site_is_asked_for_under_its_own_name_and_with_its_owner() {
        assert!(Site::new("localhost", "https://sanad.example").is_none());
        let site = Site::new("sanad.example", "https://sanad.example").unwrap();
        let asked = site.ask(&[vec![1; 16]], &[9; 32]);
        assert_eq!(asked["publicKey"]["rpId"], "sanad.example");
        assert_eq!(asked["publicKey"]["userVerification"], "required");
        let new = site
            .ask_new(Uuid::from_u128(7), ("nadia", "Nadia"), Vec::new(), &[9; 32])
            .unwrap();
        assert_eq!(new["publicKey"]["challenge"], BASE64.encode([9; 32]));
        assert_eq!(
            new["publicKey"]["authenticatorSelection"]["userVerification"],
            "required"
        );
        assert_eq!(new["publicKey"]["rp"]["id"], "sanad.example");
    }

    #[test]
    fn what_is_no_answer_is_refused_in_words() {
        for garbage in ["", "{}", "null", "[1]", "{\"id\":\"x\"}", "\u{fffd}"] {
            assert!(Answer::parse(garbage).is_err(), "{garbage}");
            assert!(New::parse(garbage).is_err(), "{garbage}");
        }
        assert_eq!(challenge_in(b"{\"challenge\":\"AAAA\"}"), None, "too short");
    }
}
