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
