judicial-questions = أسئلة النيابة العامة وأجوبة الخلية
judicial-questions-short = الأسئلة
judicial-questions-hint = يقرؤها الطرفان كما كُتبت، ولا يتغير منها شيء بعد الإرسال.
judicial-questions-none = لا سؤال إلى الآن.
judicial-question-title = السؤال { $n }: { $kind }
judicial-question-waiting = في انتظار الجواب
judicial-question-late = تجاوز أجل الجواب
judicial-question-answered = أجابت عنه الخلية
judicial-question-closed = لا جواب منتظرا
judicial-question-due = أجل الجواب: { $when }
judicial-question-from-court = النيابة العامة
judicial-question-from-cell = الخلية
judicial-question-not-adults = لا يُكتب هنا محتوى البحث بشأن الراشدين، ولا عنوان إيواء الطفل(ة).
judicial-question-ask = سؤال جديد للخلية
judicial-question-kind = موضوع السؤال
judicial-question-text = نص السؤال
judicial-question-sentences = صيغ جاهزة لكل موضوع
judicial-question-start = وُضعت هنا الصيغة الجاهزة لهذا الموضوع: راجعها ثم أرسل السؤال.
judicial-question-send = إرسال السؤال
judicial-question-sending = إرسال…
judicial-question-answer = جواب الخلية
judicial-question-answer-send = إرسال الجواب
judicial-question-follow-up = طلب توضيح
judicial-question-follow-up-send = إرسال طلب التوضيح
judicial-question-close = لا حاجة إلى جواب آخر
judicial-question-file-closed = الملف لا يقبل أسئلة ولا أجوبة الآن. ما كتبته باق في الحقل: انسخه إن احتجت إليه.
judicial-question-was-closed = أنهت النيابة العامة هذا السؤال ولم تعد تنتظر جوابا. ما كتبته باق في الحقل: انسخه إن احتجت إليه.
judicial-questions-waiting = { $n ->
    [zero] لا سؤال من النيابة العامة ينتظر جوابا
    [one] سؤال من النيابة العامة ينتظر جوابا
    [two] سؤالان من النيابة العامة ينتظران جوابا
    [few] { $n } أسئلة من النيابة العامة تنتظر جوابا
    [many] { $n } سؤالا من النيابة العامة ينتظر جوابا
   *[other] { $n } سؤال من النيابة العامة ينتظر جوابا
}
field-question-kind = موضوع السؤال
field-question-text = نص السؤال
field-answer-text = نص الجواب أو التوضيح
