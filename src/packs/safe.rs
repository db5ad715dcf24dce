//! Text that a program of the reader's opens: no cell of it is anything but text.

/// A text as a line of a document: without what turns the direction of what follows, and without control characters.
pub(super) fn plain(text: &str) -> String {
    let turns = |c: &char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let line = |c: char| {
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            ' '
        } else {
            c
        }
    };
    text.chars().filter(|c| !turns(c)).map(line).collect()
}

/// The same in a cell of a spreadsheet or of a CSV file. What a spreadsheet would calculate, or send somewhere, begins with
/// one of these signs, also behind spaces: an apostrophe before it makes it a text.
pub(super) fn cell(text: &str) -> String {
    let control = text.starts_with(|c: char| c.is_control());
    let text = plain(text);
    let first = text.trim_start().chars().next();
    let acts = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    if control || first.is_some_and(acts) {
        format!("'{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_calculate_is_a_text() {
        for wild in [
            "=HYPERLINK(\"http://evil.example\",\"x\")",
            "+1+2",
            "-2+3",
            "@SUM(A1:A9)",
            "\t=1+1",
            "\r=1+1",
            "\n=1",
            "  =1+1",
            "\u{a0}=1+1",
            "\u{200f}=1+1",
            "\u{2066}@x",
            "＝1+1",
        ] {
            let tame = cell(wild);
            assert!(tame.starts_with('\''), "{wild:?} {tame:?}");
            assert!(!tame.contains(|c: char| c.is_control()), "{tame:?}");
        }
    }

    #[test]
    fn words_stay_as_they_are() {
        for word in ["الرباط", "Aïn Sebaâ - Hay Mohammadi", "5 = 5", "—", "'", ""] {
            assert_eq!(cell(word), word);
        }
        assert_eq!(plain("\u{2068}12\u{2069}\tمن"), "12 من");
    }
}
