//! What a template can ask of its reader: language, labels, dates, rights, menu.

use crate::{
    error::AppError,
    forms::FieldError,
    i18n::{Arg, Lang, Msg},
    ids::{CaseId, CourtId},
    policy::{Actor, Emergency, Permission, Role, Scope},
    reference::{Catalogue, Label, List},
    web::paging::COUNTED,
};
use axum::http::request::Parts;
use chrono::{DateTime, NaiveDate, Utc};
use std::{borrow::Borrow, fmt, sync::Arc};

/// The reader of this answer. One for each request, passed to every template as `ui`.
#[derive(Debug, Clone)]
pub struct Ui(Arc<Reader>);

/// What is known of the reader.
#[derive(Debug)]
pub(crate) struct Reader {
    pub lang: Lang,
    pub actor: Option<Arc<Actor>>,
    pub path: String,
    /// Path and query of a page that can be asked for again; `None` for the answer to a form.
    pub back: Option<String>,
    pub request_id: String,
    pub demo: bool,
    pub catalogue: Arc<Catalogue>,
    pub now: DateTime<Utc>,
}

/// An icon of the sprite.
#[derive(Debug, Clone, Copy)]
pub struct Icon {
    name: &'static str,
    flip: bool,
}

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let class = if self.flip { "i flip" } else { "i" };
        let sprite = super::asset_url("icons.svg");
        write!(
            f,
            r#"<svg class="{class}" aria-hidden="true"><use href="{sprite}#{}"/></svg>"#,
            self.name
        )
    }
}
/// Its name is a literal of ours.
impl askama::filters::HtmlSafe for Icon {}

impl Ui {
    /// For the layer that knows who asks.
    pub(crate) fn new(reader: Reader) -> Self {
        Self(Arc::new(reader))
    }

    /// Of the request being answered.
    pub fn of(parts: &Parts) -> Result<Self, AppError> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| AppError::internal("no context layer"))
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.0.lang
    }

    /// Every language, for the switch.
    pub fn langs(&self) -> [Lang; 3] {
        Lang::ALL
    }

    /// The words of a key.
    pub fn t(&self, key: &str) -> String {
        self.0.lang.t(key)
    }

    /// The words of a key with a count `n`.
    pub fn n(&self, key: &str, n: impl Into<Arg>) -> String {
        self.0.lang.t_with(key, &[("n", n.into())])
    }

    /// The same of a count that stopped at [`COUNTED`]: "over 99 files".
    pub fn n_counted(&self, key: &str, n: i64) -> String {
        let most = i64::from(COUNTED);
        if n < most {
            self.n(key, n)
        } else {
            self.t1("count-over", "words", self.n(key, most - 1))
        }
    }

    /// A count that stopped at [`COUNTED`], beside a filter.
    pub fn counted(&self, n: i64) -> String {
        let most = i64::from(COUNTED);
        if n < most {
            self.number(n)
        } else {
            format!("+{}", self.number(most - 1))
        }
    }

    /// The words of a key with one variable.
    pub fn t1(&self, key: &str, name: &'static str, value: impl Into<Arg>) -> String {
        self.0.lang.t_with(key, &[(name, value.into())])
    }

    /// The words of a key with two variables.
    pub fn t2(
        &self,
        key: &str,
        a: (&'static str, impl Into<Arg>),
        b: (&'static str, impl Into<Arg>),
    ) -> String {
        self.0
            .lang
            .t_with(key, &[(a.0, a.1.into()), (b.0, b.1.into())])
    }

    /// A message.
    pub fn msg(&self, msg: &Msg) -> String {
        self.0.lang.msg(msg)
    }

    /// A label in the reader's language.
    pub fn say<'a>(&self, label: &'a Label) -> &'a str {
        label.in_lang(self.0.lang)
    }

    /// A message in the summary of a refusal, after the name of its field: there it stands alone.
    pub fn field_error(&self, error: &FieldError) -> String {
        let words = self.msg(&error.msg);
        let (stem, place) = error.stem();
        let key = format!("field-{stem}");
        let name = self.t(&key);
        if name == key {
            return words;
        }
        let name = match place {
            Some(n) => format!("{name} ({})", self.n("contact-child-n", n + 1)),
            None => name,
        };
        self.t2("field-error", ("field", name), ("error", words))
    }

    /// The words of a code.
    pub fn label(&self, list: List, code: &str) -> String {
        self.0.catalogue.label(list, code, self.0.lang).to_owned()
    }

    /// The codes of a list that may be chosen today, with their words.
    pub fn options(&self, list: List) -> Vec<(String, String)> {
        let codes = self.0.catalogue.choices(list, self.today());
        codes
            .into_iter()
            .map(|c| (c.code.clone(), self.say(&c.label).to_owned()))
            .collect()
    }

    /// الثلاثاء، 24 نونبر 2026
    pub fn weekday(&self, day: NaiveDate) -> String {
        self.0.lang.weekday(day)
    }

    /// The name of a commune or arrondissement.
    pub fn place(&self, code: &str) -> String {
        self.0
            .catalogue
            .place(code)
            .map_or_else(String::new, |p| self.say(&p.label).to_owned())
    }

    /// The name of a court.
    pub fn court(&self, id: CourtId) -> String {
        self.0
            .catalogue
            .court(id)
            .map_or_else(String::new, |c| self.say(&c.label).to_owned())
    }

    /// The name of an organisation.
    pub fn organisation(&self, code: &str) -> String {
        self.0
            .catalogue
            .organisation(code)
            .map_or_else(|| code.to_owned(), |o| self.say(&o.label).to_owned())
    }

    /// The reference data of this request.
    pub fn catalogue(&self) -> &Catalogue {
        &self.0.catalogue
    }

    /// A count, grouped.
    pub fn number(&self, n: impl Into<Arg>) -> String {
        match n.into() {
            Arg::Int(n) => self.0.lang.number(n),
            Arg::Text(text) => text,
        }
    }

    /// 24 نونبر 2026
    pub fn date(&self, day: impl Borrow<NaiveDate>) -> String {
        self.0.lang.date(*day.borrow())
    }

    /// 24 نونبر, with the year if it is not this one.
    pub fn day(&self, day: impl Borrow<NaiveDate>) -> String {
        use chrono::Datelike;
        let day = *day.borrow();
        if day.year() == self.today().year() {
            self.0.lang.date_short(day)
        } else {
            self.0.lang.date(day)
        }
    }

    /// The Moroccan day of an instant.
    pub fn day_of(&self, at: impl Borrow<DateTime<Utc>>) -> NaiveDate {
        crate::clock::local_date(*at.borrow())
    }

    /// 16:40
    pub fn time(&self, at: impl Borrow<DateTime<Utc>>) -> String {
        self.0.lang.time(*at.borrow())
    }

    /// 24 نونبر 2026، 16:40
    pub fn moment(&self, at: impl Borrow<DateTime<Utc>>) -> String {
        let at = *at.borrow();
        format!(
            "{}{}{}",
            self.date(self.day_of(at)),
            self.comma(),
            self.time(at)
        )
    }

    /// Between the items of a list in a line.
    pub fn comma(&self) -> &'static str {
        if self.0.lang == Lang::Ar { "، " } else { ", " }
    }

    /// A colon after a word: in French it keeps to it by a no-break space.
    pub fn colon(&self) -> &'static str {
        if self.0.lang == Lang::Fr {
            "\u{a0}: "
        } else {
            ": "
        }
    }

    /// Says the direction of the language. Before a text whose words are all isolated from each other: where that is
    /// isolated again, nothing else tells which way it runs.
    pub fn mark(&self) -> &'static str {
        if self.0.lang == Lang::Ar {
            "\u{200f}"
        } else {
            "\u{200e}"
        }
    }

    /// How long ago, in the words of a hurried reader; the exact time belongs in `title`.
    pub fn ago(&self, at: impl Borrow<DateTime<Utc>>) -> String {
        let at = *at.borrow();
        let minutes = (self.0.now - at).num_minutes();
        let days = (self.today() - self.day_of(at)).num_days();
        match (minutes, days) {
            (..=1, _) => self.t("ago-now"),
            (..60, _) => self.n("ago-minutes", minutes),
            (_, 0) => self.n("ago-hours", minutes / 60),
            (_, 1) => self.t("ago-yesterday"),
            (_, ..7) => self.n("ago-days", days),
            _ => self.day(self.day_of(at)),
        }
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.now
    }

    /// Today in Morocco.
    pub fn today(&self) -> NaiveDate {
        crate::clock::local_date(self.0.now)
    }

    /// An icon.
    pub fn icon(&self, name: &'static str) -> Icon {
        Icon { name, flip: false }
    }

    /// An icon that points forward, hence the other way in Arabic.
    pub fn arrow(&self, name: &'static str) -> Icon {
        Icon { name, flip: true }
    }

    /// The URL of a static file.
    pub fn asset(&self, name: &str) -> &'static str {
        super::asset_url(name)
    }

    /// Who reads, if signed in.
    pub fn actor(&self) -> Option<&Arc<Actor>> {
        self.0.actor.as_ref()
    }

    /// Whether the reader's role has that permission, by its code: `ui.may("contact_log")`.
    pub fn may(&self, permission: &str) -> bool {
        let permission = Permission::from_code(permission);
        self.actor()
            .is_some_and(|actor| permission.is_some_and(|p| actor.may(p)))
    }

    /// How many notices the reader has not seen.
    pub fn notices(&self) -> i64 {
        self.actor().map_or(0, |a| a.signals.notices)
    }

    /// The glass that the reader broke and that is still open.
    pub fn emergency(&self) -> Option<&Emergency> {
        self.actor()?.signals.emergency.as_ref()
    }

    /// Whether the reader sees that file through the glass they broke: its pages have no form.
    pub fn reads_only(&self, case: impl Borrow<CaseId>) -> bool {
        self.emergency()
            .is_some_and(|one| one.case == *case.borrow())
    }

    /// Whole minutes from now until then, at least one.
    pub fn minutes_left(&self, until: impl Borrow<DateTime<Utc>>) -> i64 {
        (*until.borrow() - self.0.now).num_minutes().max(0) + 1
    }

    /// The reader's own name.
    pub fn my_name(&self) -> &str {
        self.actor().map_or("", |a| {
            if self.0.lang == Lang::Ar {
                &a.name_ar
            } else {
                &a.name_la
            }
        })
    }

    /// Of two forms of a name, the one the reader reads; the other if it is the only one.
    pub fn name<'a>(&self, ar: &'a str, la: &'a str) -> &'a str {
        match (self.0.lang, ar.is_empty(), la.is_empty()) {
            (Lang::Ar, false, _) | (_, _, true) => ar,
            _ => la,
        }
    }

    /// The place of a post.
    pub fn scope(&self, scope: &Scope) -> String {
        match scope {
            Scope::Prefecture(id) => self
                .0
                .catalogue
                .territory(*id)
                .map_or_else(String::new, |t| self.say(&t.label).to_owned()),
            Scope::Organisation(_, code) => self.organisation(code),
            Scope::Court(id) => self.court(*id),
            Scope::Country => self.t("scope-country"),
        }
    }

    /// The reader's role and place: "مساعدة اجتماعية · سلا".
    pub fn my_place(&self) -> String {
        let Some(actor) = self.actor() else {
            return String::new();
        };
        let role = self.t(role_key(actor.role));
        match &actor.scope {
            Scope::Prefecture(id) | Scope::Organisation(id, _) => {
                let name = self
                    .0
                    .catalogue
                    .territory(*id)
                    .map_or("", |t| self.say(&t.label));
                format!("{role} · {name}")
            }
            Scope::Court(id) => format!("{role} · {}", self.court(*id)),
            Scope::Country => role,
        }
    }

    /// Two letters for the round mark.
    pub fn my_initials(&self) -> String {
        self.my_name()
            .split_whitespace()
            .take(2)
            .filter_map(|word| word.chars().next())
            .collect::<Vec<_>>()
            .iter()
            .map(char::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Whether people and files are invented.
    pub fn is_demo(&self) -> bool {
        self.0.demo
    }

    /// Path of the page.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Where a change of language comes back to, filters and dates kept. A form that was refused has no
    /// such place: leaving it would lose what was typed, so its page shows no switch.
    pub fn back(&self) -> Option<&str> {
        self.0.back.as_deref()
    }

    /// For the reader to quote, and for us to find.
    pub fn request_id(&self) -> &str {
        &self.0.request_id
    }
}

/// Key of a role's name.
pub(crate) const fn role_key(role: Role) -> &'static str {
    match role {
        Role::SocialWorker => "role-social-worker",
        Role::Supervisor => "role-supervisor",
        Role::FocalPoint => "role-focal-point",
        Role::InstitutionManager => "role-institution-manager",
        Role::Prosecutor => "role-prosecutor",
        Role::CourtRegistrar => "role-court-registrar",
        Role::ChiefProsecutor => "role-chief-prosecutor",
        Role::Steering => "role-steering",
        Role::Admin => "role-admin",
        Role::Dpo => "role-dpo",
    }
}
