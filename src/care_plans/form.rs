//! Reading the forms of this slice. Blocks that are left empty do not count.

use super::domain::{Action, ActionText, Goal, Weighed, WeighedOption};
use crate::{
    authz::TerritoryId,
    forms::{Form, Line, Paragraph, parse_date},
    i18n::Msg,
    reference::{Catalogue, List},
};
use chrono::{Months, NaiveDate};

/// Most goals of a plan, most actions of a goal, most options of a determination.
pub const GOALS: usize = 6;
/// Of one goal.
pub const ACTIONS: usize = 6;
/// Of one determination.
pub const OPTIONS: usize = 4;

/// The fields of a goal.
const OF_GOAL: [&str; 2] = ["domain", "text"];
/// The fields of an action.
const OF_ACTION: [&str; 6] = [
    "what",
    "success",
    "provider",
    "responsible",
    "due",
    "occasion",
];
/// The fields of an option.
const OF_OPTION: [&str; 3] = ["what", "pro", "contra"];

/// Name of a field of a goal.
pub fn goal_field(goal: usize, name: &str) -> String {
    format!("goal-{goal}-{name}")
}

/// Name of a field of an action.
pub fn action_field(goal: usize, action: usize, name: &str) -> String {
    format!("goal-{goal}-a{action}-{name}")
}

/// Name of a field of an option.
pub fn option_field(option: usize, name: &str) -> String {
    format!("option-{option}-{name}")
}

/// Whether anything stands in that action.
pub fn has_action(form: &Form, goal: usize, action: usize) -> bool {
    OF_ACTION.iter().any(|name| {
        !form
            .text(&action_field(goal, action, name))
            .trim()
            .is_empty()
    })
}

/// Whether anything stands in that goal.
pub fn has_goal(form: &Form, goal: usize) -> bool {
    OF_GOAL
        .iter()
        .any(|name| !form.text(&goal_field(goal, name)).trim().is_empty())
        || (0..ACTIONS).any(|action| has_action(form, goal, action))
}

/// Whether anything stands in that option.
fn has_option(form: &Form, option: usize) -> bool {
    OF_OPTION
        .iter()
        .any(|name| !form.text(&option_field(option, name)).trim().is_empty())
}

fn words(text: &str) -> Result<String, Msg> {
    Paragraph::parse(text).map(Paragraph::into_string)
}

/// What the form is read against.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    /// The lists.
    pub catalogue: &'a Catalogue,
    /// Whose providers.
    pub territory: TerritoryId,
    /// Today.
    pub today: NaiveDate,
    /// Whether it must be complete: a draft need not.
    pub whole: bool,
}

/// A field that a draft may leave empty.
fn field<T>(
    form: &mut Form,
    name: &str,
    whole: bool,
    parse: impl FnOnce(&str) -> Result<T, Msg>,
) -> Option<T> {
    if whole {
        form.required(name, parse)
    } else {
        form.optional(name, parse)
    }
}

/// The goals; of a draft, those that happen to be complete. `None`: see the messages.
pub fn goals(form: &mut Form, against: Against<'_>) -> Option<Vec<Goal>> {
    let mut goals = Vec::new();
    for goal in (0..GOALS)
        .filter(|goal| has_goal(form, *goal))
        .collect::<Vec<_>>()
    {
        let Against {
            catalogue,
            today,
            whole,
            ..
        } = against;
        let domain = field(form, &goal_field(goal, "domain"), whole, |code| {
            catalogue.parse(List::AssessmentDomain, code, today)
        });
        let text = field(form, &goal_field(goal, "text"), whole, words);
        let mut actions = Vec::new();
        let used: Vec<_> = (0..ACTIONS)
            .filter(|action| has_action(form, goal, *action))
            .collect();
        if used.is_empty() && whole {
            form.fail(
                &action_field(goal, 0, "what"),
                Msg::new("care-plan-no-action"),
            );
        }
        for one in used {
            actions.extend(action(form, against, goal, one));
        }
        if let (Some(domain), Some(text)) = (domain, text) {
            goals.push(Goal {
                domain,
                text,
                actions,
            });
        }
    }
    if goals.is_empty() && against.whole {
        form.fail(&goal_field(0, "text"), Msg::new("care-plan-no-goal"));
    }
    form.is_valid().then_some(goals)
}

fn action(form: &mut Form, against: Against<'_>, goal: usize, action: usize) -> Option<Action> {
    let Against {
        catalogue,
        territory,
        today,
        whole,
    } = against;
    let name = |name| action_field(goal, action, name);
    let what = field(form, &name("what"), whole, words);
    let success = field(form, &name("success"), whole, words);
    let provider = form.optional(&name("provider"), |code| {
        let known = catalogue
            .providers(territory)
            .iter()
            .any(|o| o.code == code);
        if known {
            Ok(code.to_owned())
        } else {
            Err(Msg::new("error-choice"))
        }
    });
    let responsible = form
        .optional(&name("responsible"), Line::parse)
        .map(Line::into_string);
    if whole && provider.is_none() && responsible.is_none() {
        form.fail(&name("provider"), Msg::new("care-plan-no-provider"));
    }
    let latest = today.checked_add_months(Months::new(24));
    let due = field(form, &name("due"), whole, |text| {
        let day = parse_date(text)?;
        if whole && day < today {
            Err(Msg::new("care-plan-due-past"))
        } else if latest.is_some_and(|latest| day > latest) {
            Err(Msg::new("care-plan-due-far"))
        } else {
            Ok(day)
        }
    });
    let occasion = form.optional(&name("occasion"), |code| {
        catalogue.parse(List::BidOccasion, code, today)
    });
    Some(Action {
        number: form.text(&name("number")).parse().ok(),
        text: ActionText {
            what: what?,
            success: success?,
            responsible: responsible.unwrap_or_default(),
        },
        provider,
        due_on: due?,
        occasion,
    })
}

/// A determination: its occasion, its day, its words. `None`: see the messages.
pub fn weighed(form: &mut Form, against: Against<'_>) -> Option<(String, NaiveDate, Weighed)> {
    let Against {
        catalogue, today, ..
    } = against;
    let occasion = form.required("occasion", |code| {
        catalogue.parse(List::BidOccasion, code, today)
    });
    let earliest = today.checked_sub_months(Months::new(12));
    let met_on = form.required("met_on", |text| match parse_date(text)? {
        day if day > today => Err(Msg::new("error-date-future")),
        day if earliest.is_some_and(|earliest| day < earliest) => {
            Err(Msg::new("determination-day-old"))
        }
        day => Ok(day),
    });
    let mut options = Vec::new();
    for option in 0..OPTIONS {
        // two at least: one alone was not weighed
        if option < 2 || has_option(form, option) {
            let mut said = |name| form.required(&option_field(option, name), words);
            let (what, pro, contra) = (said("what"), said("pro"), said("contra"));
            if let (Some(what), Some(pro), Some(contra)) = (what, pro, contra) {
                options.push(WeighedOption { what, pro, contra });
            }
        }
    }
    let child_view = form.required("child_view", words);
    let participants = form.required("participants", words);
    let conclusion = form.required("conclusion", words);
    if !form.is_valid() {
        return None;
    }
    let weighed = Weighed {
        options,
        child_view: child_view?,
        participants: participants?,
        conclusion: conclusion?,
    };
    Some((occasion?, met_on?, weighed))
}

/// Approval, or return with comments; `None`: see the messages.
pub fn answer(form: &mut Form) -> Option<(bool, Option<String>)> {
    let is_approved = form.required("answer", |text| match text {
        "approve" => Ok(true),
        "return" => Ok(false),
        _ => Err(Msg::new("error-choice")),
    });
    let comments = if is_approved == Some(false) {
        form.required("comments", words)
    } else {
        form.optional("comments", words)
    };
    form.is_valid().then_some((is_approved?, comments))
}
