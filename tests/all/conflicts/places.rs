//! Figures of an institution, and what a city keeps.

use super::{Place, SAVED, STALE, Sheet};
use crate::support::{id, typed_day as day};
use sanad::i18n::Lang;

#[tokio::test]
async fn figures_of_an_institution_are_asked_about() {
    let place = Place::new().await;
    let manager = place.app.client("institution.rabat").reading(Lang::En);
    let path = format!("/shelter/groups/{}", id("group rabat.mine"));
    let one = Sheet::open(&manager, &path, "closed").await;
    let other = one.clone();
    assert_eq!(one.typed("others", "2").send(&manager).await.status, SAVED);
    let page = other.typed("closed", "0").send(&manager).await;
    assert_eq!(page.status, STALE);
    let saved = Sheet::of(&page, "pick-closed").send(&manager).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let figures = format!(
        "select closed || ' ' || others from app.bed_group where id = '{}'",
        id("group rabat.mine")
    );
    assert_eq!(place.one(&figures).await, "0 2");
}

/// What a city keeps of its own: the standing of an institution, the rhythm of its visits.
#[tokio::test]
async fn what_a_city_keeps_is_asked_about() {
    let place = Place::new().await;
    let keep = format!(
        "/shelter/institutions/{}/keep",
        id("institution rabat.mine")
    );
    let one = Sheet::open(&place.supervisor, &keep, "licence").await;
    let other = one.clone();
    let one = one
        .typed("standard-night", "no")
        .typed("inspected_on", &day(-1));
    let saved = one.send(&place.supervisor).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let page = other
        .typed("licence", "EPS-77")
        .send(&place.supervisor)
        .await;
    assert_eq!(page.status, STALE);
    let merged = Sheet::of(&page, "pick-licence");
    assert_eq!(merged.text("pick-standard-night"), "theirs");
    let saved = merged.send(&place.supervisor).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let kept = format!(
        "select licence || ' ' || ('night' = any (standards_unmet)) from app.institution where id = '{}'",
        id("institution rabat.mine")
    );
    assert_eq!(place.one(&kept).await, "EPS-77 true");
    let one = Sheet::open(&place.supervisor, "/visits/rhythm", "days-high").await;
    let other = one.clone();
    assert_eq!(
        one.typed("days-high", "5")
            .send(&place.supervisor)
            .await
            .status,
        SAVED
    );
    let page = other.typed("days-low", "45").send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    let saved = Sheet::of(&page, "pick-days-low")
        .send(&place.supervisor)
        .await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let page = Sheet::open(&place.supervisor, "/visits/rhythm", "days-high").await;
    assert_eq!((page.text("days-high"), page.text("days-low")), ("5", "45"));
}

/// What a city enters: an institution's name, and the places of a group.
#[tokio::test]
async fn what_a_city_enters_is_asked_about() {
    let place = Place::new().await;
    let house = format!("/shelter/institutions/{}", id("institution rabat.mine"));
    let edit = format!("{house}/edit");
    let one = Sheet::open(&place.supervisor, &edit, "name_la").await;
    let other = one.clone();
    let saved = one
        .typed("name_la", "Dar Annour")
        .send(&place.supervisor)
        .await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let page = other
        .typed("phone", "0522000000")
        .typed("address", "CANARY-MOVED")
        .send(&place.supervisor)
        .await;
    assert_eq!(page.status, STALE);
    assert!(page.says(Lang::En, "entry-address-kept"));
    assert!(
        !page.body.contains("CANARY-HOUSE"),
        "what is stored is not shown"
    );
    let merged = Sheet::of(&page, "pick-phone");
    assert_eq!(merged.text("pick-name_la"), "theirs");
    let saved = merged.send(&place.supervisor).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let kept = format!(
        "select concat_ws(' ', i.phone, i.address, n.name) from app.institution i
         join ref.organisation_name n on n.organisation_code = i.organisation_code and n.lang = 'fr' and n.valid @> current_date
         where i.id = '{}'",
        id("institution rabat.mine")
    );
    assert_eq!(
        place.one(&kept).await,
        "+212522000000 CANARY-MOVED Dar Annour"
    );
    let group = format!("{house}/groups/{}", id("group rabat.mine"));
    let one = Sheet::open(&place.supervisor, &group, "capacity").await;
    let other = one.clone();
    let saved = one.typed("capacity", "12").send(&place.supervisor).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let page = other.typed("age_to", "14").send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    let saved = Sheet::of(&page, "pick-age_to")
        .send(&place.supervisor)
        .await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let kept = format!(
        "select capacity || ' ' || age_max from app.bed_group where id = '{}'",
        id("group rabat.mine")
    );
    assert_eq!(place.one(&kept).await, "12 14");
}
