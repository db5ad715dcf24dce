closure-title = إغلاق الملف
closure-hint = يحرر المكلف بالملف التقرير النهائي ويطلب الإغلاق، ثم يجيب مسؤول(ة) آخر.
closure-criteria = شروط الإغلاق
closure-is-there = متوفر
closure-report = التقرير النهائي
closure-report-none = لم يُحرر التقرير بعد.
closure-report-frozen = لا يُغير التقرير بعد طلب الإغلاق.
closure-given = الخدمات المقدمة منذ فتح الملف
closure-given-none = لم تُقدم أي خدمة.
closure-times = { $n ->
    [zero] لم تُقدم
    [one] مرة واحدة
    [two] مرتان
    [few] { $n } مرات
    [many] { $n } مرة
   *[other] { $n } مرة
}
closure-write = تحرير التقرير
closure-reason = سبب الإغلاق المقترح
closure-entry = الوضعية عند فتح الملف
closure-done = ما أُنجز
closure-now = الوضعية اليوم
closure-placement = مكان عيش الطفل
closure-education = الوضعية الدراسية
closure-watch = ما ينبغي الانتباه إليه
closure-report-save = تسجيل التقرير
closure-waits = طُلب الإغلاق، والجواب لمسؤول(ة) آخر.
closure-answer = تأكيد الإغلاق
closure-answer-hint = اقرأ التقرير والشروط قبل التأكيد. يُجمد التقرير، وتُبرمج زيارتان بعد ثلاثة وستة أشهر.
closure-open = شروط الإغلاق والتقرير النهائي
after-title = بعد الإغلاق
after-hint = زيارتان بعد ثلاثة وستة أشهر من الإغلاق.
after-months = { $n ->
    [zero] فورا
    [one] بعد شهر واحد
    [two] بعد شهرين
    [few] بعد { $n } أشهر
    [many] بعد { $n } شهرا
   *[other] بعد { $n } شهر
}
after-add = تدوين زيارة
after-which = الزيارة
after-date = تاريخ الزيارة
after-reached = هل تم اللقاء بالطفل أو بمن يعيش معه؟
after-safe = هل هو في أمان؟
after-school = هل يدرس أو يتكون؟
after-begging = هل وُجد في وضعية تسول من جديد؟
after-yes = نعم
after-no = لا
after-words = ما لوحظ، أو سبب تعذر اللقاء
after-save = تسجيل الزيارة
after-missed = تعذر اللقاء
after-safe-yes = في أمان
after-safe-no = ليس في أمان
after-school-yes = يدرس أو يتكون
after-school-no = لا يدرس
after-begging-yes = وُجد في التسول من جديد
after-begging-no = لم يعد إلى التسول
after-not-closed = الملف مفتوح: لا زيارة بعد الإغلاق.
after-before-closing = الزيارة لا تسبق الإغلاق.
after-too-early = الوقت مبكر: تُجرى هذه الزيارة قرب أجلها، قبله بشهر على الأكثر.
after-made-already = هذه الزيارة مدونة من قبل. ما كتبته باق أمامك: تحقق أي زيارة هي.
reopen-title = فتح الملف من جديد
reopen-hint = تبدأ مرحلة جديدة بعداداتها، ويبقى ما سبق ظاهرا.
reopen-risk = مستوى الخطورة
reopen-why = سبب إعادة الفتح ومصدر الخبر
reopen-button = فتح الملف من جديد
void-title = إلغاء ملف فُتح خطأ
void-hint = لا يُحذف شيء: يخرج الملف من اللوائح والأرقام، ويبقى سبب الإلغاء مدونا.
void-why = سبب الإلغاء
void-button = إلغاء الملف
void-four-eyes = هذا الملف فتحته أنت: يلغيه مسؤول(ة) آخر(ى) من المدينة نفسها.
case-is-void = هذا الملف ملغى.
case-void = ملغى
field-closing-reason = سبب الإغلاق المقترح
field-report-entry = الوضعية عند فتح الملف
field-report-done = ما أُنجز
field-report-now = الوضعية اليوم
field-report-watch = ما ينبغي الانتباه إليه
field-placement = مكان عيش الطفل
field-months = الزيارة
field-checked-on = تاريخ الزيارة
field-reached = اللقاء بالطفل
field-safe = الأمان
field-schooled = الدراسة أو التكوين
field-begging-again = العودة إلى التسول
field-after-words = ما لوحظ
field-reopen-why = سبب إعادة الفتح
field-void-why = سبب الإلغاء
