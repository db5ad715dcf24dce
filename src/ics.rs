//! A calendar as programs exchange it (RFC 5545), as much of it as hearings and meetings need: UTC times, no names, no description.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The longest line, in octets, without its end.
const WIDTH: usize = 75;
/// A time of the calendar, as `20261124T091200Z`.
const TIME: &str = "%Y%m%dT%H%M%SZ";

/// One entry.
#[derive(Debug)]
pub struct Entry {
    /// Names it for ever.
    pub id: Uuid,
    /// When it was entered.
    pub stamp: DateTime<Utc>,
    /// When it begins.
    pub begins: DateTime<Utc>,
    /// What is shown.
    pub summary: String,
}

/// The whole calendar, with the name that a program may show.
pub fn calendar(name: &str, entries: &[Entry]) -> String {
    let mut out = String::new();
    line(&mut out, "BEGIN:VCALENDAR");
    line(&mut out, "VERSION:2.0");
    line(&mut out, "PRODID:-//Sanad//Calendar//EN");
    line(&mut out, "CALSCALE:GREGORIAN");
    line(&mut out, "METHOD:PUBLISH");
    line(&mut out, &format!("X-WR-CALNAME:{}", escaped(name)));
    for entry in entries {
        line(&mut out, "BEGIN:VEVENT");
        line(&mut out, &format!("UID:{}@sanad", entry.id));
        line(&mut out, &format!("DTSTAMP:{}", entry.stamp.format(TIME)));
        line(&mut out, &format!("DTSTART:{}", entry.begins.format(TIME)));
        line(&mut out, "DURATION:PT1H");
        line(&mut out, &format!("SUMMARY:{}", escaped(&entry.summary)));
        line(&mut out, "CLASS:PRIVATE");
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out
}

/// A text as a value: what would end it or begin another is written otherwise, and nothing that controls stays.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line, folded between characters: what goes on begins with a space, which counts.
fn line(out: &mut String, text: &str) {
    let mut used = 0;
    for c in text.chars() {
        if used + c.len_utf8() > WIDTH {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(summary: &str) -> Entry {
        let at = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        Entry {
            id: Uuid::from_u128(7),
            stamp: at,
            begins: at,
            summary: summary.to_owned(),
        }
    }

    #[test]
    fn lines_are_short_and_end_as_they_must() {
        let long = "جلسة أمام قاضي الأحداث ".repeat(12);
        let text = calendar("المحكمة الابتدائية بالرباط", &[entry(&long), entry("x")]);
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        for line in text.split("\r\n") {
            assert!(line.len() <= WIDTH, "{} octets: {line}", line.len());
        }
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains(&format!("SUMMARY:{long}\r\n")));
        assert!(unfolded.contains("DTSTART:20261118T"));
    }

    #[test]
    fn nothing_of_a_value_ends_it() {
        let text = calendar("a", &[entry("a,b;c\\d\nEND:VEVENT\u{7}")]);
        assert!(text.contains("SUMMARY:a\\,b\\;c\\\\d\\nEND:VEVENT\r\n"));
        assert_eq!(text.matches("\r\nEND:VEVENT\r\n").count(), 1);
    }

    #[test]
    fn a_name_is_nobody_s() {
        let text = calendar("a", &[entry("b")]);
        for word in ["DESCRIPTION", "ATTENDEE", "ORGANIZER", "LOCATION"] {
            assert!(!text.contains(word), "{word}");
        }
    }
}
