# Families, what calls for checking, and where a child was met. An indicator is never a verdict on anybody.
family-title = Family and people around the child
family-hint = The people related to the child and to its brothers and sisters, and the children met with it. No decision on any adult is shown here.
family-graph = Family graph
family-graph-about = { $n ->
    [one] { $n } person
   *[other] { $n } people
}, adults above, children below. The table further down says the same.
family-graph-lines = Solid line: kinship proven. Dashed line: claimed, not proven yet. Long names are cut; they are whole in the table.
family-people = People
family-col-who = Person
family-col-part = Place
family-col-ties = Ties and what proves them
family-col-file = File
family-col-files = Files of the children
family-col-sign = Indicator
family-part-child = Child of this file
family-part-sibling = Brother or sister
family-part-beside = Met together
family-part-offspring = Own child
family-part-adult = Adult
family-no-ties = No tie recorded
family-no-file = No file
family-signs = Indicator to be checked
family-signs-hint = Recorded data that call for checking; they say of nobody that they did anything. The reason may be an ordinary one: an aunt who looks after her sister's children, a family that moved to another city.
family-signs-choose = If the inquiry confirms it, the matching indicator can be chosen in the assessment, and from there goes into the file sent to the prosecution: { $indicators }.
family-sign-pill = To check
family-sign-mothers = { $n ->
    [one] Related to children of one mother
   *[other] Related to children of { $n } different mothers
}
family-sign-children = { $n ->
    [one] Related to { $n } child not proven to be their own
   *[other] Related to { $n } children not proven to be their own
}
family-sign-children-met = { $n ->
    [one] Related to { $n } child not proven to be their own
   *[other] Related to { $n } children not proven to be their own
}, met at different contacts ({ $meetings })
family-sign-elsewhere = Recorded beside a child in another city as well
family-sign-cities = Recorded beside a child in { $cities } as well. Please ask the head of the cell there.
family-alerts = Indicators to be checked
family-alerts-hint = Adults related to children of different mothers, to several children without proven kinship, or recorded in another city. These are indicators to be checked and no verdicts; nothing is sent anywhere by itself.
family-alerts-none = Nothing calls for checking at present.
seen-title = Where and when the child was met
seen-times = { $n ->
    [0] never
    [one] once
   *[other] { $n } times
}
seen-again = Found again after protection
seen-measure = First protection measure: { $day }
seen-no-measure = No protection measure is recorded yet: no time runs.
seen-within = { $n ->
    [one] Within { $n } day
   *[other] Within { $n } days
}
seen-again-yes = Found again on { $day }
seen-again-so-far = Found again on { $day }, time still running
seen-again-no = Not found again
seen-again-open = Not so far; the time ends on { $day }
seen-again-hint = As in indicator I13: a sorted contact after the day of the first protection measure and within the time. The child counts in the rate once the whole time is over.
seen-list = Contacts
seen-none = No contact is linked to this file.
seen-strip = Dates on which the child was met
seen-strip-about = { $n ->
    [one] { $n } date
   *[other] { $n } dates
} on a line of time, left to right. The table below names each day.
seen-strip-marks = Dot: a contact, larger after the first protection measure. Upright line: a protection measure, or the closing of the file.
seen-col-day = Date
seen-col-place = Place
seen-col-gap = Since the time before
seen-col-after = After what
seen-first = First time
seen-same-day = The same day
seen-gap = { $n ->
    [0] The same day
    [one] { $n } day later
   *[other] { $n } days later
}
seen-after-measure = After a protection measure
seen-after-closing = After the closing of { $day }
seen-before-all = Before any measure
seen-other-file = In another file of the same child:
seen-away = In another city: { $city }
seen-limits = Contacts of this prefecture linked to files of the child are shown. Of other cities the day and the city alone, once both cells have agreed that it is the same child.
