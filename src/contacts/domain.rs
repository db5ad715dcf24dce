//! What a contact is made of.

use crate::{forms::Line, i18n::Msg, ids::ContactId};
use chrono::{DateTime, TimeDelta, Utc};

/// Children in one contact: a round meets groups, not crowds.
pub const MAX_CHILDREN: usize = 12;

/// An age as guessed, in completed months, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgeGuess {
    /// At least.
    pub min_months: i16,
    /// At most.
    pub max_months: i16,
}

/// Last completed month of childhood: seventeen years and eleven months.
const LAST_MONTH: i16 = 215;

impl AgeGuess {
    /// From a band of the plan, as `[12, 72)`; the open band ends with childhood.
    pub fn band(min_months: i64, max_months: Option<i64>) -> Option<Self> {
        let min = i16::try_from(min_months).ok()?;
        let end = i16::try_from(max_months.unwrap_or(216)).ok()?;
        (min < end && end <= LAST_MONTH + 1).then_some(Self {
            min_months: min,
            max_months: end - 1,
        })
    }

    /// From a whole number of years.
    pub fn years(years: i16) -> Result<Self, Msg> {
        if (0..18).contains(&years) {
            Ok(Self {
                min_months: years * 12,
                max_months: years * 12 + 11,
            })
        } else {
            Err(Msg::new("error-age"))
        }
    }

    /// Under one year: a red flag by itself, ticked or not.
    pub fn is_infant(self) -> bool {
        self.max_months < 12
    }
}

/// One child, as seen.
#[derive(Debug, Clone)]
pub struct SeenChild {
    /// `F`, `M`, `U`.
    pub sex: String,
    /// Age as guessed.
    pub age: AgeGuess,
    /// Name or nickname, if known.
    pub seen_as: Option<Line>,
    /// Codes of `ref.red_flag`.
    pub flags: Vec<String>,
}

/// The adult with the children, as claimed.
#[derive(Debug, Clone)]
pub struct SeenAdult {
    /// Code of `ref.adult_relation`.
    pub relation: String,
    /// Name, if known.
    pub name: Option<Line>,
    /// Telephone, as `+212…`.
    pub phone: Option<String>,
}

/// A contact ready to be saved.
#[derive(Debug, Clone)]
pub struct NewContact {
    /// Made when the form was shown: the same form sent twice is one contact.
    pub id: ContactId,
    /// HCP code of the commune or arrondissement.
    pub place: String,
    /// Code of `ref.contact_place`.
    pub spot_kind: String,
    /// What one sees there.
    pub landmark: Option<Line>,
    /// When it happened.
    pub observed_at: DateTime<Utc>,
    /// The children seen; at least one.
    pub children: Vec<SeenChild>,
    /// The adult, if any.
    pub adult: Option<SeenAdult>,
    /// Code of `ref.circumstance`.
    pub circumstance: String,
    /// Codes of `ref.contact_action`.
    pub actions: Vec<String>,
    /// Anything else.
    pub note: Option<String>,
    /// Print of the answers.
    pub sha256: [u8; 32],
}

/// Time to triage: four hours with a red flag, else a day (domain §3.1).
pub fn triage_due(received: DateTime<Utc>, flagged: bool) -> DateTime<Utc> {
    received + TimeDelta::hours(if flagged { 4 } else { 24 })
}

/// A Moroccan number in one form, `+212612345678`; accepts 06…, 00212…, +212…, spaces and dots.
pub fn parse_phone(text: &str) -> Result<String, Msg> {
    let digits: String = crate::forms::western_digits(text)
        .chars()
        .filter(|c| !" .-()".contains(*c))
        .collect();
    let local = digits
        .strip_prefix("+212")
        .or_else(|| digits.strip_prefix("00212"))
        .or_else(|| digits.strip_prefix('0'))
        .unwrap_or_default();
    let right = local.len() == 9
        && local.starts_with(['5', '6', '7'])
        && local.bytes().all(|b| b.is_ascii_digit());
    if right {
        Ok(format!("+212{local}"))
    } else {
        Err(Msg::new("error-phone"))
    }
}

/// A number as it stands on a page until somebody asks for it: `06 •• •• •• 78`. What is no Moroccan number
/// shows its last two digits.
pub fn masked_phone(phone: &str) -> String {
    let local = phone.strip_prefix("+212").unwrap_or(phone);
    let head: String = local.chars().take(1).collect();
    let tail: String = local
        .chars()
        .skip(local.chars().count().saturating_sub(2))
        .collect();
    format!("0{head} •• •• •• {tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_end_where_the_next_begins() {
        assert_eq!(
            AgeGuess::band(12, Some(72)),
            Some(AgeGuess {
                min_months: 12,
                max_months: 71
            })
        );
        assert_eq!(
            AgeGuess::band(168, Some(216)),
            Some(AgeGuess {
                min_months: 168,
                max_months: 215
            })
        );
        assert_eq!(AgeGuess::band(216, None), None);
    }

    #[test]
    fn an_adult_is_not_a_child_seen() {
        assert!(AgeGuess::years(18).is_err());
        assert!(AgeGuess::years(-1).is_err());
        assert!(AgeGuess::years(0).is_ok_and(AgeGuess::is_infant));
    }

    #[test]
    fn one_number_has_one_form() {
        for text in [
            "06 12 34 56 78",
            "+212 612345678",
            "00212612345678",
            "٠٦١٢٣٤٥٦٧٨",
            "06-12-34-56-78",
        ] {
            assert_eq!(parse_phone(text).as_deref(), Ok("+212612345678"), "{text}");
        }
        for text in ["12", "0812345678", "+33612345678", "06 12 34 56 7x"] {
            assert!(parse_phone(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_red_flag_shortens_the_wait() {
        let at = DateTime::UNIX_EPOCH;
        assert!(triage_due(at, true) < triage_due(at, false));
    }

    #[test]
    fn a_number_is_masked_but_for_its_ends() {
        assert_eq!(masked_phone("+212612345678"), "06 •• •• •• 78");
        assert_eq!(masked_phone(""), "0 •• •• •• ");
    }
}
