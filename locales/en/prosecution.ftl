judicial-desk-court = Files of the court
judicial-desk-cell = Files referred to the prosecution
judicial-today = What waits today
judicial-new = New
judicial-arrived = Arrived
judicial-sections = Sections of the file
judicial-urgent = Urgent
judicial-decided = Decided
judicial-to-confirm = to be confirmed by a jurist

judicial-state-draft = To be transmitted
judicial-state-withdrawn = Replaced by a newer version
judicial-state-transmitted = Receipt not acknowledged
judicial-state-received = Received by the prosecution
judicial-state-returned = Returned for completion
judicial-state-under-study = Under study
judicial-state-closed = Closed

judicial-filter = Filter the files
judicial-filter-all = All
judicial-filter-draft = To be transmitted
judicial-filter-transmitted = Not acknowledged
judicial-filter-received = With the prosecution
judicial-filter-child = Measure for the child
judicial-filter-adult = Decision on an adult
judicial-filter-decided = Decided

judicial-col-file = File
judicial-col-state = State
judicial-col-waiting = Awaited from the prosecution
judicial-order = What presses first, then the newest
judicial-no-names = No names in lists. Opening a file is written to the access log.
judicial-empty = No file here
judicial-empty-court = No file of this kind has reached this court.
judicial-empty-cell = No file of this kind is transmitted or waiting. A referral is composed from the child's file.

judicial-children = { $n ->
    [0] no child
    [one] { $n } child
   *[other] { $n } children
}
judicial-adults = { $n ->
    [0] no adult
    [one] { $n } adult
   *[other] { $n } adults
}
judicial-children-h = { $n ->
    [one] The child
   *[other] The children
}
judicial-adults-h = { $n ->
    [one] The adult
   *[other] The adults
}
judicial-children-waiting = { $n ->
    [one] Measure for { $n } child
   *[other] Measure for { $n } children
}
judicial-children-done = Every child has a measure
judicial-next-transmit = Transmission by the head of the cell
decision-adults-waiting = { $n ->
    [one] Decision on { $n } adult
   *[other] Decision on { $n } adults
}
decision-adults-done = Every adult has a decision
judicial-todo-receive = { $n ->
    [0] No receipt to acknowledge
    [one] { $n } file waits for its receipt
   *[other] { $n } files wait for their receipt
}
judicial-todo-receive-hint = within 24 hours of transmission
judicial-todo-measure = { $n ->
    [0] No measure awaited
    [one] { $n } file waits for a measure for the child
   *[other] { $n } files wait for a measure for the child
}
judicial-todo-measure-hint = with the prosecution
judicial-pressing = { $n ->
    [0] nothing urgent
    [one] { $n } of them urgent
   *[other] { $n } of them urgent
}
judicial-todo-transmit = { $n ->
    [0] No file to transmit
    [one] { $n } file to transmit
   *[other] { $n } files to transmit
}
judicial-todo-transmit-hint = transmitted by the head of the cell

judicial-extract = Referred file
judicial-extract-draft = File as it will be referred
judicial-seal-matches = Seal matches
judicial-seal-broken = Seal does not match
judicial-frozen = Frozen on { $when }.
judicial-composed-by = Composed by { $name }.
judicial-transmitted-by = Transmitted by { $name }.
judicial-frozen-rule = Every correction opens a new file.
judicial-print = Seal of the file
judicial-shape = format { $version }
judicial-referral = Referral
judicial-from = From
judicial-to = Court
judicial-basis = Legal basis
judicial-ages-on = Ages on
judicial-facts = The facts
judicial-place = Place
judicial-when = Time
judicial-circumstance = Circumstances
judicial-no-contact = No field intervention at the origin of this file
judicial-child-n = Child { $n }
judicial-adult-n = Adult { $n }
judicial-case-number = child's file
judicial-no-adult = No adult in this file
judicial-to-child = Child { $n }:
judicial-tie-verified = kinship proved
judicial-tie-claimed = claimed, not proved
judicial-summary = Situation and proposal of the cell
judicial-not-in = What this file does not contain
judicial-not-in-text = The content of medical and psychological care, the address of a shelter, and what was told to the cell in confidence.

judicial-custody = Path of the file
judicial-step-composed = Composed
judicial-step-transmitted = Transmitted to the prosecution
judicial-step-received = Receipt acknowledged
judicial-not-yet = not yet
judicial-transmit = Transmit to the prosecution
judicial-transmit-hint = The file reaches as it stands: { $court }. It cannot be taken back.
judicial-transmitting = Sending…
judicial-waits-for-supervisor = Transmission is for the head of the cell.
judicial-recompose = Compose a new version
judicial-receive = Acknowledge receipt
judicial-to-case = Child's file
judicial-court-changed = Court changed
judicial-court-proposed-was = Proposed court: { $court }

judicial-measures = Measures for the children
judicial-measures-hint = Each child has its measures. One may stand beside another; an error is mended by a correction.
judicial-recorded = Recorded
judicial-waiting = Waiting
judicial-measure = Measure
judicial-measure-of = Measure for child { $n }
judicial-measure-record = Record the measure
judicial-instructions = Instructions to the cell
judicial-recording = Recording…
judicial-adults-elsewhere = Decisions on adults are not shown here. The mother's situation is on her page.

decision-adults = Decisions on the adults
decision-adults-hint = Each adult apart. The decision does not change the child's measure and does not show on the child's page.
decision-none = No decision yet
decision-pending = Decision pending
decision-prosecuted = Prosecuted
decision-not-prosecuted = Not prosecuted
decision-pending-means = Neither opens nor closes the four services. Urgent help for the mother and the child's services stay possible.
decision-prosecuted-means = If it is the mother: her four services stop. The child's do not change.
decision-not-prosecuted-means = If it is the mother: her four services open by themselves.
decision-kind = Decision
decision-offence = Offence
decision-offence-words = Penal Code { $article }: { $title }
decision-reason = Reason
decision-day = Date of the decision
decision-act = Number of the act
decision-act-number = Act no.
decision-text = Grounds, read by the court alone
decision-record = Record the decision
decision-change = New decision
decision-kept = Every decision is dated, signed and never erased. A further one stands beside those before it; an error is mended by a correction.
decision-history = { $n ->
    [one] { $n } earlier decision
   *[other] { $n } earlier decisions
}
decision-act-invalid = Number of the act: digits, Latin letters, / . and - only. Example: 118/2026
decision-act-taken = This number stands in another file of this court this year.
decision-before-transmission = This date is before the file was transmitted.
decision-moved = Another decision was recorded meanwhile: it stands on this page. What you typed is kept: please read the other one, then record yours if it still holds.
decision-sent-otherwise = This decision was already recorded with another content: it stands on this page. If you mean another one, please record it again.

judicial-moved = The state of this file changed meanwhile. Please open it again.
judicial-case-closed = The child's file is closed. It must be reopened before a referral is composed.
judicial-composed-otherwise = This referral was already composed with another content. Please open the child's file again.
judicial-court-note-needed = Please say what the reason is.

judicial-compose = Compose a referral to the prosecution
judicial-compose-hint = The file is frozen as composed here: the prosecution will see, word for word, what the next page shows.
judicial-compose-next = The frozen version is shown next, before it is transmitted
judicial-freeze = Freeze the file
judicial-q-court = To which court?
judicial-q-court-hint = Proposed by the place of the intervention: { $court }. Territorial competence to be confirmed.
judicial-q-court-none = No court is proposed for this prefecture. Please choose one.
judicial-q-court-other = Another court than the proposed one
judicial-q-court-reason = Reason for the change
judicial-q-court-note = Details
judicial-q-children = Which children?
judicial-q-children-hint = The child of this file is always in it. Others of the family with an open file may be added if the same facts concern them.
judicial-q-children-none = No other child of the family has an open file.
judicial-q-adults = Which adults?
judicial-q-adults-hint = One decision for each. Kinship is given as it is: proved or claimed.
judicial-q-adults-none = No adult is related to this child in the file.
judicial-summary-label = Text
judicial-summary-hint = The facts as seen, the situation of the family, what the cell proposes in the child's interest. No medical data, no address.
judicial-q-urgent = Does the child need a measure today?
judicial-q-urgent-hint = The file stands first among those of the court.
judicial-then = Next
judicial-then-text = The head of the cell reads the frozen version, then transmits it. Freezing a new version replaces the one that was not yet transmitted.
judicial-basis-child-victim = Child victim (Code of Criminal Procedure)
judicial-basis-difficult-situation = Child in a difficult situation (Code of Criminal Procedure)
judicial-basis-begging-offence = Begging with, employing or handing over a child (Penal Code, 326 to 330)
judicial-basis-trafficking = Human trafficking: exploitation of a child in begging (law 27-14, art. 448-1)
judicial-basis-abandoned-child = Abandoned child (law 15-01)

judicial-panel = Prosecution
judicial-panel-none = This file was not referred to the prosecution.

notice-title = Urgent notice
notice-title-many = Urgent notices
notice-unseen = { $n ->
    [0] No urgent notice waits
    [one] { $n } urgent notice waits
   *[other] { $n } urgent notices wait
}
notice-unseen-hint = from the cell to the prosecution
notice-waiting = Not yet read
notice-acknowledged = Read by the prosecution
notice-registered = Received by the registry
notice-led-to = Transmitted since: file
notice-before = After the urgent notice of
notice-sent-on = Rerouted
notice-send-on = Send to another court
notice-send-on-hint = The notice goes to the chosen court, whose prosecutor on duty is told at once; this court does not read it any more.
notice-frozen-h = The notice as it was sent
notice-frozen = Sent on { $when }.
notice-frozen-rule = It is neither taken back nor changed.
notice-child = The child
notice-no-flag = No red flag recorded
notice-callback = Call the cell back
notice-callback-cell = Social assistance cell
notice-receipt = Reading
notice-not-seen = Receipt and reading are recorded under the name of whoever confirms them; the cell sees it at once. The notice waits until a prosecutor reads it.
notice-acknowledge = Confirm reading
notice-register = Confirm receipt by the registry
notice-no-name = The notice contains no name.
notice-send = Send the notice now
notice-send-hint = Reaches the competent prosecution at once: sex and age of the child, place, time, red flags, file number. No name. It cannot be taken back.
notice-sent-otherwise = This notice belongs to another sending. Please open the child's file again.
notice-no-court = No court is known for this prefecture. Please telephone the prosecution.
judicial-notes = Notes of the prosecution
judicial-notes-court = For the court alone
judicial-note-text = New note
judicial-note-save = Save the note
