protection-title = Protected files
protection-hint = Emergency readings to review, and requests to lift a protection.
protection-of-file = Protection of the file
protection-file = File
protection-rules = Rules of a protected file
protection-rules-text = A protected file shows only to those who are named on it. The supervisor is told of each opening, and it takes two people to lift the protection.
protection-why = Why it is protected
protection-reason = Why should this file be protected?
protection-text = More about it (at least 20 characters)
protection-keeper = Supervisor who keeps the protection
protection-mark-hint = Once protected, the file shows by its number alone, to those who are named on it. The child's name is encrypted; contacts and family hide from everyone else.
protection-mark-button = Protect the file
protection-not-yours = This file is not protected. Its supervisor or its lead can protect it.
protection-already = This file is protected already.
protection-none = This file is not protected.
grants-title = Who is named
grants-hint = They alone see this file. The supervisor who is named is told of each opening.
grants-who = Name
grants-why = Why named
grants-until = Until
grants-by-work = by their work on the file
grant-give = Name somebody
grant-until = Last day
grant-give-button = Name them
grant-end = End
grant-end-of = End for { $name }
grant-until-range = Choose a day from today to a year from now.
unprotect-title = Lifting the protection
unprotect-hint = A supervisor asks, somebody else agrees, then it is carried out.
unprotect-why = Why it should be lifted
unprotect-by = Asked by
unprotect-list = Requests to lift
unprotect-none = No request waits.
unprotect-agree = Agree: lift the protection
unprotect-refuse = Refuse: the file stays protected
unprotect-own = This is your request: somebody else answers it.
unprotect-answer = Answer
unprotect-answer-hint = After that, the supervisor who is named carries it out: the name comes back and the file shows in its prefecture again.
unprotect-answer-button = Save the answer
unprotect-agreed = Agreed
unprotect-refused = Refused
unprotect-waits = Waiting for somebody else
unprotect-finish = Carry out
unprotect-ask = Ask to lift
unprotect-already-asked = A request to lift is waiting already.
unprotect-not-agreed = The protection cannot be lifted before somebody else agrees.
unprotect-answered-meanwhile = This request was answered in the meantime.
emergency-list = Emergency readings
emergency-none = No emergency reading.
emergency-waiting = { $n ->
    [0] none to review
    [one] { $n } to review
   *[other] { $n } to review
}
emergency-stage = Stage
emergency-title = Read in an emergency
emergency-hint = For a protected file on which you are not named, when it must be: 60 minutes, reading only. The lead, the supervisor and the data protection officer are told; somebody else reviews it.
emergency-number = Number of the file
emergency-reason = What kind of emergency
emergency-text = Why must you read it now? (at least 20 characters)
emergency-button = Open the file for 60 minutes
emergency-no-file = No protected file of this number can be opened here.
emergency-open = Open now
emergency-to-review = To review
emergency-justified = Justified
emergency-unjustified = Not justified
emergency-review-title = Review of an emergency reading
emergency-verdict = Was the reading justified?
emergency-review-text = What the review found (at least 20 characters)
emergency-review-button = Close the review
emergency-facts = Facts
emergency-from = From
emergency-to = To
emergency-readings = Times it was read
emergency-read-title = What was read
emergency-read-hint = Every page that was opened in that time, of the file and of what hangs on it: family, street contacts, services, judicial file, documents.
emergency-read-none = No page was read.
emergency-read-file = Page or history of the file
emergency-own = This was your reading: somebody else reviews it.
emergency-still-open = The hour is still running: review it afterwards.
emergency-reviewed-meanwhile = This reading was reviewed in the meantime.
emergency-banner = Emergency reading, nothing can be changed:
emergency-minutes = { $n ->
    [0] over
    [one] { $n } minute left
   *[other] { $n } minutes left
}
emergency-end = End now
