//! Every route with a path that can be asked for: the table that the tests of authorization, rendering
//! and statement budgets share. A new route fails a test until it has its line here.

pub use crate::reach::{Reach, persona};

/// A route, a path of it with the things of one file in braces, and the fields that a POST needs to reach
/// its rule.
#[derive(Debug)]
pub struct Line {
    pub method: &'static str,
    pub route: &'static str,
    pub reach: Reach,
    pub(crate) path: &'static str,
    pub(crate) fields: &'static [(&'static str, &'static str)],
}

macro_rules! lines {
    ($($method:ident $route:literal $reach:ident $path:literal $([$($field:literal = $value:literal),+])?;)+) => {
        /// The table.
        pub const LINES: &[Line] = &[$(Line {
            method: stringify!($method),
            route: $route,
            reach: Reach::$reach,
            path: $path,
            fields: &[$($(($field, $value)),+)?],
        }),+];
    };
}
lines! {
    GET "/" Public "/";
    GET "/login" Public "/login";
    POST "/login" Public "/login";
    GET "/login/assignment" Public "/login/assignment";
    POST "/login/assignment" Public "/login/assignment";
    GET "/login/factor" Public "/login/factor";
    POST "/login/factor" Public "/login/factor";
    POST "/login/factor/options" Public "/login/factor/options";
    POST "/login/passkey" Public "/login/passkey";
    POST "/login/passkey/options" Public "/login/passkey/options";
    POST "/login/enrol/options" Public "/login/enrol/options";
    GET "/login/enrol" Public "/login/enrol";
    POST "/login/enrol" Public "/login/enrol";
    GET "/login/code" Public "/login/code";
    POST "/login/code" Public "/login/code";
    POST "/logout" Public "/logout";
    POST "/language" Public "/language" ["lang" = "ar"];
    GET "/verify" Public "/verify";
    GET "/verify/{code}" Public "/verify/00000000000000000000000000";

    GET "/account" Whole "/account";
    POST "/account/sessions/{id}/end" Whole "/account/sessions/{session}/end";
    POST "/account/sessions/end" Whole "/account/sessions/end";
    GET "/account/password" Whole "/account/password";
    POST "/account/password" Whole "/account/password";
    GET "/account/second-factor" Whole "/account/second-factor";
    POST "/account/second-factor" Whole "/account/second-factor";
    POST "/account/second-factor/codes" Whole "/account/second-factor/codes";
    POST "/account/second-factor/remove" Whole "/account/second-factor/remove";
    GET "/account/passkeys" Whole "/account/passkeys";
    POST "/account/passkeys" Whole "/account/passkeys";
    POST "/account/passkeys/options" Whole "/account/passkeys/options";
    POST "/account/passkeys/{id}/remove" Whole "/account/passkeys/{session}/remove";
    POST "/account/confirm/options" Whole "/account/confirm/options";
    GET "/account/digest" Whole "/account/digest";
    POST "/account/digest" Whole "/account/digest";
    POST "/account/digest/confirm" Whole "/account/digest/confirm";
    POST "/account/digest/end" Whole "/account/digest/end";
    GET "/account/confirm" Whole "/account/confirm";
    POST "/account/confirm" Whole "/account/confirm" ["confirm_sent" = "1"];

    GET "/admin" Whole "/admin";
    POST "/admin/search" Whole "/admin/search";
    GET "/admin/users/new" Whole "/admin/users/new";
    POST "/admin/users" Whole "/admin/users";
    GET "/admin/users/{id}" Account "/admin/users/{user}";
    POST "/admin/users/{id}/posts" Account "/admin/users/{user}/posts";
    POST "/admin/users/{id}/posts/{post}/end" Account "/admin/users/{user}/posts/{post}/end";
    POST "/admin/users/{id}/team" Account "/admin/users/{user}/team";
    POST "/admin/users/{id}/code" Account "/admin/users/{user}/code";
    POST "/admin/users/{id}/factor" Account "/admin/users/{user}/factor";
    POST "/admin/users/{id}/factor/confirm" Account "/admin/users/{user}/factor/confirm";
    POST "/admin/users/{id}/end" Account "/admin/users/{user}/end";
    POST "/admin/users/{id}/restore" Account "/admin/users/{user}/restore";
    GET "/admin/review" Whole "/admin/review";
    POST "/admin/review/{id}" Whole "/admin/review/{post}";
    GET "/admin/review/{year}/{quarter}" Whole "/admin/review/2024/2";

    GET "/contacts" Whole "/contacts";
    GET "/contacts/new" Whole "/contacts/new";
    POST "/contacts" Whole "/contacts";
    GET "/contacts/{id}" Listed "/contacts/{contact}";
    POST "/contacts/{id}/phone/reveal" Listed "/contacts/{contact}/phone/reveal";
    POST "/contacts/{id}/triage" Prefecture "/contacts/{contact fresh}/triage";

    POST "/drafts/of/{form}/{subject}" Own "/drafts/of/assessment/{case}";
    POST "/drafts/{id}/drop" Typed "/drafts/{draft}/drop";

    GET "/today" Whole "/today";
    POST "/today/{id}/snooze" Own "/today/{task}/snooze";
    GET "/tasks/{id}" Own "/tasks/{task}";
    POST "/tasks/{id}/hand" Own "/tasks/{task}/hand";
    POST "/tasks/{id}/return" Own "/tasks/{task}/return";
    GET "/team" Whole "/team";
    // worker1.rabat, a colleague of those who may ask
    GET "/team/{id}" Whole "/team/0d381166-7ea3-04d4-948c-035aad27e1c2";
    POST "/team/away" Whole "/team/away" ["absent" = "{colleague}"];
    POST "/team/back" Whole "/team/back" ["absence" = "{stand in}"];
    POST "/team/stand-in" Whole "/team/stand-in" ["absence" = "{stand in}"];
    GET "/today/away" Whole "/today/away";
    POST "/today/away" Whole "/today/away";
    POST "/today/away/{id}/end" Whole "/today/away/{stand in}/end";

    GET "/search" Whole "/search";
    POST "/search" Whole "/search";
    POST "/search/suggest" Whole "/search/suggest";
    GET "/cases" Whole "/cases";
    GET "/cases/{id}" Listed "/cases/{case}";
    GET "/cases/{id}/readers" Own "/cases/{case}/readers";
    GET "/cases/{id}/history" Own "/cases/{case}/history";
    GET "/cases/{id}/print" Own "/cases/{case}/print";
    POST "/cases/{id}/notes" Own "/cases/{case}/notes"
        ["note_id" = "018f0000-0000-7000-8000-000000000031", "case_note" = "x"];
    POST "/cases/{id}/state" Own "/cases/{case}/state";
    POST "/cases/{id}/lead" Listed "/cases/{case}/lead";
    POST "/cases/{id}/open" Listed "/cases/{case}/open";

    GET "/visits/rhythm" Whole "/visits/rhythm";
    POST "/visits/rhythm" Whole "/visits/rhythm";
    GET "/cases/{id}/visits" Own "/cases/{case}/visits";
    POST "/cases/{id}/visits" Own "/cases/{case}/visits";
    POST "/cases/{id}/visits/{visit}" Own "/cases/{case}/visits/{visit}" ["version" = "1"];

    GET "/cases/{id}/documents" Own "/cases/{case}/documents";
    POST "/cases/{id}/documents" Own "/cases/{case}/documents";
    POST "/cases/{id}/documents/{document}/reveal" Own "/cases/{case}/documents/{document}/reveal";
    POST "/cases/{id}/documents/{document}/clinical" Own "/cases/{case}/documents/{document}/clinical" ["clinical" = "yes"];
    GET "/documents/{id}/view" Own "/documents/{document}/view";
    GET "/documents/{id}/download" Own "/documents/{document}/download";

    GET "/children/{id}" Listed "/children/{child}";
    GET "/children/{id}/edit" Kept "/children/{child}/edit";
    POST "/children/{id}/edit" Kept "/children/{child}/edit" ["version" = "1"];
    GET "/children/{id}/signs" Kept "/children/{child}/signs";
    POST "/children/{id}/signs" Kept "/children/{child}/signs";
    POST "/children/{id}/signs/{sign}/strike" Kept "/children/{child}/signs/{sign}/strike";
    GET "/children/{id}/family/new" Kept "/children/{child}/family/new";
    POST "/children/{id}/family/new" Kept "/children/{child}/family/new";
    GET "/children/{id}/family/{person}/proof" Kept "/children/{child}/family/{mother}/proof";
    POST "/children/{id}/family/{person}/proof" Kept "/children/{child}/family/{mother}/proof";

    GET "/mothers" Whole "/mothers";
    GET "/mothers/{id}" Listed "/mothers/{mother}";
    POST "/mothers/{id}/support" Own "/mothers/{mother}/support";
    GET "/mothers/{id}/records" Own "/mothers/{mother}/records";
    POST "/mothers/{id}/records" Own "/mothers/{mother}/records";
    POST "/mothers/{id}/records/part" Own "/mothers/{mother}/records/part";

    GET "/services/new" Kept "/services/new?case={case}";
    POST "/services" Kept "/services" ["case" = "{case}"];
    GET "/services/{id}" Own "/services/{service sent}";
    POST "/services/{id}/step" Own "/services/{service sent}/step";
    GET "/services/{id}/request" Own "/services/{service asked}/request";
    POST "/services/{id}/request" Own "/services/{service asked}/request";
    GET "/requests" Whole "/requests";
    GET "/requests/{id}" Requested "/requests/{request}";
    POST "/requests/{id}/answer" Requested "/requests/{request}/answer";

    GET "/shelter" Whole "/shelter";
    GET "/shelter/figures" Whole "/shelter/figures";
    GET "/shelter/institutions/new" Whole "/shelter/institutions/new";
    POST "/shelter/institutions/new" Whole "/shelter/institutions/new";
    GET "/shelter/institutions/{id}" Everywhere "/shelter/institutions/{institution}";
    POST "/shelter/institutions/{id}/reveal" Everywhere "/shelter/institutions/{institution}/reveal";
    GET "/shelter/institutions/{id}/keep" Prefecture "/shelter/institutions/{institution}/keep";
    POST "/shelter/institutions/{id}/keep" Prefecture "/shelter/institutions/{institution}/keep";
    GET "/shelter/institutions/{id}/edit" Prefecture "/shelter/institutions/{institution}/edit";
    POST "/shelter/institutions/{id}/edit" Prefecture "/shelter/institutions/{institution}/edit";
    GET "/shelter/institutions/{id}/groups/new" Prefecture "/shelter/institutions/{institution}/groups/new";
    POST "/shelter/institutions/{id}/groups/new" Prefecture "/shelter/institutions/{institution}/groups/new";
    GET "/shelter/institutions/{id}/groups/{group}" Prefecture "/shelter/institutions/{institution}/groups/{group}";
    POST "/shelter/institutions/{id}/groups/{group}" Prefecture "/shelter/institutions/{institution}/groups/{group}";
    GET "/cases/{id}/shelter" Own "/cases/{case}/shelter";
    POST "/cases/{id}/shelter" Own "/cases/{case}/shelter";
    POST "/cases/{id}/shelter/{hold}/cancel" Own "/cases/{case}/shelter/{hold}/cancel";
    POST "/cases/{id}/shelter/{hold}/told" Own "/cases/{case}/shelter/{hold}/told";
    POST "/cases/{id}/shelter/{hold}/body" Own "/cases/{case}/shelter/{hold}/body";
    GET "/shelter/desk" Whole "/shelter/desk";
    POST "/shelter/desk/confirm" Whole "/shelter/desk/confirm";
    GET "/shelter/holds/{id}" Placed "/shelter/holds/{hold}";
    POST "/shelter/holds/{id}" Placed "/shelter/holds/{hold}";
    GET "/shelter/groups/{id}" Placed "/shelter/groups/{group}";
    POST "/shelter/groups/{id}" Placed "/shelter/groups/{group}";

    GET "/cases/{id}/prosecution/new" Own "/cases/{case}/prosecution/new";
    POST "/cases/{id}/prosecution/new" Own "/cases/{case}/prosecution/new";
    POST "/cases/{id}/prosecution/urgent" Own "/cases/{case}/prosecution/urgent"
        ["id" = "018f0000-0000-7000-8000-000000000001"];
    POST "/cases/{id}/prosecution/done" Own "/cases/{case}/prosecution/done"
        ["id" = "018f0000-0000-7000-8000-000000000091"];
    GET "/prosecution" Whole "/prosecution";
    GET "/prosecution/calendar" Whole "/prosecution/calendar";
    GET "/prosecution/calendar.ics" Whole "/prosecution/calendar.ics";
    POST "/prosecution/calendar/code" Whole "/prosecution/calendar/code";
    POST "/prosecution/calendar/end" Whole "/prosecution/calendar/end";
    GET "/calendar/{token}" Public "/calendar/00000000000000000000000000000000.ics";
    GET "/prosecution/statistics" Whole "/prosecution/statistics";
    POST "/prosecution/{id}/events" Judicial "/prosecution/{judicial}/events";
    GET "/prosecution/roster" Whole "/prosecution/roster";
    POST "/prosecution/roster" Whole "/prosecution/roster" ["id" = "018f0000-0000-7000-8000-000000000006"];
    POST "/prosecution/roster/{id}/cancel" Prefecture "/prosecution/roster/{turn}/cancel";
    GET "/prosecution/{id}" Judicial "/prosecution/{judicial}";
    POST "/prosecution/{id}/transmit" Judicial "/prosecution/{judicial}/transmit";
    GET "/prosecution/{id}/documents/{document}" Judicial "/prosecution/{judicial}/documents/{document}";
    GET "/prosecution/{id}/annexes/new" Judicial "/prosecution/{judicial}/annexes/new";
    POST "/prosecution/{id}/annexes/new" Judicial "/prosecution/{judicial}/annexes/new";
    POST "/prosecution/{id}/annexes/{seq}/send" Judicial "/prosecution/{judicial}/annexes/2/send";
    POST "/prosecution/{id}/receive" Judicial "/prosecution/{judicial}/receive";
    POST "/prosecution/{id}/take" Judicial "/prosecution/{judicial}/take";
    POST "/prosecution/{id}/hand-over" Judicial "/prosecution/{judicial}/hand-over";
    POST "/prosecution/{id}/return" Judicial "/prosecution/{judicial}/return";
    POST "/prosecution/{id}/complete" Judicial "/prosecution/{judicial}/complete";
    POST "/prosecution/{id}/close" Judicial "/prosecution/{judicial}/close";
    POST "/prosecution/{id}/reopen" Judicial "/prosecution/{judicial}/reopen";
    POST "/prosecution/{id}/reroute" Judicial "/prosecution/{judicial}/reroute";
    POST "/prosecution/{id}/reroute-from-cell" Judicial "/prosecution/{judicial}/reroute-from-cell";
    POST "/prosecution/{id}/join" Judicial "/prosecution/{judicial}/join";
    POST "/prosecution/{id}/children/{person}/decision" Judicial "/prosecution/{judicial}/children/{child}/decision";
    POST "/prosecution/{id}/adults/{person}/decision" Judicial "/prosecution/{judicial}/adults/{mother}/decision";
    GET "/prosecution/{id}/acts/{act}/document" Decided "/prosecution/{judicial}/acts/{act}/document";
    POST "/prosecution/{id}/acts/{act}/document" Decided "/prosecution/{judicial}/acts/{act}/document";
    GET "/prosecution/notices/{id}" Notice "/prosecution/notices/{notice}";
    POST "/prosecution/notices/{id}/acknowledge" Notice "/prosecution/notices/{notice}/acknowledge";
    POST "/prosecution/notices/{id}/send-on" Notice "/prosecution/notices/{notice}/send-on";

    POST "/prosecution/{id}/notes" Judicial "/prosecution/{judicial}/notes";
    GET "/prosecution/{id}/paper.pdf" Judicial "/prosecution/{judicial}/paper.pdf";
    // of a file that was not sent there is none, as there is no question about it
    GET "/prosecution/{id}/annexes/{seq}/paper.pdf" Asked "/prosecution/{judicial}/annexes/1/paper.pdf";
    // no file of Rabat has a measure; who finds one is told in `judicial::papers`
    GET "/prosecution/{id}/children/{person}/decisions/{decision}/notice.pdf" Nobody
        "/prosecution/{judicial}/children/{child}/decisions/{decision child}/notice.pdf";
    GET "/prosecution/{id}/adults/{person}/decisions/{decision}/notice.pdf" Decided
        "/prosecution/{judicial}/adults/{mother}/decisions/{decision adult}/notice.pdf";
    POST "/prosecution/{id}/questions" Judicial "/prosecution/{judicial}/questions";
    POST "/prosecution/{id}/questions/{question}/answers" Asked "/prosecution/{judicial}/questions/{question}/answers";
    POST "/prosecution/{id}/questions/{question}/follow-up" Asked "/prosecution/{judicial}/questions/{question}/follow-up";
    POST "/prosecution/{id}/questions/{question}/close" Asked "/prosecution/{judicial}/questions/{question}/close";

    GET "/cases/{id}/protection" Own "/cases/{case}/protection";
    POST "/cases/{id}/protection" Own "/cases/{case}/protection";
    POST "/cases/{id}/protection/grants" Own "/cases/{case}/protection/grants";
    POST "/cases/{id}/protection/grants/{grant}/end" Own "/cases/{case}/protection/grants/{grant}/end";
    POST "/cases/{id}/protection/lift" Own "/cases/{case}/protection/lift";
    POST "/cases/{id}/protection/lift/finish" Own "/cases/{case}/protection/lift/finish";
    GET "/protection" Whole "/protection";
    POST "/protection/emergency" Whole "/protection/emergency";
    POST "/protection/emergency/{id}/end" Nobody "/protection/emergency/{emergency}/end";
    GET "/protection/emergency/{id}/review" Overseen "/protection/emergency/{emergency}/review";
    POST "/protection/emergency/{id}/review" Overseen "/protection/emergency/{emergency}/review";
    GET "/protection/lifts/{id}" Overseen "/protection/lifts/{lift}";
    POST "/protection/lifts/{id}" Overseen "/protection/lifts/{lift}";
    GET "/notices" Whole "/notices";
    POST "/notices/seen" Whole "/notices/seen";
    GET "/cases/{id}/clinical" Own "/cases/{case}/clinical";
    POST "/cases/{id}/clinical" Own "/cases/{case}/clinical";
    POST "/cases/{id}/clinical/{note}/reveal" Own "/cases/{case}/clinical/{clinical}/reveal";
    POST "/cases/{id}/address" Own "/cases/{case}/address";
    POST "/cases/{id}/address/{address}/reveal" Own "/cases/{case}/address/{address}/reveal";

    GET "/cases/{id}/assessments" Own "/cases/{case}/assessments";
    GET "/cases/{id}/assessments/form" Own "/cases/{case}/assessments/form";
    POST "/cases/{id}/assessments/form" Own "/cases/{case}/assessments/form"
        ["id" = "018f0000-0000-7000-8000-000000000002", "version" = "0"];
    POST "/cases/{id}/risk" Own "/cases/{case}/risk";
    GET "/cases/{id}/care-plan" Own "/cases/{case}/care-plan";
    GET "/cases/{id}/care-plan/form" Own "/cases/{case}/care-plan/form";
    POST "/cases/{id}/care-plan/form" Own "/cases/{case}/care-plan/form"
        ["id" = "018f0000-0000-7000-8000-000000000003", "version" = "0"];
    GET "/cases/{id}/care-plan/{plan}" Own "/cases/{case}/care-plan/{plan next}";
    POST "/cases/{id}/care-plan/{plan}/answer" Own "/cases/{case}/care-plan/{plan next}/answer";
    POST "/cases/{id}/care-plan/{plan}/review" Own "/cases/{case}/care-plan/{plan}/review";
    POST "/cases/{id}/plan-actions/{action}" Own "/cases/{case}/plan-actions/{action}";
    GET "/cases/{id}/best-interests" Own "/cases/{case}/best-interests";
    POST "/cases/{id}/best-interests" Own "/cases/{case}/best-interests"
        ["id" = "018f0000-0000-7000-8000-000000000004"];
    GET "/cases/{id}/best-interests/{determination}" Own "/cases/{case}/best-interests/{determination}";
    POST "/cases/{id}/best-interests/{determination}/answer" Own "/cases/{case}/best-interests/{determination}/answer";

    GET "/reports" Whole "/reports";
    POST "/reports" Whole "/reports";
    GET "/reports/new" Whole "/reports/new";
    GET "/reports/new/export.csv" Whole "/reports/new/export.csv";
    GET "/reports/new/export.xlsx" Whole "/reports/new/export.xlsx";
    GET "/reports/{id}" Report "/reports/{saved report}";
    GET "/reports/{id}/edit" Report "/reports/{saved report}/edit";
    GET "/reports/{id}/export.csv" Report "/reports/{saved report}/export.csv";
    GET "/reports/{id}/export.xlsx" Report "/reports/{saved report}/export.xlsx";
    POST "/reports/{id}/edit" ReportKept "/reports/{saved report}/edit" ["version" = "1"];
    POST "/reports/{id}/share" ReportKept "/reports/{saved report}/share" ["shared" = "yes"];
    POST "/reports/{id}/delete" ReportKept "/reports/{saved report}/delete";

    GET "/dashboard" Whole "/dashboard";
    GET "/packs" Whole "/packs";
    POST "/packs" Whole "/packs";
    // the world has no pack; who opens one, and how it looks, is told in `packs`
    GET "/packs/{id}" Nobody "/packs/{pack}";
    GET "/packs/{id}/{file}" Nobody "/packs/{pack}/pack.pdf";
    GET "/figures" Whole "/figures";
    GET "/figures/indicators" Whole "/figures/indicators";
    GET "/plan" Whole "/plan";
    GET "/plan/cities" Whole "/plan/cities";
    GET "/plan/cities/new" Whole "/plan/cities/new";
    POST "/plan/cities/new" Whole "/plan/cities/new";
    // a supervisor writes of their own city alone: of another, the tests of the plan
    GET "/plan/cities/{slug}" Whole "/plan/cities/rabat";
    GET "/plan/cities/{slug}/move" Whole "/plan/cities/rabat/move";
    POST "/plan/cities/{slug}/move" Whole "/plan/cities/rabat/move";
    GET "/plan/cities/{slug}/steps/{step}" Whole "/plan/cities/rabat/steps/team";
    POST "/plan/cities/{slug}/steps/{step}" Whole "/plan/cities/rabat/steps/team";
    GET "/plan/cities/{slug}/readiness/{criterion}" Whole "/plan/cities/rabat/readiness/training";
    POST "/plan/cities/{slug}/readiness/{criterion}" Whole "/plan/cities/rabat/readiness/training";
    GET "/plan/letters" Whole "/plan/letters";
    GET "/plan/letters/new" Whole "/plan/letters/new";
    POST "/plan/letters/new" Whole "/plan/letters/new";
    GET "/plan/letters/{id}" Everywhere "/plan/letters/{letter}";
    POST "/plan/letters/{id}/strike" Everywhere "/plan/letters/{letter}/strike";
    GET "/plan/decisions" Whole "/plan/decisions";
    GET "/plan/decisions/new" Whole "/plan/decisions/new";
    POST "/plan/decisions/new" Whole "/plan/decisions/new";
    GET "/plan/partners" Whole "/plan/partners";
    GET "/plan/partners/new" Whole "/plan/partners/new";
    POST "/plan/partners/new" Whole "/plan/partners/new";
    GET "/plan/partners/{id}" Everywhere "/plan/partners/{partner}";
    POST "/plan/partners/{id}/end" Everywhere "/plan/partners/{partner}/end";
    POST "/plan/partners/{id}/name" Everywhere "/plan/partners/{partner}/name";
    GET "/plan/phases/new" Whole "/plan/phases/new";
    POST "/plan/phases/new" Whole "/plan/phases/new";
    // the world has no scan of a letter; who fetches one is told in `plan::documents`
    GET "/plan/documents/{id}" Nobody "/plan/documents/{document}";

    GET "/plan/cities/{slug}/team" Whole "/plan/cities/rabat/team";
    GET "/plan/cities/{slug}/team/new" Whole "/plan/cities/rabat/team/new";
    POST "/plan/cities/{slug}/team/new" Whole "/plan/cities/rabat/team/new";
    POST "/plan/seats/{id}/close" CityKept "/plan/seats/{seat}/close";
    GET "/plan/seats/{id}/designate" CityKept "/plan/seats/{seat}/designate";
    POST "/plan/seats/{id}/designate" CityKept "/plan/seats/{seat}/designate";
    GET "/plan/designations/{id}" City "/plan/designations/{designation}";
    POST "/plan/designations/{id}/member" CityKept "/plan/designations/{designation}/member" ["version" = "1"];
    POST "/plan/designations/{id}/end" CityKept "/plan/designations/{designation}/end";
    POST "/plan/designations/{id}/letter" CityKept "/plan/designations/{designation}/letter";
    POST "/plan/designations/{id}/strike" CityKept "/plan/designations/{designation}/strike";
    GET "/plan/papers/{id}" City "/plan/papers/{plan paper}";
    GET "/plan/meetings" Whole "/plan/meetings";
    GET "/plan/meetings/calendar" Whole "/plan/meetings/calendar";
    GET "/plan/meetings/calendar.ics" Whole "/plan/meetings/calendar.ics";
    GET "/plan/meetings/new" Whole "/plan/meetings/new";
    POST "/plan/meetings/new" Whole "/plan/meetings/new";
    GET "/plan/meetings/{id}" City "/plan/meetings/{meeting}";
    POST "/plan/meetings/{id}/edit" CityKept "/plan/meetings/{meeting planned}/edit" ["version" = "1"];
    POST "/plan/meetings/{id}/held" CityKept "/plan/meetings/{meeting planned}/held";
    POST "/plan/meetings/{id}/cancel" CityKept "/plan/meetings/{meeting planned}/cancel";
    POST "/plan/meetings/{id}/attendance" CityKept "/plan/meetings/{meeting}/attendance";
    POST "/plan/meetings/{id}/minutes" CityKept "/plan/meetings/{meeting}/minutes";
    POST "/plan/meetings/{id}/points" CityKept "/plan/meetings/{meeting}/points";
    POST "/plan/points/{id}" Point "/plan/points/{point}" ["done" = "yes"];

    GET "/audit" Whole "/audit";
    GET "/audit/file" Whole "/audit/file";
    GET "/audit/reading" Whole "/audit/reading";
    GET "/audit/register" Whole "/audit/register";
    GET "/audit/root" Whole "/audit/root";
    GET "/jobs" Whole "/jobs";
    POST "/jobs/{id}/retry" Whole "/jobs/1/retry";

    GET "/cases/{id}/rights" Own "/cases/{case}/rights";
    POST "/cases/{id}/rights/consents" Own "/cases/{case}/rights/consents";
    POST "/cases/{id}/rights/consents/{consent}/withdraw" Own "/cases/{case}/rights/consents/{consent}/withdraw";
    POST "/cases/{id}/rights/views" Own "/cases/{case}/rights/views";
    POST "/cases/{id}/rights/complaints" Own "/cases/{case}/rights/complaints";
    POST "/cases/{id}/rights/complaints/{complaint}/answer" Own "/cases/{case}/rights/complaints/{complaint}/answer";
    GET "/cases/{id}/script" Own "/cases/{case}/script";
    GET "/cases/{id}/family" Own "/cases/{case}/family";
    GET "/cases/{id}/seen" Own "/cases/{case}/seen";
    GET "/families/alerts" Whole "/families/alerts";
    GET "/cases/{id}/duplicates" Own "/cases/{case}/duplicates";
    POST "/cases/{id}/duplicates" Own "/cases/{case}/duplicates";
    GET "/duplicates" Whole "/duplicates";
    POST "/duplicates/suggest" Whole "/duplicates/suggest";
    POST "/duplicates/{id}" Nobody "/duplicates/{pair}";
    GET "/cases/{id}/identity" Own "/cases/{case}/identity";
    POST "/cases/{id}/identity" Own "/cases/{case}/identity";
    POST "/cases/{id}/identity/part" Own "/cases/{case}/identity/part";
    POST "/cases/{id}/identity/shown" Own "/cases/{case}/identity/shown";
    GET "/cases/{id}/elsewhere" Own "/cases/{case}/elsewhere";
    POST "/cases/{id}/elsewhere" Own "/cases/{case}/elsewhere" ["id" = "018f0000-0000-7000-8000-000000000071"];
    POST "/cases/{id}/elsewhere/ask" Own "/cases/{case}/elsewhere/ask";
    GET "/identity/requests" Whole "/identity/requests";
    GET "/identity/requests/{id}" Own "/identity/requests/{identity request}";
    POST "/identity/requests/{id}/answer" Own "/identity/requests/{identity request}/answer";
    POST "/identity/requests/{id}/withdraw" Own "/identity/requests/{identity request}/withdraw";
    GET "/transfers" Whole "/transfers";
    GET "/transfers/{id}" Own "/transfers/{transfer}";
    POST "/transfers/{id}/accept" Own "/transfers/{transfer}/accept";
    POST "/transfers/{id}/refuse" Own "/transfers/{transfer}/refuse";
    POST "/transfers/{id}/withdraw" Own "/transfers/{transfer}/withdraw";
    GET "/cases/{id}/transfer" Own "/cases/{case}/transfer";
    POST "/cases/{id}/transfer" Own "/cases/{case}/transfer";
    GET "/cases/{id}/closure" Own "/cases/{case}/closure";
    POST "/cases/{id}/closure" Own "/cases/{case}/closure";
    POST "/cases/{id}/closure/after" Own "/cases/{case}/closure/after";
    POST "/cases/{id}/reopen" Own "/cases/{case}/reopen";
    POST "/cases/{id}/void" Own "/cases/{case}/void";
}
