conflict-title = Someone else changed the same thing
conflict-by = Saved meanwhile by { $name }
conflict-by-nobody = Saved meanwhile
conflict-hint = Nothing of yours was saved yet, and nothing is lost. For each answer that differs, choose the one that stays. What only one person changed is proposed already.
conflict-both = { $n ->
    [one] One answer was changed on both sides: please choose.
   *[other] { $n } answers were changed on both sides: please choose.
}
conflict-before = Before
conflict-before-unknown = What your page showed is not known any more.
conflict-empty = Nothing
conflict-mine = What you wrote
conflict-theirs = What is saved now
conflict-choose = Please choose one of the two answers.
conflict-save = Save my choices
conflict-logged = Saved in your name and added to the log.
conflict-go-on = Go on
assessment-completed-meanwhile = This assessment was completed meanwhile and does not change any more. Here is what you had written, beside what is saved. To say more, begin a new assessment.
care-plan-submitted-meanwhile = This version of the plan was submitted meanwhile and does not change any more. Here is what you had written, beside what is saved. To say more, draw up the next version.
visit-recorded-meanwhile = This visit is recorded already, and a recorded visit does not change any more. Here is what you had written, beside what is saved.
