login-title = Sign in
login-claim = Someone beside every child, a trace of every step.
login-point-street = A street contact logged in two minutes, no name needed
login-point-justice = A file that reaches the right court complete
login-point-mothers = Services open to the mother, and the child's never stop
login-username = User name
login-password = Password
login-enter = Enter
login-refused = User name or password is wrong.
login-wait = { $n ->
    [one] Several tries in a row. Please wait { $n } second.
   *[other] Several tries in a row. Please wait { $n } seconds.
}
login-no-assignment = This account has no assignment now. Please contact the system administrator.
login-notice = Every opening of a file is recorded under its reader's name.
assignment-title = Choose your assignment
assignment-hint = A session acts under exactly one assignment.
assignment-enter = Work under this assignment
login-lost-document = Your session ended while the document was being sent: nothing of it was saved. Please sign in again and send it once more.
login-password-set = The new password is set. You can sign in with it now.
login-with-code = I have a code that was handed to me in person
login-lenient = The demonstration does not require a second factor; the account { $account } lets you try one.
factor-title = Second factor
factor-claim = The password is right. One step is left.
factor-hint = Write the six digits that the authenticator app shows, or a backup code.
factor-code = Code
factor-enter = Confirm
factor-wrong = This code is wrong or was used before. Please wait for the next one.
factor-lost = Lost the phone and the codes? Two authorised people remove the second factor once identity is checked in person.
factor-other = Sign in as someone else
enrol-title = Set up the second factor
enrol-claim = A stolen password is then not enough.
enrol-why = Your post can decide or give rights, so a second factor is needed before you begin. It takes a phone with an authenticator app, and two minutes.
enrol-begin = Begin
enrol-step-app = Open an authenticator app on the phone: any that gives codes of six digits will do. It works without a network.
enrol-step-scan = Scan this square with the app.
enrol-open = Open it in an app on this device
enrol-by-hand = Or write this key by hand:
enrol-step-code = Write the six digits that the app shows.
enrol-finish = Turn on
codes-title = Backup codes
codes-claim = For the day when the phone is not at hand.
codes-once = These codes are shown this once, and each works once. Please print or copy them and lock them away, apart from the phone.
codes-done = The codes are put away, go on
code-title = Enter with a one-time code
code-claim = A password that nobody else knows.
code-code = Code handed over in person
code-set = Set the password
code-refused = This code is wrong, was used, or is older than 15 minutes.
password-new = New password
password-again = New password, once more
password-differs = The two differ.
password-long = This password is too long.
password-common = These are words that everyone tries first. Please choose others that have nothing to do with each other.
password-guessable = This password can be guessed. One or two more unrelated words are enough.
password-hint = { $n ->
    [one] At least { $n } character.
   *[other] At least { $n } characters. Four unrelated words are easy to remember and hard to guess.
}
password-short = Too short: { $len } of { $min } characters.
