notices-title = Notices
notices-hint = What others did that concerns you: protected files, answers you waited for, tasks handed to you.
notices-mark-seen = Mark all as seen
notices-none = No notice
notices-new = new
notices-times = { $n ->
    [0] never
    [one] { $n } time
   *[other] { $n } times
}
notices-bell = { $n ->
    [0] Notices
    [one] { $n } new notice
   *[other] { $n } new notices
}
notice-file-protected = A file is now protected
notice-protected-opened = A protected file was opened
notice-grant-given = You are named on a protected file
notice-glass-broken = Emergency reading of a protected file
notice-glass-reviewed = Your emergency reading was reviewed
notice-lift-asked = Somebody asks to lift a protection
notice-lift-answered = The request to lift was answered
notice-protection-lifted = The protection was lifted
notice-ran-away = A child left the institution without permission
notice-child-unwell = After the closing: the child is not safe, or is exploited in begging again
notice-task-handed = A task was handed to you
notice-task-back = A task came back to you
notice-task-taken = A task is no longer with you
notice-plan-approved = Your plan was approved
notice-plan-returned = Your plan was returned
notice-determination-approved = The best-interests determination was approved
notice-determination-returned = The best-interests determination was returned
notice-closing-granted = The closing was confirmed
notice-closing-refused = The closing was refused
notice-transfer-asked = A file is offered to your city
notice-transfer-withdrawn = A transfer was withdrawn
notice-transfer-accepted = The transfer was accepted
notice-transfer-refused = The transfer was refused
notice-file-given = A file was given to you
notice-colleague-away = An absence was recorded in your team
notice-colleague-back = An absence is over
notice-stands-in = You stand in for a colleague
notice-judicial-annex = An annex reached the court
notices-hint-court = What concerns you in the files and urgent notices of your court.
notices-clock = told by Sanad, as a time ran out
notice-judicial-arrived = A file has reached your court
notice-judicial-completed = A returned file is back, completed
notice-judicial-handed = A file was put into your hands
notice-judicial-late = A file has had no answer in time
notice-judicial-received = The prosecution has the file
notice-judicial-taken-back = The prosecution took the file back before its completion, to decide
notice-urgent-notice-unread = Urgent notice not yet read by the prosecution: call them
notice-judicial-returned = The prosecution returned the file for completion
notice-judicial-rerouted = The file went to another court
notice-urgent-notice-rerouted = The urgent notice went to another court
notice-judicial-closed = The prosecution closed the file
notice-judicial-completion-late = The completion of a file that the prosecution returned is late
notice-child-measure = The prosecution took a measure for the child
notice-mother-effect = The prosecution decided on the mother: where she stands is on her page
notice-court-hearing = A hearing concerns the child
notice-juvenile-measure = The juvenile judge took a measure for the child
notice-mother-outcome = A judgment about a mother: her services may be thought over
notice-urgent-notice-arrived = An urgent notice has arrived
notice-urgent-notice-late = An urgent notice has not been read in time
notice-judicial-question = The prosecution asks the cell a question
notice-judicial-answered = The cell answered a question
notice-judicial-question-late = A question of the prosecution has no answer in time
notice-identity-asked = Another city asks whether you know a child
notice-identity-withdrawn = A question about a child was taken back
notice-identity-accepted = The other city knows the child: the same one
notice-identity-refused = The other city says: another child
notice-identity-unsure = The other city cannot tell whether it is the same child
notice-identity-ended = An agreement about a child ended
notice-identity-joined = A file was joined with another of the same child
notice-identity-parted = Two files of one child were separated
notice-mother-joined = Two records of one mother were joined: her page shows all her children
notice-mother-parted = Two joined records of a mother were separated
