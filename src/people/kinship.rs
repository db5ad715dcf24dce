//! Kinship is a claim until a document proves it. What a proof is worth, without HTTP or SQL.

/// What is known of a kinship.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// Somebody says so.
    Claimed,
    /// A document or a judge says so.
    Verified,
    /// It was shown not to be so; kept, because the claim was made.
    Refuted,
}

impl Claim {
    /// What a proof makes of a claim. A declaration is only said, and an ordered test has no result yet.
    pub fn from_proof(proof: Option<&str>) -> Self {
        if proof.is_some_and(proves) {
            Self::Verified
        } else {
            Self::Claimed
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Claimed, Self::Verified, Self::Refuted]
            .into_iter()
            .find(|claim| claim.code() == code)
    }

    /// As the database knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::Verified => "verified",
            Self::Refuted => "refuted",
        }
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Claimed => "kinship-claimed",
            Self::Verified => "kinship-verified",
            Self::Refuted => "kinship-refuted",
        }
    }
}

/// Whether a code of `ref.relation_proof` proves a kinship.
pub fn proves(proof: &str) -> bool {
    matches!(proof, "civil_document" | "judgment")
}

/// The kind of a kinship once it is proven: a woman who said she is the mother is the mother.
pub fn proven_kind(kind: &str) -> &str {
    if kind == "mother_unverified" {
        "mother"
    } else {
        kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_document_or_a_judge_verifies() {
        for proof in ["civil_document", "judgment"] {
            assert_eq!(Claim::from_proof(Some(proof)), Claim::Verified);
        }
        for proof in [
            None,
            Some("declaration"),
            Some("dna_ordered"),
            Some("none"),
            Some("unknown"),
        ] {
            assert_eq!(Claim::from_proof(proof), Claim::Claimed, "{proof:?}");
        }
    }

    #[test]
    fn codes_come_back() {
        for claim in [Claim::Claimed, Claim::Verified, Claim::Refuted] {
            assert_eq!(Claim::from_code(claim.code()), Some(claim));
        }
        assert_eq!(Claim::from_code("proved"), None);
    }
}
