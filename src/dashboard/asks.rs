//! What needs a decision, in words.

use super::{domain::City, needs::Need};
use crate::web::Ui;

/// A line of the list.
pub(super) struct Ask {
    pub icon: &'static str,
    pub title: String,
    pub why: String,
    /// Where it is decided, and the words of the way there.
    pub link: Option<(String, String)>,
}

/// The needs in their order.
pub(super) fn asks(ui: &Ui, cities: &[City], needs: &[Need]) -> Vec<Ask> {
    needs.iter().map(|need| ask(ui, cities, need)).collect()
}

fn ask(ui: &Ui, cities: &[City], need: &Need) -> Ask {
    let name = |slug: &str| {
        let city = cities.iter().find(|city| city.slug == slug);
        city.map_or_else(|| slug.to_owned(), |city| ui.say(&city.label).to_owned())
    };
    let titled = |key: &str, slug: &str| ui.t1(key, "city", name(slug));
    let to_city = |slug: &str| {
        let href = format!("/plan/cities/{slug}");
        Some((href, ui.t("dashboard-need-city")))
    };
    let missed = |percent: i64, target: i64| {
        ui.t2("dashboard-need-far-why", ("n", percent), ("target", target))
    };
    let indicator = |code: &str| ui.t(&format!("indicator-{}", code.to_ascii_lowercase()));
    match need {
        Need::NotTold(month) => Ask {
            icon: "clock",
            title: ui.t1("dashboard-need-late", "month", ui.lang().month(*month)),
            why: ui.t("dashboard-need-late-why"),
            link: None,
        },
        Need::Suspended(slug, since) => Ask {
            icon: "hourglass",
            title: titled("dashboard-need-suspended", slug),
            why: since.map_or_else(
                || ui.t("dashboard-need-suspended-why"),
                |day| ui.t1("dashboard-need-suspended-since", "date", ui.date(day)),
            ),
            link: to_city(slug),
        },
        Need::Ready(slug, n) => Ask {
            icon: "flag",
            title: titled("dashboard-need-ready", slug),
            why: ui.n("dashboard-need-ready-why", *n),
            link: to_city(slug),
        },
        Need::Opened(slug) => Ask {
            icon: "list-checks",
            title: titled("dashboard-need-opened", slug),
            why: ui.t("dashboard-need-opened-why"),
            link: to_city(slug),
        },
        Need::NoTeam(slug) => Ask {
            icon: "users",
            title: titled("dashboard-need-no-team", slug),
            why: ui.t("dashboard-need-no-team-why"),
            link: to_city(slug),
        },
        Need::EmptySeats(slug, empty, of) => Ask {
            icon: "users",
            title: titled("dashboard-need-seats", slug),
            why: ui.t2("dashboard-need-seats-why", ("n", *empty), ("of", *of)),
            link: to_city(slug),
        },
        Need::CityFar {
            indicator: code,
            city,
            percent,
            target,
        } => Ask {
            icon: "triangle-alert",
            title: format!("{}{}{}", name(city), ui.colon(), indicator(code)),
            why: missed(*percent, *target),
            link: Some((
                format!("/dashboard?city={city}"),
                ui.t("dashboard-need-figures"),
            )),
        },
        Need::Far {
            indicator: code,
            percent,
            target,
        } => Ask {
            icon: "triangle-alert",
            title: indicator(code),
            why: missed(*percent, *target),
            link: None,
        },
    }
}
