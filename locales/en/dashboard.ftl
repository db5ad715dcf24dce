dashboard-over = Central steering committee
dashboard-title = Where does child protection stand?
dashboard-until = up to { $date }
dashboard-all-cities = All cities of the plan
dashboard-dates = Dates
dashboard-as-of = Figures up to (day/month/year)
dashboard-city = City
dashboard-show = Show
dashboard-grid = { $asked } is not a date of the committee's figures. They are told for month ends and for the dates of published figures, so that two neighbouring days cannot be compared to find one child. Shown: { $shown }.

dashboard-kpi-children = Children protected
dashboard-kpi-girls = Girls
dashboard-kpi-boys = Boys
dashboard-kpi-handled = Cases handled
dashboard-part-published = { $n } published, pilot cities together
unit-child = { $n ->
    [one] child
   *[other] children
}
unit-girl = { $n ->
    [one] child
   *[other] children
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
dashboard-published-note = These totals belong to their cities together: no source divides them, and neither does Sanad. Children and cases are two different units.
dashboard-published-before = Nothing was published by this date. The first published figure is of { $date }.
dashboard-published-none = Nothing was published for these cities by this date.
dashboard-source = Source: { $source }
dashboard-series-title = Cases handled during the pilot
dashboard-series-note = Running total of the three pilot cities together, in cases; for the first two points the source gives the month only.
dashboard-series-point = { $value } ({ $date })
dashboard-series-about = Running total of cases handled: { $points }
dashboard-date = Date
source-founding-page = founding page of the plan, ministry
source-press-2021-02-15 = press report of 15 February 2021 on the extension
source-press-2021-02-02 = press of 2 February 2021, speech of the minister at the central steering committee

dashboard-unit-child = Unit: child protected
dashboard-map-title = Children protected on the map
dashboard-map-about = Map of the prefectures and provinces; children protected: { $cities }
dashboard-map-note = Unit: child protected. The more there are, the darker the prefecture or province and the larger the circle; what is not told has no circle.
dashboard-sex-title = Girls and boys, city by city
dashboard-sex-point = { $city }: { $girls } girls and { $boys } boys
dashboard-sex-about = Children protected by sex. { $cities }
dashboard-month = Month
dashboard-numbers = Show as a table
dashboard-girls = Girls
dashboard-boys = Boys
dashboard-cities-title = City by city
dashboard-cities-note = Units: children protected in children; files in files; contacts, services, files sent and decisions in acts.

unit-contact-month = { $n ->
    [one] contact
   *[other] contacts
}
dashboard-all-regions = All regions
dashboard-region = Region
dashboard-phase = Phase
dashboard-all-phases = All phases
dashboard-before-plan = The plan began on 4 December 2019: there is no figure before that day.
dashboard-none-there = No city of the plan fits these choices together.
dashboard-kpi-contacts = Street contacts of the month
dashboard-part-told = in Sanad: { $n }
dashboard-share-of-children = { $n }% of the children
dashboard-kept = Target met
dashboard-missed = Target not met
dashboard-needs = Needs a decision
dashboard-needs-none = By the rules, nothing waits for a decision of the committee today.
dashboard-needs-note = This list is computed by fixed rules: a month not told in time, a city on hold, a candidate that meets every criterion, an opening that is complete, empty seats, a rate ten points or more from its target.
dashboard-need-late = The figures of { $month } were not told in time
dashboard-need-late-why = They were due on the fifth of the next month. The technical administration checks the periodic tasks.
dashboard-need-suspended = { $city }: on hold
dashboard-need-suspended-why = Work there resumes by a decision of the committee.
dashboard-need-suspended-since = On hold since { $date }; work there resumes by a decision of the committee.
dashboard-need-ready = { $city }: a candidate that meets every criterion
dashboard-need-ready-why = Criteria met: { $n }. Nothing is decided yet.
dashboard-need-opened = { $city }: every step of its opening is done
dashboard-need-opened-why = Every required step is done, and the city is not in the plan yet.
dashboard-need-no-team = { $city }: no team entered
dashboard-need-no-team-why = No seat of a team is entered for this city.
dashboard-need-seats = { $city }: empty seats in the team
dashboard-need-seats-why = Empty seats: { $n } of { $of }.
dashboard-need-far-why = Rate told: { $n }%, target: { $target }%.
dashboard-need-city = Page of the city
dashboard-need-figures = Figures of the city
dashboard-told-title = Told by Sanad
dashboard-told-note = The figures of a month are counted once, on the fifth of the next one, and never change: what is found out later is listed as a correction. Counts from 1 to 4 are written “under 5”, and what would give them away is not told either. Sex, age band and nationality group are tables of their own; their crossings are not told. Nothing is finer than a prefecture or province, and no name reaches this page. A figure with ° was told in an earlier month: what has changed since is too little to be told.
dashboard-first-month = No month has been told yet. The first will be the current month, on { $date }.
dashboard-none-told = Sanad had told no month by this date.
dashboard-complete = { $n } of { $of } figures are told
dashboard-path-title = Pathway of protection
dashboard-path-note = Since the beginning, up to the last day of the month. Each line has its unit: files, children, files, decisions, files.
dashboard-path-opened = Files opened
dashboard-path-protected = Children with a first protection measure
dashboard-path-sent = Files sent to the prosecution
dashboard-path-decided = Decisions of the prosecution on children
dashboard-path-closed = Files closed
dashboard-path-share = for a hundred files: { $n }
dashboard-small-title = City by city, month by month
dashboard-small-note = Children protected since the beginning, as each month told it. One scale for all; where the change is not told, the figure told last stands.
dashboard-small-about = { $city }: children protected from { $from } to { $until }; last figure: { $value }
dashboard-rates-title = Indicators and their targets
dashboard-rates-note = Each rate is calculated from two figures that are told. The table has the definition and the period of each.
dashboard-rates-about = Rates of the indicators: { $rates }
dashboard-rates-all = Overall rate
dashboard-rates-span = From the lowest city to the highest
dashboard-rates-goal = Target
dashboard-indicators = Indicators that are told
dashboard-indicator = Indicator
dashboard-value = Value
dashboard-numerator = Numerator
dashboard-denominator = Denominator
dashboard-unit = Unit
dashboard-target = Target or reference
dashboard-untold = Indicators that are not told here, and why
dashboard-untold-yet = The figures of this month say nothing of it.
dashboard-untold-median = It is a duration, not a count: its median is told for the country and the regions only, if it is of enough people or files.
dashboard-untold-city = Read only in the city, in its live figures: for the country it would point to a few people, or it is already in the register of the plan.
dashboard-corrections = Corrections told with this month
dashboard-corrections-none = This release corrects no earlier month.
dashboard-corrections-told = What this month corrects of earlier months
dashboard-corrections-later = What later months said of this one
dashboard-later-note = These figures are as they were told at the time. Later months corrected some of them:
dashboard-figure = Figure
dashboard-where = Where
dashboard-of-day = Up to
dashboard-was = Was
dashboard-becomes = Became
dashboard-told-by = Told with
dashboard-country = Morocco
dashboard-a-region = Another region
dashboard-stamp = Release no. { $number }, rules of counting, version { $method }, counted on { $when }.
dashboard-period = Period
dashboard-period-since = since the plan began, up to { $date }
dashboard-period-on = as it stood on { $date }
dashboard-period-month = the month of { $month }
dashboard-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
dashboard-median = { $name }: median { $days }, counted over { $over } at least, up to { $date }
