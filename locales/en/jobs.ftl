jobs-title = Background work
jobs-hint = What the system does by itself: seal the log, watch how much is read, keep the database in order.
jobs-queue = Waiting or failed
jobs-none = Nothing waits, nothing failed.
jobs-col-kind = Job
jobs-col-state = State
jobs-col-next = Due
jobs-col-act = What to do
jobs-col-last = Last asked for
jobs-retry = Run again
jobs-nothing-to-do = nothing to do
jobs-clock = By the clock
jobs-never = Background work has never run on this server: the log is not sealed.
jobs-not-yet = not yet due
job-state-waiting = waiting
job-state-running = running
job-state-again = will be tried again
job-state-failed = stopped after failing
job-kind-seal-audit = Seal the log
job-kind-watch-reading = Watch how much is read
job-kind-keep-house = Housekeeping: partitions and ended sessions
job-kind-key-names = Keys of names for the search
job-kind-sweep-documents = Sweep leftovers of documents
job-kind-sweep-duplicates = Look for files of one child
jobs-failed = { $n ->
    [one] { $n } job stopped
   *[other] { $n } jobs stopped
}
jobs-attempts = { $n ->
    [one] { $n } try
   *[other] { $n } tries
}
job-kind-lapse-beds = Shelter: ending holds that ran out
job-kind-send-digests = Daily letters
job-kind-send-code = Code of a mail address
job-kind-escalate-silence = Prosecution: telling what has no answer in time
job-kind-set-paper = Prosecution: setting papers of many pages
job-kind-release-figures = Figures: telling the month that is over
job-kind-make-pack = Committee: making of packs
job-kind-refresh-rollups = Figures: counting changed months again
job-kind-reconcile-rollups = Figures: comparing kept counts with all facts
jobs-figures = Kept counts
jobs-figures-equal = In the last 30 days every kept count was what the facts say.
jobs-figures-differed = { $n ->
    [one] In the last 30 days { $n } kept count was not what the facts say. It was put right; the log says which month. Find out why.
   *[other] In the last 30 days { $n } kept counts were not what the facts say. They were put right; the log says which months. Find out why.
}
jobs-figures-last = Last compared:
