notices-title = Notices
notices-hint = What happened in the protected files that concern you.
notices-mark-seen = Mark all as seen
notices-none = No notice
notices-new = new
notices-times = { $n ->
    [0] never
    [one] { $n } time
   *[other] { $n } times
}
notices-bell = { $n ->
    [0] Notices
    [one] { $n } new notice
   *[other] { $n } new notices
}
notice-file-protected = A file is now protected
notice-protected-opened = A protected file was opened
notice-grant-given = You are named on a protected file
notice-glass-broken = Emergency reading of a protected file
notice-glass-reviewed = Your emergency reading was reviewed
notice-lift-asked = Somebody asks to lift a protection
notice-lift-answered = The request to lift was answered
notice-protection-lifted = The protection was lifted
notice-ran-away = A child left the institution without permission
