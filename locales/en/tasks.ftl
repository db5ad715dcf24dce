today-title = To do
today-late = Overdue
today-today = Today
today-week = Within seven days
today-later = Later
today-empty = Nothing to do right now
today-empty-hint = Everything due is done. Files and contacts are still at hand.
today-contact = Street contact to triage
today-contact-flagged = Street contact to triage, with a red flag
today-from-meeting = from a meeting
today-snoozed = { $n ->
    [0] nothing put off
    [one] { $n } thing put off
   *[other] { $n } things put off
}
task-snooze = Put off
task-hand-over = Hand over
task-snooze-until = To
task-snooze-why = Why
task-snooze-save = Put off
task-snooze-range = A day after today, within thirty days.
task-snoozed-until = put off to { $day }
task-done-meanwhile = It was done meanwhile.
team-title = Team
team-hint = What each colleague carries. Proposed ceiling: { $n } open files a person.
team-heavy = Ceiling reached
team-files = { $n ->
    [0] no open file
    [one] { $n } open file
   *[other] { $n } open files
}
team-high = { $n ->
    [0] none at high risk
    [one] { $n } at high risk
   *[other] { $n } at high risk
}
team-late = { $n ->
    [0] nothing overdue
    [one] { $n } thing overdue
   *[other] { $n } things overdue
}
team-soon = { $n ->
    [0] nothing within seven days
    [one] { $n } thing within seven days
   *[other] { $n } things within seven days
}
team-oldest = Overdue longest: { $when }
team-gone = No longer works in this cell
team-to-give = Files to give to others
team-away = Away until { $day }; { $name } stands in
team-away-from = Away from { $from } to { $day }; { $name } stands in
team-away-uncovered = Away until { $day }; nobody stands in yet
team-away-from-uncovered = Away from { $from } to { $day }; nobody stands in yet
team-name = Name who stands in
team-back = End the absence
team-leave = Record an absence
team-leave-save = Record
team-colleague = Who takes the files meanwhile
team-until = Until
away-range = Today or later, within six months.
away-another = Nobody stands in for themself.
away-over = This absence is over already.
away-past = Not before today.
away-order = Not before the first day.
away-overlaps = Another absence is recorded for these days.
away-colleague-away = This colleague is away on some of these days.
away-named = Somebody was named meanwhile, or the absence is over.
leave-title = My absence
leave-hint = While you are away, whoever stands in reads your files and sees what they owe. Protected files stay with those named on them.
leave-new = Record an absence
leave-since = First day
leave-until = Last day
leave-colleague-hint = Left open, a supervisor chooses.
leave-end = I am back
leave-call-off = Call it off
field-absent = Who is away
field-colleague = Who stands in
nav-today = To do
nav-team = Team
task-title = Task
task-hands = In whose hands
task-do = Open
task-done-on = Done: { $at }
task-handed-to-me = Handed to me by a colleague
task-from-colleague = Taken over from a colleague
task-of-supervisors = The supervisors of the cell
task-with = { $name }
today-elsewhere = { $n ->
    [0] nothing is with a colleague
    [one] { $n } task is with a colleague
   *[other] { $n } tasks are with colleagues
}
handover-title = Hand to a colleague
handover-see = See or give back
handover-hint = Your colleague reads the file for as long as this task is theirs. The file stays yours.
handover-colleague = To whom
handover-why = Why
handover-save = Hand it over
handover-nobody = No other colleague is named on this file.
handover-return = Give it back
handover-return-hint = It goes back to { $name }, who leads the file.
handover-history = Who had it
handover-to = Handed to { $name }
handover-back = Given back to the lead of the file
handover-already = This task is in those hands already.
handover-not-them = This task cannot be handed to that person.
person-title = To do: { $name }
person-gone = This person no longer works here, and nobody but you sees what their files wait for. Open each file and give it to a colleague.
person-hint = Open a task to put it into other hands.
person-nothing = Nothing to do for now
