//! An authenticator in software: makes a passkey and signs with it, as a browser would bring it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Somebody is there; the device knows who; there is a key in the data.
const PRESENT: u8 = 1;
const VERIFIED: u8 = 4;
const ATTESTED: u8 = 64;

/// A device with one key, which tests may set to misbehave.
#[derive(Debug, Clone)]
pub struct Authenticator {
    key: SigningKey,
    pub id: [u8; 32],
    /// Signatures so far.
    pub counter: u32,
    /// Where the browser stands.
    pub origin: &'static str,
    /// The name that the browser hands over.
    pub site: &'static str,
    /// Whether its owner unlocked it.
    pub verifies: bool,
    /// Whose passkey it says it is.
    pub user: Option<String>,
}

impl Authenticator {
    /// A new one, on the site of the tests.
    pub fn new(seed: u8) -> Self {
        Self {
            key: SigningKey::from_slice(&[seed; 32]).unwrap(),
            id: [seed; 32],
            counter: 0,
            origin: "http://localhost:8080",
            site: "localhost",
            verifies: true,
            user: None,
        }
    }

    fn data(&self, more: u8) -> Vec<u8> {
        let flags = PRESENT | more | if self.verifies { VERIFIED } else { 0 };
        let mut data = Sha256::digest(self.site).to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn client(&self, kind: &str, options: &Value) -> Vec<u8> {
        let challenge = &options["publicKey"]["challenge"];
        json!({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false})
            .to_string()
            .into_bytes()
    }

    /// The point of its key, 64 bytes.
    pub fn point(&self) -> Vec<u8> {
        self.key.verifying_key().to_sec1_point(false).as_bytes()[1..].to_vec()
    }

    /// Signs anything.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let signature: Signature = self.key.sign(message);
        signature.to_der().as_bytes().to_vec()
    }

    /// Makes the passkey that is asked for.
    pub fn create(&mut self, options: &Value) -> String {
        self.user = options["publicKey"]["user"]["id"]
            .as_str()
            .map(str::to_owned);
        let point = self.point();
        let mut data = self.data(ATTESTED);
        data.extend([0; 16]);
        data.extend([0, 32]);
        data.extend(self.id);
        // a COSE key: EC2, ES256, P-256, x, y
        data.extend([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32]);
        data.extend(&point[..32]);
        data.extend([0x22, 0x58, 32]);
        data.extend(&point[32..]);
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        json!({
            "id": BASE64.encode(self.id), "rawId": BASE64.encode(self.id), "type": "public-key", "extensions": {},
            "response": {
                "clientDataJSON": BASE64.encode(self.client("webauthn.create", options)),
                "attestationObject": BASE64.encode(object),
            },
        })
        .to_string()
    }

    /// What it signs for an answer, and the signature.
    pub fn parts(&self, options: &Value) -> [Vec<u8>; 3] {
        let (data, client) = (self.data(0), self.client("webauthn.get", options));
        let mut message = data.clone();
        message.extend(Sha256::digest(&client));
        let signature = self.sign(&message);
        [data, client, signature]
    }

    /// Signs the challenge that is asked for, and counts.
    pub fn get(&mut self, options: &Value) -> String {
        self.counter += 1;
        let [data, client, signature] = self.parts(options);
        json!({
            "id": BASE64.encode(self.id), "rawId": BASE64.encode(self.id), "type": "public-key", "extensions": {},
            "response": {
                "authenticatorData": BASE64.encode(data),
                "clientDataJSON": BASE64.encode(client),
                "signature": BASE64.encode(signature),
                "userHandle": self.user,
            },
        })
        .to_string()
    }
}
