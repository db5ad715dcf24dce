plan-over = Action plan for the protection of children from exploitation in begging
plan-title = The plan and its cities
plan-share = { $n } of { $of } prefectures and provinces
plan-note = The mark stands beside facts that have a published source: the ministry's founding page of the plan and the press of 2021. What no source says is said to be unknown.
plan-sourced = published source
plan-phases = Phases
plan-decided-on = Decided on { $date }
plan-launched-undecided = Launched on { $date }; the date of the decision is not published
plan-announced = Announced horizon; no decision is published
plan-cities = The cities of the plan
plan-city = City
plan-phase-court = Phase and court
plan-beginning = Launch or first meeting
plan-prefecture = Prefecture of { $name }
plan-launch = Launch
plan-first-meeting = First meeting
plan-not-published = not published
plan-court-note = to be confirmed
plan-seats = Seats
plan-seats-unpublished = not published
plan-events = Decisions and meetings
plan-events-note = Newest first.
plan-decision = Decision of the committee
plan-remote = held remotely
plan-teams = The teams
plan-members = { $n ->
    [one] member
   *[other] members
}
plan-members-scope = published for the teams of { $cities } together
plan-seats-unknown = How many seats each team has is not published, so no number is shown per team.
plan-not-yet = not yet in the plan
plan-map-about = Map of Morocco: { $share } are in the plan. { $phases }.
