judicial-questions = Questions of the prosecution, answers of the cell
judicial-questions-short = Questions
judicial-questions-hint = Both sides read them as they were written; nothing changes once it is sent.
judicial-questions-none = No question so far.
judicial-question-title = Question { $n }: { $kind }
judicial-question-waiting = Waiting for an answer
judicial-question-late = The answer is late
judicial-question-answered = The cell answered
judicial-question-closed = No answer is expected
judicial-question-due = Answer due by: { $when }
judicial-question-from-court = Prosecution
judicial-question-from-cell = Cell
judicial-question-not-adults = Do not write here what the investigation on adults found, nor the address where the child is sheltered.
judicial-question-ask = New question to the cell
judicial-question-kind = What it is about
judicial-question-text = Text of the question
judicial-question-sentences = Ready sentences, by subject
judicial-question-start = The ready sentence for this subject was put here: read it over, then send the question.
judicial-question-send = Send the question
judicial-question-sending = Sending…
judicial-question-answer = Answer of the cell
judicial-question-answer-send = Send the answer
judicial-question-follow-up = Ask for more detail
judicial-question-follow-up-send = Send the request for detail
judicial-question-close = No further answer is needed
judicial-question-file-closed = The file takes no questions or answers now. Your text is still in the field: copy it if you need it.
judicial-question-was-closed = The prosecution closed this question and expects no answer any more. Your text is still in the field: copy it if you need it.
judicial-questions-waiting = { $n ->
    [one] { $n } question of the prosecution waits for an answer
   *[other] { $n } questions of the prosecution wait for an answer
}
field-question-kind = What it is about
field-question-text = Text of the question
field-answer-text = Text of the answer or request
