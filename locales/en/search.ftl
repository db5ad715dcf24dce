search-title = Search
search-label = Search for a person or a file
search-placeholder = Name, file number, telephone, place
search-go = Search
search-hint = A name in Arabic or Latin letters, misspelt or in part, a nickname, the mother's name, the last digits of a file (three at least), a telephone, a commune or arrondissement. Only files of the prefecture are shown; a protected file is found by its number alone.
search-recent = Files you looked at last
search-count = { $n ->
    [0] No result on this page.
    [one] { $n } result on this page.
   *[other] { $n } results on this page.
}
search-files = Files
search-children = Children
search-mothers = Mothers
search-others = Other people
search-contacts = Contacts in which this number was given
search-none = No result
search-no-more = No further result
search-none-hint = Try another spelling, a part of the name only, or the mother's name. Children known in other cities are not shown here. If the child is not known, log a new contact.
search-in-place = Children last seen in { $place }.
search-offer = Children last seen in { $place }
search-seen = Last seen: { $place }, { $when }
search-called = also called
search-child = child or relative:
search-how-same = same spelling
search-how-script = same name in other letters
search-how-sound = sounds the same
search-how-beginning = begins so
search-how-begun = begins so, written otherwise
search-how-letter = close name
search-how-number = file number
search-how-phone = telephone
search-how-place = seen in this place
search-why-empty = First write what you are looking for.
search-why-short = One letter is not enough: write two at least.
search-why-marks = There is neither a letter nor a digit in this text.
search-why-digits = To search by digits: at least the last three of a file number, or a whole Moroccan telephone number.
search-why-receipt = This is the number of a receipt or of a judicial file. Here one searches by the number of the child's file.
search-why-common = This word is part of too many names: add one.
