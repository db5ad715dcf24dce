//! From the page to a contact. Every answer is kept, right or wrong.

use super::domain::{AgeGuess, MAX_CHILDREN, NewContact, SeenAdult, SeenChild, parse_phone};
use crate::{
    authz::TerritoryId,
    forms::{Form, Line, Moment, Paragraph, parse_date, parse_time, western_digits},
    i18n::Msg,
    ids::ContactId,
    reference::List,
    web::Ui,
};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Africa::Casablanca;

/// Latest entry: an old contact is a story, not a contact.
const OLDEST: TimeDelta = TimeDelta::days(366);

/// A blank form: now, one child, an id of its own.
pub fn blank(id: ContactId) -> Form {
    Form::new()
        .with("id", id.to_string())
        .with("children", "1")
        .with("when", "now")
}

/// "Now" of a form that was put aside is when it was begun.
pub fn then(form: &mut Form, begun: DateTime<Utc>) {
    if form.text("when") != "earlier" {
        let begun = begun.with_timezone(&Casablanca);
        form.set("when", "earlier");
        form.set("date", begun.format("%d/%m/%Y").to_string());
        form.set("time", begun.format("%H:%M").to_string());
    }
}

/// The number of child blocks on the page.
pub fn blocks(form: &Form) -> usize {
    form.text("children")
        .parse()
        .unwrap_or(1)
        .clamp(1, MAX_CHILDREN)
}

/// "Add a child" and "remove": the page again with one block more or less, nothing lost. True if one of
/// the two was pressed.
pub fn rearrange(form: &mut Form) -> bool {
    let count = blocks(form);
    if form.sent("add_child") {
        form.set("children", (count + 1).min(MAX_CHILDREN).to_string());
        return true;
    }
    let Some(gone) = form
        .text("remove_child")
        .parse::<usize>()
        .ok()
        .filter(|n| *n < count && count > 1)
    else {
        return false;
    };
    for block in gone..count {
        form.forget(|field| field.starts_with(&format!("child-{block}-")));
        if block + 1 < count {
            form.rename(&format!("child-{}-", block + 1), &format!("child-{block}-"));
        }
    }
    form.set("children", (count - 1).to_string());
    true
}

/// Reads the whole page; `None` if anything is wrong, with each fault beside its field.
pub fn parse(form: &mut Form, ui: &Ui, territory: TerritoryId) -> Option<NewContact> {
    let sha256 = form.sha256();
    let id = form.required("id", |text| {
        text.parse::<ContactId>()
            .map_err(|_| Msg::new("error-choice"))
    });
    let place = place(form, ui, territory);
    let landmark = form.optional("landmark", Line::parse);
    let observed_at = moment(form, ui);
    let children: Vec<_> = (0..blocks(form))
        .filter_map(|n| child(form, ui, n))
        .collect();
    let adult = adult(form, ui);
    let circumstance = code(form, ui, "circumstance", List::Circumstance);
    let today = ui.today();
    let actions = form.many("action", |code| {
        ui.catalogue().parse(List::ContactAction, code, today)
    });
    if actions.is_empty() {
        form.fail("action", Msg::new("error-required"));
    }
    let note = form
        .optional("note", Paragraph::parse)
        .map(Paragraph::into_string);
    if !form.is_valid() {
        return None;
    }
    let (place, spot_kind) = place?;
    Some(NewContact {
        id: id?,
        place,
        spot_kind,
        landmark,
        observed_at: observed_at?,
        children,
        adult: adult?,
        circumstance: circumstance?,
        actions,
        note,
        sha256,
    })
}

fn code(form: &mut Form, ui: &Ui, field: &str, list: List) -> Option<String> {
    form.required(field, |text| ui.catalogue().parse(list, text, ui.today()))
}

/// A place used before (`code/kind` in one press), or another one.
fn place(form: &mut Form, ui: &Ui, territory: TerritoryId) -> Option<(String, String)> {
    let own = |code: &str| {
        let place = ui
            .catalogue()
            .place(code)
            .filter(|p| p.territory_id == territory && p.selectable);
        place
            .map(|p| p.code.clone())
            .ok_or(Msg::new("error-choice"))
    };
    let kind = |code: &str| ui.catalogue().parse(List::ContactPlace, code, ui.today());
    if let Some((code, spot)) = form.text("spot").to_owned().split_once('/') {
        return form.required("spot", |_| Ok((own(code)?, kind(spot)?)));
    }
    let place = form.required("place", own);
    let kind = form.required("place_kind", kind);
    Some((place?, kind?))
}

fn moment(form: &mut Form, ui: &Ui) -> Option<DateTime<Utc>> {
    if form.text("when") != "earlier" {
        return Some(ui.now());
    }
    let day = form.required("date", parse_date);
    let time = form.required("time", parse_time);
    match Moment::local(day?, time?) {
        Ok(Moment(at)) if at > ui.now() => form.fail("date", Msg::new("error-date-future")),
        Ok(Moment(at)) if at < ui.now() - OLDEST => form.fail("date", Msg::new("error-date-early")),
        Ok(Moment(at)) => return Some(at),
        Err(msg) => form.fail("time", msg),
    }
    None
}

fn child(form: &mut Form, ui: &Ui, n: usize) -> Option<SeenChild> {
    let field = |name: &str| format!("child-{n}-{name}");
    let sex = code(form, ui, &field("sex"), List::Sex);
    let exact = form.optional(&field("years"), |text| {
        western_digits(text)
            .parse::<i16>()
            .map_err(|_| Msg::new("error-number"))
            .and_then(AgeGuess::years)
    });
    let age = if exact.is_some() || form.error(&field("years")).is_some() {
        exact
    } else {
        form.required(&field("age"), |code| {
            let band = ui
                .catalogue()
                .code(List::AgeBand, code)
                .ok_or(Msg::new("error-choice"))?;
            band.number("min_months")
                .and_then(|min| AgeGuess::band(min, band.number("max_months")))
                .ok_or(Msg::new("error-choice"))
        })
    };
    let seen_as = form.optional(&field("name"), Line::parse);
    let mut flags = form.many(&field("flag"), |code| {
        ui.catalogue().parse(List::RedFlag, code, ui.today())
    });
    if age.is_some_and(AgeGuess::is_infant) && !flags.iter().any(|f| f == "infant") {
        flags.push("infant".to_owned());
    }
    Some(SeenChild {
        sex: sex?,
        age: age?,
        seen_as,
        flags,
    })
}

/// Who was with them, read; `None` if the answer is wrong.
#[expect(
    clippy::option_option,
    reason = "outside: was it read; inside: was there anyone"
)]
fn adult(form: &mut Form, ui: &Ui) -> Option<Option<SeenAdult>> {
    let relation = form.required("adult", |code| match code {
        "none" => Ok(None),
        "other" => Ok(Some(String::new())),
        code => ui
            .catalogue()
            .parse(List::AdultRelation, code, ui.today())
            .map(Some),
    })?;
    let name = form.optional("adult_name", Line::parse);
    let phone = form.optional("adult_phone", parse_phone);
    let relation = match relation {
        None => return Some(None),
        Some(relation) if relation.is_empty() => {
            code(form, ui, "adult_other", List::AdultRelation)?
        }
        Some(relation) => relation,
    };
    Some(Some(SeenAdult {
        relation,
        name,
        phone,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removing_a_block_moves_the_later_ones_up_and_loses_nothing() {
        let mut form = Form::parse(b"children=3&child-0-name=a&child-1-name=b&child-2-name=c&child-2-flag=x&remove_child=1");
        assert!(rearrange(&mut form));
        assert_eq!(
            (
                blocks(&form),
                form.text("child-0-name"),
                form.text("child-1-name")
            ),
            (2, "a", "c")
        );
        assert!(form.has("child-1-flag", "x") && !form.sent("child-2-name"));
    }

    #[test]
    fn the_last_block_stays() {
        let mut form = Form::parse(b"children=1&remove_child=0");
        assert!(!rearrange(&mut form));
    }
}
