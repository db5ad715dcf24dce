judicial-follow-up = Follow-up at the court
judicial-follow-up-hint = Hearings, measures of the juvenile judge, judgments and appeals. Nothing is erased: a correction is a new entry that takes the place of another.
judicial-follow-up-cell = Only what concerns the child: hearings and measures. What is about the whole file or an adult stays with the court.
judicial-follow-up-none = Nothing is recorded at the court yet.
judicial-event-new = Enter a new event
judicial-event-hearing = Hearing
judicial-event-juvenile-measure = Measure of the juvenile judge
judicial-event-judgment = Judgment
judicial-event-appeal = Appeal
judicial-event-final = Final decision
judicial-event-file = The whole file
judicial-event-kind = Kind of event
judicial-event-about = About
judicial-event-about-hint = The cell reads only what is about a child: a hearing of the whole file or of an adult stays with the court. If a child is to come, please enter the hearing under the child's name.
judicial-event-day = Day
judicial-event-time = Hour (of a hearing)
judicial-event-venue = Before (of a hearing)
judicial-event-outcome = Outcome (hearing, judgment or appeal)
judicial-event-measure = Measure of the juvenile judge
judicial-event-act = Number of the act, if there is one
judicial-event-text = Note, read by the court alone
judicial-event-replaces = Takes the place of, when corrected or postponed
judicial-event-record = Record the event
judicial-event-superseded = Replaced since
judicial-event-of-a-child = A measure of the juvenile judge is about a child of the file. Please choose the child.
judicial-event-of-an-adult = A judgment is about an adult of the file. Please choose the adult.
judicial-event-of-another = That entry is about somebody else. Only one about the same person can be replaced.
judicial-event-moved = That entry was replaced already. Please open the file again.
judicial-outcome-of-another = This outcome does not go with that kind of event.
judicial-hearing-too-far = This date is more than two years ahead. Please check the year.
judicial-hearing-not-yet = This hearing has not taken place yet.
judicial-stage-juvenile-judge = Before the juvenile judge
judicial-stage-investigating-judge = Before the investigating judge
judicial-stage-trial = At trial
judicial-stage-judgment = Judged
judicial-stage-final = Final
judicial-calendar = Calendar of hearings
judicial-calendar-hint = The hearings of the files of this court: day, hour and number of the file, without a name.
judicial-calendar-file = File for a calendar program
judicial-calendar-earlier = Previous month
judicial-calendar-later = Next month
judicial-calendar-none = No hearing is entered for this month
judicial-feed = Subscribe from a telephone
judicial-feed-hint = An address of your own from which your calendar reads hours and numbers of files, without a name. Whoever has it sees them too: give it to nobody. It ends with your post.
judicial-feed-since = There has been an address since { $date }.
judicial-feed-make = Make an address
judicial-feed-again = New address in place of the old one
judicial-feed-end = End the address
judicial-feed-made = Address of the calendar
judicial-feed-once = It is shown only now. Copy it into your calendar; if it is lost, make another.
judicial-statistics = Statistics of the court
judicial-statistics-hint = Figures of the files of this court alone. Time is counted from the arrival of a file at the court.
judicial-statistics-own = For the chief prosecutor alone, and of their own court alone.
judicial-period = From { $from } to { $to }
judicial-period-usual = Usual periods
judicial-period-month = This month
judicial-period-quarter = This quarter
judicial-period-year = This year
judicial-period-from = From
judicial-period-to = To
judicial-period-wrong = The end of the period must follow its beginning, within ten years.
judicial-stat-figures = Files and times
judicial-stat-received = Files that arrived
judicial-stat-children = Children of these files
judicial-stat-adults = Adults of these files
judicial-stat-to-measure = Median time to the first measure for a child
judicial-stat-to-decision = Median time to the first decision that settles for an adult
judicial-stat-sent-on = Files sent on to another court
judicial-stat-returned = Returns for completion
judicial-stat-closed = Closings of files
judicial-stat-notices = Urgent notices
judicial-stat-to-notice = Median time to the reading of a notice
judicial-stat-children-kinds = Measures for children, by kind
decision-stat-adults-kinds = Decisions on adults, by kind
judicial-stat-pending = Files that wait now
judicial-stat-pending-hint = Number of files by what is awaited and by time at the court, as of this hour.
judicial-stat-none = No decision in this period
judicial-col-figure = Figure
judicial-col-value = Value
judicial-col-unit = Unit
judicial-col-decision = Decision
judicial-col-all = All
judicial-unit-files = files
judicial-unit-children = children
judicial-unit-adults = adults
judicial-unit-times = times
judicial-unit-notices = notices
judicial-unit-decisions = decisions
judicial-waits-receipt = Acknowledgement of receipt
judicial-waits-completion = Completion by the cell
judicial-waits-child-measure = Measure for a child
judicial-waits-adult-decision = Decision on an adult
judicial-waits-adult-again = Decision after an act that settled nothing
judicial-age-day = Less than a day
judicial-age-three = 1 to 3 days
judicial-age-week = 3 to 7 days
judicial-age-month = 7 to 30 days
judicial-age-older = More than 30 days
judicial-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
judicial-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
judicial-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
judicial-median-children = { $n ->
    [one] median of { $n } child
   *[other] median of { $n } children
}
judicial-median-adults = { $n ->
    [one] median of { $n } adult
   *[other] median of { $n } adults
}
judicial-median-notices = { $n ->
    [one] median of { $n } notice
   *[other] median of { $n } notices
}
field-about = About
field-held-on = Day
field-held-time = Hour
field-venue = Before
field-measure = Measure
field-replaces = Takes the place of
