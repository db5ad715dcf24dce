digest-title = Daily letter
digest-claim = Each morning a letter tells you how many things are late and how many are due today. It holds no name, no number of a file, no place.
digest-off-here = This server sends no mail.
digest-off = No letter is sent to you.
digest-to = Sent to { $address }
digest-since = Address confirmed: { $date }.
digest-last = Last letter: { $date }.
digest-keep = Set it up
digest-address = Address of your work
digest-address-new = Another address
digest-address-wrong = One address, such as given.family@example.ma.
digest-address-hint = Not your private one: what comes tells that you work here.
digest-ask = Send a code
digest-code = Code received
digest-code-hint = A code went to { $address }. It is good for an hour.
digest-code-wrong = This is not the code, or it is good no more. After five tries, ask for another.
digest-too-many = Five codes were sent today. Try again tomorrow.
digest-confirm = Confirm the address
digest-end = No more letters
digest-subject = Sanad: your day
digest-late = { $n ->
    [0] Nothing is late.
    [one] { $n } thing is late.
   *[other] { $n } things are late.
}
digest-today = { $n ->
    [0] Nothing is due today.
    [one] { $n } thing is due today.
   *[other] { $n } things are due today.
}
digest-open = Open the list
digest-foot = You asked for this letter in Sanad, on the page of your account, where you can end it.
digest-code-subject = Sanad: confirmation code
digest-code-text = Type this code into Sanad to receive the daily letter at this address.
digest-code-foot = If you asked for nothing, do nothing: without this code nothing will be sent here.
