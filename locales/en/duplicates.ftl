duplicates-title = Search for an earlier file
duplicates-hint = Does the child already have a file in this prefecture? Close files are compared, and each gets a verdict.
duplicates-checked = Search made
duplicates-this = The child of this file
duplicates-sex = Sex
duplicates-none = No close file in the prefecture, by name or by mother.
duplicates-limits = This search does not cover other cities or protected files.
duplicates-save = Save the verdict on these files
duplicates-save-none = Note that the child has no other file
duplicate-same = Same child
duplicate-not-same = Another child
duplicate-unsure = Not sure
duplicate-sign-mother = Same mother
duplicate-sign-name = Same full name
duplicate-sign-near = Near given name
duplicate-sign-place = Same place of contact
duplicate-one-same = One child does not have two other files: choose one.
duplicate-said-same = The child is said to be the same as in file { $number }. A supervisor has to cancel one of the two files before going on.
lack-sharing-basis = Record the basis for sharing information
lack-duplicate-check = Look for an earlier file of the child
lack-child-view = Record the child's view on the closing, or why the child was not heard
lack-final-report = Write the final report
field-match = Verdict on the close file
case-is-closed = The file is closed.
duplicate-sign-near-name = Near full name
duplicate-sign-given = Same given name
duplicate-sign-family = Same family name
duplicate-sign-mother-name = Mother of a like name
duplicate-sign-day = Same day of birth
duplicate-sign-age = Ages fit
duplicate-sign-near-age = Ages are near
duplicate-sign-sibling = Brother or sister in common
duplicate-sign-body = Distinguishing sign in common
duplicate-sign-other-given = Another given name
duplicate-sign-other-mother = Mother of another name
duplicate-strong = Probably the same child
duplicate-possible = To be checked
duplicate-weak = Little in common
duplicate-said = said by { $name }, { $when }
duplicates-typed = { $n ->
    [0] No similar file
    [one] { $n } file may be about the same child
   *[other] { $n } files may be about the same child
}
duplicates-typed-hint = For information: you can go on; it is decided at triage.
nav-duplicates = Similar files
duplicates-queue-title = Files that may be about one child
duplicates-queue-hint = Each night, files that changed are compared. Your verdict on each pair is signed; it can be taken back from the page of the file.
duplicates-queue-none = No pair waits for you.
duplicates-waiting = { $n ->
    [0] No pair waits
    [one] { $n } pair waits
   *[other] { $n } pairs wait
}
duplicates-found = found on { $when }
duplicates-file = File
duplicates-names = Names
duplicates-mother = Mother
duplicates-places = Places of contact
duplicates-answered = A colleague has already given another verdict on this pair. See the search page of the file.
duplicates-apart = These two files are no longer alike: sex or age of one of them has changed.
signs-title = Distinguishing signs
signs-page-title = Distinguishing signs, file { $number }
signs-hint = What anybody sees of a dressed child, and what stays. A child is never asked to uncover themselves.
signs-keep = Keep the signs
sign-add = Add a sign
sign-add-hint = A sign by which the child can be recognised when met again.
sign-kind = Sign
sign-part = Place on the body
sign-note = More about it
sign-strike = Strike this sign
sign-strike-why = Why it is struck
sign-strike-do = Strike
sign-recorded-by = recorded by { $name }, { $when }
sign-struck-by = struck by { $name }, { $when }
field-sign = Sign
field-part = Place on the body
