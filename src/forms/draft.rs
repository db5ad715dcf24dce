//! A form that is kept to go on with later: every answer as typed.

use super::Form;

/// What a form carries and its answers are not: its own id, its version, the button; what it was shown with, and
/// what its author was typing before.
const OWN: [&str; 6] = ["id", "version", "act", "was", "then", "draft_rev"];

impl Form {
    /// The answers as one text.
    pub fn to_draft(&self) -> String {
        let answers = self
            .pairs()
            .filter(|(name, value)| !OWN.contains(name) && !value.is_empty());
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(answers);
        text.finish()
    }

    /// All that was sent but the button that sent it: what is taken up again is this very form, with the version and
    /// the answers it was shown with.
    pub fn to_unsent(&self) -> String {
        let buttons = ["act", "add_child", "remove_child", "auto", "draft_rev"];
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(self.pairs().filter(|(name, _)| !buttons.contains(name)));
        text.finish()
    }

    /// The form that such a text kept.
    pub fn from_draft(text: &str) -> Self {
        Self::parse(text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_gives_back_what_was_typed_and_nothing_of_the_form_itself() {
        let typed = Form::new()
            .with("id", "x")
            .with("version", "3")
            .with("act", "save")
            .with("needs", "orphan")
            .with("needs", "pregnancy")
            .with("summary", "أسرة من\nستة أفراد & أكثر");
        let kept = Form::from_draft(&typed.to_draft());
        assert_eq!(kept.all("needs").count(), 2);
        assert_eq!(kept.text("summary"), "أسرة من\nستة أفراد & أكثر");
        assert!(!kept.sent("id") && !kept.sent("version") && !kept.sent("act"));
    }
}
