documents = Documents
documents-title = Documents of file { $number }
documents-hint = Every opening of a document is recorded under its reader's name.
documents-count = { $n ->
    [one] { $n } document
   *[other] { $n } documents
}
documents-none = No document yet.
documents-masked = Documents are masked: confirm that it is you to see them
document-clinical = Clinical
document-clinical-say = It is about health, or was told in confidence: only those who follow the child see it
document-clinical-mark = Mark as clinical
document-clinical-unmark = Take the clinical mark off
document-clinical-not-yours = A clinical document is added by those who follow the child.
document-reveal = Show the title
documents-clinical-kept = { $n ->
    [0] no clinical document is kept apart
    [one] { $n } clinical document is shown only to those who follow the child
   *[other] { $n } clinical documents are shown only to those who follow the child
}
document-add = Add a document
document-added = The document is added to the file.
document-kind = Kind of document
document-title = Title of the document
document-file = Document, or a photo of it
document-file-hint = Photo (JPEG, PNG, WebP), PDF or DOCX, { $max } at most.
document-save = Add to the file
document-kept-how = The document is encrypted. Place and camera are taken out of photos. Clinical documents are shown only to those who follow the child.
document-sending = Sending
document-checking = Received, being checked
document-cut = The connection was lost before the document was confirmed. Please send it again once the network is back: it will not be recorded twice.
document-view = Open
document-new-window = (new window)
document-download = Download
document-custody = Origin and print
document-added-by = Added by
document-received-name = Name when received
document-received-print = Print when received (SHA-256)
document-kept-print = Print of the copy kept (SHA-256)
document-redrawn = The picture was drawn anew when received, so the two prints differ.
document-media-jpeg = JPEG
document-media-pdf = PDF
document-media-docx = DOCX
document-size-kb = { $n } KB
document-size-mb = { $n } MB
document-missing = The content of this document cannot be found. This is recorded; please tell the administrator.
document-damaged = The content of this document is no longer what was added, so it is not shown. This is recorded; please tell the administrator.
document-file-none = Choose the document or take a photo of it.
document-file-again = Choose the document again: the browser does not send it again by itself.
document-file-empty = This file is empty. Check that it opens on your device, then choose it again.
document-file-large = The file is larger than { $max } MB. Send a smaller picture or split it.
document-file-unknown = Not a picture (JPEG, PNG, WebP), a PDF or a DOCX. Take a photo of the document or print it to PDF.
document-file-heic = A photo in HEIC format. Choose “Most compatible” (JPEG) in the camera settings, or send a screenshot of it.
document-file-misnamed = The name of the file says another format than its content. Check that it is the right file.
document-file-damaged = The file is incomplete or damaged. Open it on your device, then make it or photograph it again.
document-file-pixels = The picture has more than { $max } million points. Choose a lower resolution.
document-file-active = This PDF holds programs, attachments or a form that sends data. Print it to PDF and send that copy.
document-file-locked = The file is protected by a password. Take it off, or print the file to PDF and send that copy.
document-file-macros = This document holds macros or other files. Save it as PDF and send that.
document-file-external = This document fetches parts of itself from elsewhere. Save it as PDF and send that.
document-file-bomb = This file grows beyond measure when unpacked. Take a photo of the document or print it to PDF.
document-quota = Your share of documents ({ $max } MB in 24 hours) is used up. Try later or tell the head of the cell.
document-sent-before = This was sent before with another document or other answers. Please open the page again to check what is recorded.
