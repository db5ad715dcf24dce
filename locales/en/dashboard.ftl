dashboard-over = Central steering committee
dashboard-title = Where does child protection stand?
dashboard-until = up to { $date }
dashboard-all-cities = All cities of the plan
dashboard-dates = Dates
dashboard-today = Today
dashboard-as-of = Figures up to (day/month/year)
dashboard-city = City
dashboard-show = Show
dashboard-grid = { $asked } is not a date of the committee's figures. They exist for month ends and for the dates of published figures, so that two neighbouring days cannot be compared to find one child. Shown: { $shown }.

dashboard-kpi-children = Children protected
dashboard-kpi-girls = Girls
dashboard-kpi-boys = Boys
dashboard-kpi-handled = Cases handled
dashboard-part-published = { $n } published, pilot cities together
dashboard-part-live = { $n } in Sanad, provisional
unit-child = { $n ->
    [one] child
   *[other] children
}
unit-girl = { $n ->
    [one] child
   *[other] children
}
unit-case = { $n ->
    [one] case
   *[other] cases
}
figure-children = { $n ->
    [one] { $n } child
   *[other] { $n } children
}
figure-girls = { $n ->
    [one] { $n } girl
   *[other] { $n } girls
}
figure-boys = { $n ->
    [one] { $n } boy
   *[other] { $n } boys
}
figure-cases = { $n ->
    [one] { $n } case
   *[other] { $n } cases
}
figure-cases-handled = { $n ->
    [one] { $n } case handled
   *[other] { $n } cases handled
}
figure-members = { $n ->
    [one] { $n } team member
   *[other] { $n } team members
}
list-comma = ,{" "}

dashboard-published-title = Published before Sanad
dashboard-published-pill = as published
dashboard-published-figures = Published figures
published-until = published for { $cities } together, up to { $date }
published-month = published for { $cities } together, { $date }
dashboard-published-note = These totals belong to their cities together: no source divides them, and neither does Sanad. Children and cases are two units.
dashboard-published-before = Nothing was published by this date. The first published figure is of { $date }.
dashboard-published-none = Nothing was published for this city by this date.
dashboard-source = Source: { $source }
dashboard-series-title = Cases handled during the pilot
dashboard-series-note = Running total of the three pilot cities together, in cases; for the first two points the source gives the month only.
dashboard-series-point = { $value } ({ $date })
dashboard-series-about = Running total of cases handled: { $points }
dashboard-date = Date
source-founding-page = founding page of the plan, ministry
source-press-2021-02-15 = press report of 15 February 2021 on the extension
source-press-2021-02-02 = press of 2 February 2021, speech of the minister at the central steering committee

dashboard-live-title = Recorded in Sanad
dashboard-live-pill = provisional, rounded to the nearest 5
dashboard-live-note = Every figure here is rounded to the nearest 5, so that nobody can tell from it whether one child was added; totals add the rounded figures. They are provisional: facts recorded later change them. No name reaches this page.
dashboard-counted-at = counted at { $time }
dashboard-live-none = Sanad has no figure to show for { $date }.
dashboard-unit-child = Unit: child protected
dashboard-unit-case = Unit: case
dashboard-unit-contact = Unit: contact; whole months, all cities, each month rounded on its own
dashboard-unit-service = Unit: service delivered to one child
dashboard-unit-service-mother = Unit: service delivered to one mother who is not prosecuted
dashboard-unit-justice = Unit: referral for the first line, then decision in force
dashboard-map-title = Children protected on the map
dashboard-map-about = Map of the prefectures and provinces; children protected: { $cities }
dashboard-map-note = Unit: child protected. The area of a circle is in proportion to the figure; prefectures of the plan are coloured.
dashboard-sex-title = Girls and boys, city by city
dashboard-sex-point = { $city }: { $girls } girls and { $boys } boys
dashboard-sex-about = Children protected by sex. { $cities }
dashboard-months-title = Street contacts, month by month
dashboard-months-about = Contacts a month over twelve months: { $points }
dashboard-month = Month
dashboard-numbers = Show as a table
dashboard-total = Total
dashboard-girls = Girls
dashboard-boys = Boys
dashboard-unsexed = Sex to be determined
dashboard-children = Children
dashboard-contacts = Contacts
dashboard-open-cases = Open cases
dashboard-mothers = Mothers
dashboard-adults = Adults
dashboard-services = Services
dashboard-decisions = Decisions of the prosecution
dashboard-referrals-short = Referrals
dashboard-cities-title = City by city
dashboard-cities-note = Units: children protected in children; open cases in cases; services, referrals and decisions in acts. A figure below 3 is shown as 0.
dashboard-milestones-title = Cases by milestone
dashboard-services-child = Services to children
dashboard-services-mother = Services to mothers
dashboard-justice-title = Before the prosecution
dashboard-referrals = Referrals sent
dashboard-child-decisions = Decisions on the child
dashboard-adult-pending = Decisions on adults: pending
decision-adult-prosecuted = Decisions on adults: prosecuted
decision-adult-not-prosecuted = Decisions on adults: not prosecuted
