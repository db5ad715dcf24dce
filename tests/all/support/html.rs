//! Forms as a browser would read them from a page.

/// A field and the value it would be sent with.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its value on the page.
    pub value: String,
    /// `text`, `secret`, `hidden`, `radio`, `textarea`, `select`…
    pub kind: String,
    /// Whether it is sent when nobody touches it.
    pub sent: bool,
}

/// A form that changes something.
#[derive(Debug, Clone)]
pub struct Form {
    /// Where it is sent to.
    pub action: String,
    /// Whether it is sent with a file.
    pub uploads: bool,
    /// Its fields, one for each name and choice.
    pub fields: Vec<Field>,
}

impl Form {
    /// The names of its fields, once each.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.fields.iter().map(|f| f.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// What would be sent untouched.
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        let sent = self.fields.iter().filter(|f| f.sent);
        sent.map(|f| (f.name.as_str(), f.value.as_str())).collect()
    }

    /// Whether it is a button, which may ask for the page again rather than send it.
    pub fn is_button(&self, name: &str) -> bool {
        self.fields
            .iter()
            .any(|f| f.name == name && f.kind == "button")
    }

    /// Whether somebody types into that field.
    pub fn is_typed(&self, name: &str) -> bool {
        self.fields.iter().any(|f| {
            f.name == name && matches!(f.kind.as_str(), "text" | "tel" | "textarea" | "search")
        })
    }
}

/// The forms of a page that are sent by POST, but for those that stand on every page.
pub fn forms(html: &str, path: &str) -> Vec<Form> {
    html.split("<form")
        .skip(1)
        .filter_map(|part| part.split_once("</form>").map(|(form, _)| form))
        .filter(|form| attribute(tag(form), "method").is_some_and(|method| method == "post"))
        .map(|form| Form {
            action: attribute(tag(form), "action").unwrap_or_else(|| path.to_owned()),
            uploads: attribute(tag(form), "enctype").is_some(),
            fields: fields(form),
        })
        .filter(|form| !["/logout", "/language"].contains(&form.action.as_str()))
        // the box of the bar, but for its own page
        .filter(|form| form.action != "/search" || path == "/search")
        .collect()
}

fn fields(form: &str) -> Vec<Field> {
    let mut fields = Vec::new();
    for part in form.split('<').skip(1) {
        let tag = tag(part);
        let element = tag.split([' ', '>']).next().unwrap_or_default();
        let kind = match element {
            // never shown back
            "input" if tag.contains("one-time-code") => "secret".to_owned(),
            "input" => attribute(tag, "type").unwrap_or_else(|| "text".to_owned()),
            "textarea" | "select" | "button" => element.to_owned(),
            "option" => {
                let chosen = tag.contains(" selected");
                if let Some(field) = fields
                    .last_mut()
                    .filter(|f: &&mut Field| f.kind == "select" && chosen)
                {
                    field.value = attribute(tag, "value").unwrap_or_default();
                }
                continue;
            }
            _ => continue,
        };
        let Some(name) = attribute(tag, "name") else {
            continue;
        };
        let value = if element == "textarea" {
            unescaped(part.split_once('>').map_or("", |(_, text)| text))
        } else {
            attribute(tag, "value").unwrap_or_default()
        };
        let sent = match kind.as_str() {
            "radio" | "checkbox" => tag.contains(" checked"),
            "button" => false,
            _ => true,
        };
        fields.push(Field {
            name,
            value,
            kind,
            sent,
        });
    }
    fields
}

/// The inside of the tag that a text begins with.
fn tag(text: &str) -> &str {
    text.split('>').next().unwrap_or_default()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next().map(unescaped)
}

fn unescaped(text: &str) -> String {
    text.replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#38;", "&")
}

#[test]
fn a_form_is_read() {
    let page = r#"<form method="post" action="/a"><input name="n" value="1&#38;2"><input type="radio" name="r" value="x" checked>
        <select name="s"><option value="">…</option><option value="two" selected>2</option></select><textarea name="t">words</textarea></form>"#;
    let form = &forms(page, "/here")[0];
    assert_eq!(
        form.pairs(),
        [("n", "1&2"), ("r", "x"), ("s", "two"), ("t", "words")]
    );
}
