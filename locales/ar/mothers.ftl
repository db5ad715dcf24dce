mothers-title = الأمهات
mothers-hint = أمهات الأطفال الذين لهم ملفات في هذه العمالة. القرار والخدمات لا تظهر إلا لمن يعمل على ملف أحد أطفالها.
mothers-filter = تصفية حسب القرار
mothers-all = الكل
mothers-none = لا توجد أمهات مسجلات بعد.
mothers-none-filtered = لا توجد أم في هذه الوضعية ضمن ملفاتك.
mothers-col-who = الأم
mothers-col-effect = القرار
mothers-col-services = الخدمات الأربع
mothers-col-added = التسجيل
mothers-limited = خارج ملفاتك
mothers-pages = صفحات اللائحة
mothers-first-page = بداية اللائحة
mothers-children = { $n ->
    [zero] بدون أطفال مسجلين
    [one] أم لطفل واحد
    [two] أم لطفلين
    [few] أم لـ{ $n } أطفال
    [many] أم لـ{ $n } طفلا
   *[other] أم لـ{ $n } طفل
}
mothers-marks = من أربع خدمات: مقدمة { $delivered }، مبرمجة { $planned }
mother-title = صفحة الأم
mother-track = مسار الأم
mother-limited = لا تعمل على ملف أي من أطفالها: لا يظهر هنا قرار ولا خدمة. يمكن فتح ملف أحد الأطفال مع بيان السبب.
mother-decision-secret = هذا القرار لا يظهر في ملفات الأطفال ولا لمقدمي الخدمات.
mother-opening-logged = كل اطلاع على هذه الصفحة يُسجل باسم صاحبه.
mother-access-open = الخدمات الأربع مفتوحة
mother-access-urgent = دعم استعجالي فقط
mother-access-blocked = الخدمات الأربع غير مفتوحة
mother-services = الخدمات الأربع
mother-service-delivered = مقدمة
mother-service-planned = مبرمجة
mother-service-none = لم تبدأ بعد
mother-service-closed = غير مفتوحة
mother-service-urgent = استعجالي
mother-act-delivered = قُدمت { $date }
mother-add-service = إضافة خدمة
mother-add-urgent = دعم استعجالي
mother-children = أطفالها
mother-son = الابن
mother-daughter = الابنة
mother-child = الطفل
mother-child-not-mine = خارج ملفاتك
mother-open-title = فتح الخدمات الأربع
mother-open-hint = لم يُرسل أي ملف يخصها إلى النيابة العامة. تُفتح الخدمات بسبب مسجل، وتُحسب الأم على حدة.
mother-open-reason = السبب
mother-open-note = توضيح
mother-open-button = فتح الخدمات
mother-nothing-to-open = تغيرت وضعية هذه الأم: لا شيء يُفتح الآن. المرجو فتح صفحتها من جديد.
decision-mother-pending = القرار معلق
decision-mother-not-prosecuted = عدم المتابعة
decision-mother-prosecuted = متابعة
decision-mother-none = بدون مسطرة
decision-mother-since = منذ { $date }
decision-mother-from-to = من { $from } إلى { $to }
decision-mother-latest = آخر تغيير: { $date }
decision-mother-act = عدد { $act }
decision-mother-pending-help = خلالها: دعم استعجالي فقط، خارج الخدمات الأربع.
decision-mother-opens = الخدمات الأربع مفتوحة منذ { $date }.
decision-mother-blocks = الخدمات الأربع متوقفة منذ { $date }. خدمات الطفل لا تتوقف.
decision-mother-not-taken = لم يُتخذ هذا القرار.
decision-mother-opens-alone = تُفتح به الخدمات الأربع تلقائيا.
decision-mother-child-goes-on = خدمات الطفل لا تتوقف في أي حال.
decision-mother-was-sent = أُحيل ملف يخصها على النيابة العامة.
decision-mother-unconfirmed = أثر هذا النوع من القرارات في انتظار تأكيد قانوني.
decision-mother-why-not-prosecuted = مفتوحة تلقائيا بقرار عدم المتابعة.
decision-mother-why-pending = القرار معلق: الدعم الاستعجالي ممكن، ولا يُحسب ضمن الخدمات الأربع.
decision-mother-why-prosecuted = متوقفة بسبب متابعة قائمة. يمكن لمسؤول الخلية فتحها بسبب مكتوب.
decision-mother-why-none = لم تُحل على النيابة العامة. يفتح مسؤول الخلية الخدمات الأربع بسبب مسجل.
decision-mother-why-opened = فتحها مسؤول الخلية يوم { $date }: { $reason }.
decision-mother-override = فتح الخدمات رغم المتابعة
decision-mother-override-hint = مثلا: براءة، عقوبة موقوفة التنفيذ، رضاعة. التوضيح ضروري.
mother-owed = ما ينتظر الأم
mother-owed-none = لا شيء منتظر الآن.
mother-owed-family = لم تُقترح عليها بعد
mother-owed-late = تجاوزت موعدها
