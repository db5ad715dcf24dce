audit-title = Log of acts and readings
audit-hint = Who did what, who saw what, and when. Numbers and codes, never a child's name. Each reading of this log is written in it, too.
audit-pages = Pages of the log
audit-log = Log
audit-file = Who saw a file
audit-refusals = Refusals
audit-reading = Unusual reading
audit-register = Register of processing
audit-col-what = Act
audit-col-who = By
audit-col-object = Object
audit-col-when = When
audit-no-object = no object
audit-nobody = Nobody signed in
audit-from = From
audit-to = To
audit-number = Number of a file or receipt
audit-range = The period ends before it begins.
audit-none = Nothing in this period
audit-none-hint = Widen the period or take a filter away.
audit-file-hint = Number of a file, a receipt or a judicial file. The answer includes the child's page, the judicial files and the notices that belong to it.
audit-search = Search
audit-file-none = No reading under this number
audit-file-none-hint = The number is unknown, or the file has not been opened yet.
audit-col-times = Times
audit-col-last = Last time
audit-each = Each reading
audit-col-hour = Hour
audit-col-files = Different files
audit-over = over the budget
audit-alerts = Alerts of the last thirty days
audit-alerts-none = No alert.
audit-busy = Busiest hours since yesterday
audit-busy-none = No file was opened since yesterday.
audit-register-hint = Everything that is recorded, table by table: class, purpose, retention. The class shown is the most sensitive of the table.
audit-register-count = { $tables } tables and { $columns } classified columns
audit-tables = Tables
audit-col-table = Table
audit-col-purpose = Purpose
audit-col-retention = Retention
audit-root-title = Daily root of the log
audit-root-hint = One hash holds the whole log to what it was at the end of the day. Printed and handed to the committee, it reveals any row changed since. It contains no personal data.
audit-root-day = Day
audit-root-show = Show
audit-root-old = Nothing was sealed that day: the root that stood is of { $date }.
audit-root-size = Sealed rows
audit-root-at = Sealed at
audit-root-hash = Root
audit-root-note = Signed text
audit-root-code = The same text, to be read by a phone
audit-root-verify = To verify the log with this text:
audit-root-signature = Name, signature and date of receipt:
audit-root-none = No root yet
audit-root-none-hint = Rows are sealed each minute while background work runs.
audit-openings = { $n ->
    [one] { $n } opening
   *[other] { $n } openings
}
audit-refused-times = { $n ->
    [one] { $n } refusal
   *[other] { $n } refusals
}
audit-readers = { $n ->
    [one] Seen by { $n } person
   *[other] Seen by { $n } people
}
audit-columns = { $n ->
    [one] { $n } column
   *[other] { $n } columns
}
audit-reading-hint = { $n ->
    [one] Beyond { $n } opening an hour, an alert is written to the log itself.
   *[other] Beyond { $n } openings an hour, an alert is written to the log itself.
}

act-session-opened = Sign-in
act-session-refused = Wrong password
act-access-refused = Access refused
act-user-created = Account created
act-contact-logged = Street contact logged
act-contact-triaged = Street contact sorted
act-contact-opened = Street contact opened
act-case-added = File created
act-case-moved = File moved to another stage
act-visits-opened = Follow-up visits read
act-visit-planned = Visit planned
act-visit-made = Visit recorded
act-visit-missed = Visit missed
act-case-given = File assigned
act-case-opened = File opened
act-case-opened-with-reason = A colleague's file opened with a reason
act-person-added = Person recorded
act-child-opened = Child's page opened
act-child-edited = Child's page edited
act-relationship-added = Kinship claimed
act-relationship-verified = Kinship proved
act-relationship-refuted = Kinship refuted
act-mother-opened = Mother's page opened
act-support-opened = Four services opened to a mother
act-service-recorded = Service recorded
act-service-delivered = Service delivered
act-judicial-file-composed = Referral to the prosecution composed
act-judicial-file-withdrawn = Draft referral withdrawn
act-judicial-file-transmitted = Referral sent to the prosecution
act-judicial-file-received = Referral received at the court
act-judicial-file-opened = Judicial file opened
act-urgent-notice-sent = Urgent notice sent
act-urgent-notice-opened = Urgent notice opened
act-urgent-notice-acknowledged = Urgent notice acknowledged
act-child-decision-recorded = Decision on a child recorded
act-adult-decision-recorded = Decision on an adult recorded
act-reading-unusual = Unusual reading
act-vault-unreadable = Encrypted text that did not open
act-keys-made = Encryption keys made
act-keys-rotation-begun = Key rotation begun
act-keys-rotated = Encryption keys rotated
act-user-ended = Account closed
act-user-restored = Account reopened
act-user-recovered = Account recovered on the server
act-session-ended = Other sessions ended
act-password-changed = Password changed
act-password-confirmed = Password confirmed
act-password-refused = Password refused at confirmation
act-factor-enrolled = Second factor enrolled
act-factor-passed = Second factor passed
act-factor-backup-used = Backup code used
act-factor-refused = Second factor refused
act-factor-codes-renewed = Backup codes renewed
act-factor-removed = Second factor removed
act-factor-lift-asked = Lifting of a lost factor asked for
act-factor-lifted = Lost factor lifted
act-code-issued = One-time code issued
act-code-used = One-time code used
act-code-refused = One-time code refused
act-post-given = Post given
act-post-ended = Post ended
act-post-reviewed = Post reviewed
act-identifier-met = Identifier met in another file
act-document-added = Document added
act-document-opened = Document opened
act-document-unreadable = Document unreadable
act-documents-opened = List of documents opened
act-court-note-written = Note of the court written
act-clinical-note-written = Clinical note written
act-clinical-note-revealed = Clinical note revealed
act-safe-address-written = Safe address written
act-safe-address-revealed = Safe address revealed
act-protection-marked = File protected
act-protection-opened = Protection of a file opened
act-protection-lifted = Protection of a file lifted
act-grant-given = Access to a protected file granted
act-grant-ended = Access to a protected file ended
act-lift-asked = Lifting of a protection asked
act-lift-opened = Request to lift opened
act-lift-agreed = Lifting agreed
act-lift-refused = Lifting refused
act-emergency-begun = Emergency access begun
act-emergency-not-begun = Emergency access not begun
act-emergency-read = Read during an emergency access
act-emergency-ended = Emergency access ended
act-emergency-reviewed = Emergency access reviewed
act-audit-read = Log read
act-job-retried = Job run again

audit-kind-case = file
audit-kind-person = person
audit-kind-contact = contact
audit-kind-judicial-file = judicial file
audit-kind-disclosure = notice
audit-kind-service = service
audit-kind-user = account
audit-kind-file = file
audit-kind-keys = keys
audit-kind-assignment = post
audit-kind-unknown = unspecified

class-open = may be published
class-internal = internal
class-personal = personal
class-sensitive = sensitive
class-secret = secret

purpose-contact = Write down what was seen in the street and decide what follows
purpose-person = Know who the child and the family are, avoid duplicates
purpose-case = Lead the child's protection and share the work
purpose-service = Record the help given
purpose-justice = Inform the prosecution and record its decisions
purpose-access = Know who enters and in which role
purpose-document = Keep the documents that prove the child's situation
purpose-protection = Keep the file of a threatened child to named people
purpose-care = Note what only those who care for the child read
purpose-notice = Tell those concerned what happened in a file
purpose-keys = The keys that encrypt texts and addresses
purpose-trail = Prove who did and who saw, reveal any change

retention-undecided = To be set: nothing is deleted until the controller decides
retention-ended = One day after the session ends
retention-kept = Kept, never changed
