contacts-title = Street contacts
contacts-waiting = { $n ->
    [0] No contact waits for triage
    [one] { $n } contact waits for triage
   *[other] { $n } contacts wait for triage
}
contacts-all = All
contacts-to-triage = To triage
contacts-empty = No contact here
contacts-empty-hint = Each contact that is logged appears here with its receipt number, then with what the supervisor decided.
contacts-col-where = Place
contacts-col-state = State
contacts-col-seen = Who was seen
contacts-col-when = When
contact-triaged = Triaged
contact-triage-late = Triage overdue
contact-submitted = To triage
contact-children = { $n ->
    [0] no child
    [one] { $n } child
   *[other] { $n } children
}
contact-new-title = Log a street contact
contact-new-hint = Six required questions on one page, the rest is optional. No name is needed.
contact-q-where = Where?
contact-other-place = Another place
contact-other-place-hint = Choose the district and the kind of place below
contact-place = District or commune
contact-place-kind = Kind of place
contact-landmark = Landmark
contact-q-when = When?
contact-now = Now
contact-earlier = Earlier
contact-earlier-hint = Late entry, with date and time
contact-date = Date
contact-time = Time
contact-q-children = Which children?
contact-q-children-hint = At least one child, a block for each.
contact-child-n = Child { $n }
contact-add-child = Add a child
contact-remove-child = Remove
contact-sex = Sex
contact-age = Estimated age
contact-age-years = Age in years, if known
contact-child-name = Name or nickname
contact-flags = Visible signs of danger
contact-q-adult = Who was with them?
contact-adult-none = Nobody
contact-adult-other = Other
contact-adult-which = If other: the relation
contact-adult-name = Name of the accompanying adult
contact-adult-phone = Telephone
contact-phone-reveal = Show the number
contact-q-circumstance = In what circumstance?
contact-circumstance = Circumstance
contact-q-action = What was done there?
contact-q-action-hint = Tick all that apply.
contact-note = Note
contact-privacy = No photos, no location. The note is read by the team of the prefecture or province only.
contact-save = Save the contact
contact-changed-after-save = This contact was saved before with other answers. They have not changed; to say more, please log another contact.
saving = Saving…
help = Help
emergency-numbers = Emergency numbers
emergency-ambulance = Ambulance
emergency-police = Police
emergency-gendarmerie = Royal Gendarmerie
emergency-onde = National Observatory of Children's Rights
before-talking = Before talking to the family
before-talking-text = Say who you are and why, that danger must be reported, and what the prosecution will see. The child's view is heard, and silence is a right.
error-phone = Telephone number not understood. Example: 06 12 34 56 78

contact-title = Contact { $receipt }
contact-receipt = Receipt
contact-saved-at = Reached the server
contact-do-now = To do now
contact-what-next = What follows
contact-step-saved = Contact saved
contact-step-triage = Triage by the supervisor
contact-step-triaged = Triaged
contact-step-file = File opened or linked
contact-step-file-hint = As the supervisor decides, child by child
contact-due = before { $at }
contact-facts = The facts
contact-author = Logged by

triage-title = Triage the contact
triage-hint = One decision for each child. Opening a file gives it to a social worker, with a risk level.
triage-lead = Give the file to
triage-risk = Risk level
triage-number = Number of the existing file, to link it
triage-similar = Existing files that may be about the same child:
triage-save = Save the triage
triage-already = This contact has been triaged already.
triage-number-unknown = No file of that number in this prefecture or province.
