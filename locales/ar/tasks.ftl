today-title = المطلوب اليوم
today-late = تجاوز أجله
today-today = اليوم
today-week = خلال سبعة أيام
today-later = بعد ذلك
today-empty = لا شيء مطلوب الآن
today-empty-hint = كل ما حل أجله أُنجز. الملفات والتدخلات الميدانية تبقى رهن الإشارة.
today-contact = فرز تدخل ميداني
today-contact-flagged = فرز تدخل ميداني فيه علامة خطر
today-from-meeting = من اجتماع
today-snoozed = { $n ->
    [zero] لا شيء مؤجل
    [one] أمر واحد مؤجل
    [two] أمران مؤجلان
    [few] { $n } أمور مؤجلة
    [many] { $n } أمرا مؤجلا
   *[other] { $n } أمر مؤجل
}
task-snooze = تأجيل
task-hand-over = إسناد
task-snooze-until = إلى يوم
task-snooze-why = سبب التأجيل
task-snooze-save = تأجيل
task-snooze-range = اليوم بعد اليوم الحالي وفي حدود ثلاثين يوما.
task-snoozed-until = مؤجل إلى { $day }
task-done-meanwhile = أُنجز هذا الأمر في هذه الأثناء.
team-title = الفريق
team-hint = ما يتحمله كل زميل(ة). الحد المقترح: { $n } ملفا مفتوحا للشخص الواحد.
team-heavy = بلغ الحد
team-files = { $n ->
    [zero] لا ملف مفتوح
    [one] ملف مفتوح واحد
    [two] ملفان مفتوحان
    [few] { $n } ملفات مفتوحة
    [many] { $n } ملفا مفتوحا
   *[other] { $n } ملف مفتوح
}
team-high = { $n ->
    [zero] لا ملف بخطورة مرتفعة
    [one] ملف واحد بخطورة مرتفعة
    [two] ملفان بخطورة مرتفعة
    [few] { $n } ملفات بخطورة مرتفعة
    [many] { $n } ملفا بخطورة مرتفعة
   *[other] { $n } ملف بخطورة مرتفعة
}
team-late = { $n ->
    [zero] لا شيء تجاوز أجله
    [one] أمر واحد تجاوز أجله
    [two] أمران تجاوزا أجلهما
    [few] { $n } أمور تجاوزت أجلها
    [many] { $n } أمرا تجاوز أجله
   *[other] { $n } أمر تجاوز أجله
}
team-soon = { $n ->
    [zero] لا شيء خلال سبعة أيام
    [one] أمر واحد خلال سبعة أيام
    [two] أمران خلال سبعة أيام
    [few] { $n } أمور خلال سبعة أيام
    [many] { $n } أمرا خلال سبعة أيام
   *[other] { $n } أمر خلال سبعة أيام
}
team-oldest = أقدم أمر متأخر: { $when }
team-gone = لم يعد يعمل بهذه الخلية
team-to-give = ملفات تنتظر من يتولاها
team-away = غياب إلى غاية { $day }؛ النيابة عن الغائب(ة): { $name }
team-away-from = غياب من { $from } إلى { $day }؛ النيابة عن الغائب(ة): { $name }
team-away-uncovered = غياب إلى غاية { $day }؛ لم يُعيَّن بعد من ينوب
team-away-from-uncovered = غياب من { $from } إلى { $day }؛ لم يُعيَّن بعد من ينوب
team-name = تعيين من ينوب
team-back = إنهاء الغياب
team-leave = تدوين غياب
team-leave-save = تدوين
team-colleague = من يتولى الملفات خلال الغياب
team-until = إلى غاية
away-range = اليوم الحالي أو ما بعده، في حدود ستة أشهر.
away-another = لا ينوب أحد عن نفسه.
away-over = هذا الغياب انتهى من قبل.
away-past = ليس قبل اليوم.
away-order = ليس قبل أول يوم.
away-overlaps = هناك غياب آخر مدون في هذه الأيام.
away-colleague-away = هذا الزميل أو الزميلة في غياب خلال بعض هذه الأيام.
away-named = عُيِّن شخص في هذه الأثناء، أو انتهى الغياب.
leave-title = غيابي
leave-hint = خلال غيابك يقرأ من ينوب عنك ملفاتك ويرى ما ينتظر فيها. تبقى الملفات المحمية عند من سُمّي فيها.
leave-new = تدوين غياب
leave-since = أول يوم
leave-until = آخر يوم
leave-colleague-hint = إن لم تختر أحدا، يعيّن المشرف من ينوب.
leave-end = عدت إلى العمل
leave-call-off = إلغاء هذا الغياب
field-absent = الغائب(ة)
field-colleague = من ينوب عنه(ا)
nav-today = المطلوب اليوم
nav-team = الفريق
task-title = مهمة
task-hands = عند من هي الآن
task-do = فتح
task-done-on = أُنجزت: { $at }
task-handed-to-me = كلّفك بها أحد الزملاء
task-from-colleague = مستلَمة من أحد الزملاء
task-of-supervisors = مشرفو الخلية
task-with = { $name }
today-elsewhere = { $n ->
    [zero] لا مهمة عند الزملاء
    [one] مهمة واحدة عند أحد الزملاء
    [two] مهمتان عند الزملاء
    [few] { $n } مهام عند الزملاء
    [many] { $n } مهمة عند الزملاء
   *[other] { $n } مهمة عند الزملاء
}
handover-title = إسنادها إلى أحد الزملاء
handover-see = الاطلاع أو الإرجاع
handover-hint = يطّلع الزميل على الملف ما دامت هذه المهمة عنده، ويبقى الملف لديك.
handover-colleague = إلى من
handover-why = لماذا
handover-save = إسناد المهمة
handover-nobody = لا زميل آخر مأذون له بالاطلاع على هذا الملف.
handover-return = إرجاع المهمة
handover-return-hint = تعود إلى { $name }، المكلف بالملف.
handover-history = عند من كانت
handover-to = أُسندت إلى { $name }
handover-back = أُرجعت إلى المكلف بالملف
handover-already = هذه المهمة عند هذا الشخص بالفعل.
handover-not-them = لا يمكن إسناد هذه المهمة إلى هذا الشخص.
person-title = مهام { $name }
person-gone = لم يعد هذا الشخص يعمل هنا، ولا أحد غيركم يرى ما بقي في ذمة ملفاته. افتحوا كل ملف وأسندوه إلى زميل(ة).
person-hint = افتح مهمة لإسنادها إلى شخص آخر.
person-nothing = لا شيء للقيام به حاليا
