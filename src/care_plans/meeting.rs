//! Two people draw up the same version of a plan.

use super::{
    db::{self, Plan},
    domain::PlanState,
    form::{ACTIONS, GOALS, action_field, goal_field},
};
use crate::{
    authz::{Actor, Grant, Require},
    cases::Head,
    conflicts::{self, Around, Author, Meeting, Question, Theirs},
    db::Tx,
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{RowId, UserId},
    reference::List,
    vault::Reading,
    web::Ui,
};
use axum::response::Response;
use std::fmt::Display;

/// The form to go on with: the draft, or a new version that begins with what was returned or is in force.
pub(super) fn stored(head: &Head, plans: &[Plan], ui: &Ui, new: &str) -> Form {
    let here = || plans.iter().filter(|plan| plan.episode == head.episode);
    if let Some(draft) = here().find(|plan| plan.state == PlanState::Draft) {
        let kept = draft.draft.as_ref().and_then(Reading::text);
        return Form::from_draft(kept.unwrap_or_default())
            .with("id", draft.id.to_string())
            .with("version", draft.version.to_string());
    }
    let form = Form::new().with("id", new).with("version", "0");
    let last = here().find(|plan| matches!(plan.state, PlanState::Approved | PlanState::Returned));
    match last {
        Some(last) => of_plan(form, last, ui, |state| state == "open"),
        None => form,
    }
}

/// A version, as its form; of its actions those in such a state.
fn of_plan(mut form: Form, plan: &Plan, ui: &Ui, which: impl Fn(&str) -> bool) -> Form {
    for (g, goal) in plan.goals.iter().enumerate() {
        let text = goal.text.as_ref().map(|text| ui.plain(text));
        form.set(&goal_field(g, "domain"), &goal.domain);
        form.set(&goal_field(g, "text"), text.unwrap_or_default());
        let shown = goal.actions.iter().filter(|action| which(&action.state));
        for (a, action) in shown.enumerate() {
            let mut set = |name, value: String| form.set(&action_field(g, a, name), value);
            let text = action.text.clone().unwrap_or_default();
            set("number", action.number.to_string());
            set("what", text.what);
            set("success", text.success);
            set("responsible", text.responsible);
            set("provider", action.provider.clone().unwrap_or_default());
            set("due", action.due_on.format("%d/%m/%Y").to_string());
            set("occasion", action.occasion.clone().unwrap_or_default());
        }
    }
    form
}

/// What can be asked: a goal, an action; the fields of one belong together.
fn questions(ui: &Ui) -> Vec<Question> {
    let mut all = Vec::new();
    for g in 0..GOALS {
        let label = ui.t1("care-plan-goal", "n", g + 1);
        let domains = ui.options(List::AssessmentDomain);
        let fields = vec![goal_field(g, "text"), goal_field(g, "domain")];
        let say = move |form: &Form| {
            let domain = domains
                .iter()
                .find(|(code, _)| form.has(&goal_field(g, "domain"), code));
            let domain = domain.map_or("", |(_, words)| words);
            lines([domain, form.text(&goal_field(g, "text"))])
        };
        all.push(Question::whole(
            &goal_field(g, "text"),
            label.clone(),
            fields,
            say,
        ));
        for a in 0..ACTIONS {
            all.push(action(ui, &label, (g, a)));
        }
    }
    all
}

fn action(ui: &Ui, goal: &str, (g, a): (usize, usize)) -> Question {
    let label = format!("{goal} — {}", ui.t1("care-plan-action", "n", a + 1));
    let field = move |name| action_field(g, a, name);
    let names = [
        "what",
        "success",
        "responsible",
        "provider",
        "due",
        "occasion",
    ];
    let due = ui.t("care-plan-due");
    let place = ui.actor().map(|me| me.territory());
    let providers = place.map(|id| ui.catalogue().providers(id));
    let providers: Vec<_> = providers
        .into_iter()
        .flatten()
        .map(|one| (one.code.clone(), ui.say(&one.label).to_owned()))
        .collect();
    let occasions = ui.options(List::BidOccasion);
    let say = move |form: &Form| {
        let named = |options: &[(String, String)], name| {
            let found = options
                .iter()
                .find(|(code, _)| form.has(&field(name), code));
            found.map_or_else(String::new, |(_, words)| words.clone())
        };
        let (provider, occasion) = (named(&providers, "provider"), named(&occasions, "occasion"));
        let day = form.text(&field("due"));
        let day = if day.is_empty() {
            String::new()
        } else {
            format!("{due}: {day}")
        };
        lines([
            form.text(&field("what")),
            form.text(&field("success")),
            form.text(&field("responsible")),
            &provider,
            &day,
            &occasion,
        ])
    };
    let fields = names.map(field).into();
    Question::whole(&field("what"), label, fields, say).with(&field("number"))
}

fn lines<const N: usize>(parts: [&str; N]) -> String {
    let filled = parts
        .iter()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty());
    filled.collect::<Vec<_>>().join("\n")
}

/// Whether a form may be saved, or what is answered instead.
pub(super) enum Answer {
    /// It may.
    Save(Vec<Plan>),
    /// The same was saved before.
    Done,
    /// The page of the conflict.
    Page(Box<Response>),
}

/// Looks at what is stored before anything is written.
pub(super) async fn meet<G: Grant>(
    mut tx: Tx,
    me: &Require<G>,
    head: &Head,
    form: &mut Form,
    (action, back): (&impl Display, &impl Display),
) -> Result<(Option<Tx>, Answer), AppError> {
    let whole = form.text("act") == "submit";
    let (id, seen) = conflicts::row_of(form)?;
    conflicts::hold_file(&mut tx, &me.actor, head.id).await?;
    let plans = db::all(&mut tx, &me.actor, head).await?;
    let known = plans.iter().find(|plan| plan.id == id);
    if let Some(sent) = known.filter(|plan| plan.state != PlanState::Draft) {
        let (who, by) = author(&mut tx, &me.actor, sent.id).await?;
        if whole && by == me.actor.user && sent.version == seen + 2 {
            // pressed twice
            return Ok((None, Answer::Done));
        }
        let theirs = of_plan(Form::new(), sent, &me.ui, |_| true);
        let found = conflicts::compare(form, &theirs, &questions(&me.ui));
        db::opened(&mut tx, &me.actor, head).await?;
        tx.commit().await?;
        let around = Around::over(back, Msg::new("care-plan-submitted-meanwhile"));
        let page = conflicts::ended(me.ui.clone(), around, who, found)?;
        return Ok((None, Answer::Page(Box::new(page))));
    }
    let theirs = stored(head, &plans, &me.ui, form.text("id"));
    match conflicts::meet(form, &theirs, &questions(&me.ui)) {
        Meeting::Clear => Ok((Some(tx), Answer::Save(plans))),
        // what cannot be read is refused beside its field, also when the rest is the same
        Meeting::Same if whole || !form.is_valid() => Ok((Some(tx), Answer::Save(plans))),
        Meeting::Same => Ok((None, Answer::Done)),
        Meeting::Ask(found) => {
            // what was merged is read once more before it is submitted
            form.set("act", "save");
            let who = match theirs.text("id").parse() {
                Ok(draft) if theirs.text("version") != "0" => {
                    author(&mut tx, &me.actor, draft).await?.0
                }
                _ => Author::default(),
            };
            db::opened(&mut tx, &me.actor, head).await?;
            tx.commit().await?;
            let theirs = Theirs::new(theirs, who);
            let around = Around::new(action, back);
            let page = conflicts::ask(me.ui.clone(), around, form, theirs, found)?;
            Ok((None, Answer::Page(Box::new(page))))
        }
    }
}

/// Who wrote it last: their names, and their id.
async fn author(tx: &mut Tx, actor: &Actor, id: RowId) -> Result<(Author, UserId), AppError> {
    let row = sqlx::query!(
        r#"select coalesce(p.changed_by, p.author) as "by!: UserId", coalesce(p.changed_at, p.drawn_up_at) as at,
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from app.care_plan p left join lateral app.name_of(coalesce(p.changed_by, p.author)) n on true
           where p.id = $1 and p.territory_id = $2"#,
        id.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    let author = Author {
        name_ar: row.name_ar,
        name_la: row.name_la,
        at: row.at,
    };
    Ok((author, row.by))
}
