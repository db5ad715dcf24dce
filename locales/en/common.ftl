app-name = Sanad
app-mission = Protecting children from exploitation in begging
demo-label = Notice: demonstration data
demo-notice = Demonstration: every person and every file is fictional
skip-to-content = Skip to content
language-switch = Language of the pages
nav-main = Main menu
nav-more = More
nav-shut = Close the menu
nav-quick = Quick navigation
nav-cases = Cases
nav-contacts = Contacts
nav-contact-new = Log a street contact
nav-mothers = Mothers
nav-prosecution = Prosecution
nav-dashboard = Dashboard
nav-plan = The plan
nav-meetings = Meetings
nav-audit = Log
nav-audit-root = Daily root
nav-jobs = Background work
sign-out = Sign out
breadcrumb = Breadcrumb
optional = (optional)
choose = Choose from the list
action-save = Save
action-cancel = Cancel
action-next = Show more
action-filter = Filter
action-back = Back
unknown = unknown
not-asked = not asked yet
unreadable = unreadable
scope-country = nationwide

ago-now = just now
ago-yesterday = yesterday
ago-minutes = { $n ->
    [one] { $n } minute ago
   *[other] { $n } minutes ago
}
ago-hours = { $n ->
    [one] { $n } hour ago
   *[other] { $n } hours ago
}
ago-days = { $n ->
    [one] yesterday
   *[other] { $n } days ago
}

role-social-worker = Social worker
role-supervisor = Head of cell
role-focal-point = Focal point
role-institution-manager = Institution manager
role-prosecutor = Deputy King's prosecutor
role-court-registrar = Prosecution registrar
role-chief-prosecutor = King's prosecutor
role-steering = Central steering committee
role-admin = System administrator
role-dpo = Data protection officer

form-refused = { $n ->
    [one] { $n } answer needs correcting
   *[other] { $n } answers need correcting
}
error-prefix = Error:
error-required = This answer is needed.
error-repeated = This answer came twice. Please choose one.
error-choice = This choice is not in the list.
error-characters = The text holds characters that cannot be saved. They were taken out of what you see; please check and send again.
error-too-long = Text too long: { $len } characters, at most { $max }.
error-date = Date not understood. Example: 24/11/2026
error-date-none = This day does not exist in the calendar.
error-date-future = This date is in the future.
error-date-early = This date is earlier than possible.
error-time = Time not understood. Example: 16:40
error-number = Please write a whole number.
error-age = This age is beyond what is possible.

error-400-title = Request not understood
error-400-text = The request did not arrive whole. Please go back and try again.
error-403-title = This page is beyond your role
error-403-text = The role you act under does not allow this.
error-404-title = Page not found
error-404-text = The link is wrong, or this file is outside your scope.
error-405-title = Not possible here
error-405-text = This page does not accept that action.
error-409-title = Things changed meanwhile
error-409-text = Someone else saved a change before you. Please open the page again.
error-413-title = Too much at once
error-413-text = Nothing was saved. Please shorten the text and send again.
error-500-title = A fault on our side
error-500-text = Nothing was saved. Please try again; if it happens again, report the number below.
error-503-title = The service is not available now
error-503-text = Nothing that was saved is lost. Please try again in a moment.
error-origin = The browser did not say where this came from, so it was refused to protect you. Please use a recent browser and open the page directly.
error-home = Back to the start
error-reference = Request number, to report:
nav-protection = Protected files
error-reason-short = Too short: at least { $min } characters, so that somebody else can judge it.
nav-admin = Users
nav-review = Access review
count-over = over { $words }
