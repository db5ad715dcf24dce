notices-title = الإشعارات
notices-hint = ما قام به غيرك ويعنيك: الملفات المحمية والأجوبة المنتظرة والمهام المسندة إليك.
notices-mark-seen = تم الاطلاع على الكل
notices-none = لا إشعار
notices-new = جديد
notices-times = { $n ->
    [zero] ولا مرة
    [one] مرة واحدة
    [two] مرتان
    [few] { $n } مرات
    [many] { $n } مرة
   *[other] { $n } مرة
}
notices-bell = { $n ->
    [zero] الإشعارات
    [one] إشعار جديد واحد
    [two] إشعاران جديدان
    [few] { $n } إشعارات جديدة
    [many] { $n } إشعارا جديدا
   *[other] { $n } إشعار جديد
}
notice-file-protected = أصبح الملف محميا
notice-protected-opened = فُتح ملف محمي
notice-grant-given = أُذن لك بالاطلاع على ملف محمي
notice-glass-broken = اطلاع استعجالي على ملف محمي
notice-glass-reviewed = انتهى التدقيق في اطلاعك الاستعجالي
notice-lift-asked = طلب رفع الحماية
notice-lift-answered = أُجيب عن طلب رفع الحماية
notice-protection-lifted = رُفعت الحماية عن الملف
notice-ran-away = طفل غادر مؤسسة الإيواء دون إذن
notice-child-unwell = بعد الإغلاق: الطفل ليس في أمان، أو رُصد من جديد في وضعية استغلال في التسول
notice-task-handed = أُسندت إليك مهمة
notice-task-back = عادت إليك مهمة
notice-task-taken = لم تعد المهمة عندك
notice-plan-approved = صودق على خطة التدخل
notice-plan-returned = أُعيدت خطة التدخل للمراجعة
notice-determination-approved = صودق على تحديد المصلحة الفضلى
notice-determination-returned = أُعيد تحديد المصلحة الفضلى للمراجعة
notice-closing-granted = تم تأكيد إغلاق الملف
notice-closing-refused = رُفض إغلاق الملف
notice-transfer-asked = ملف معروض على مدينتكم
notice-transfer-withdrawn = سُحب طلب نقل ملف
notice-transfer-accepted = قُبل نقل الملف
notice-transfer-refused = رُفض نقل الملف
notice-file-given = أُسند إليك ملف
notice-colleague-away = سُجل غياب في فريقك
notice-colleague-back = انتهى غياب في فريقك
notice-stands-in = تنوب عن زميل أو زميلة في العمل
notice-judicial-annex = أُرسل إلى المحكمة ملحق جديد
notices-hint-court = ما يعنيك في ملفات محكمتك والإشعارات الاستعجالية الواردة عليها.
notices-clock = تذكير من سند بعد فوات الأجل
notice-judicial-arrived = وصل ملف إلى محكمتكم
notice-judicial-completed = عاد ملف بعد استكماله
notice-judicial-handed = سُلم إليك ملف
notice-judicial-late = ملف لم يُجب عنه في أجله
notice-judicial-received = توصلت النيابة العامة بالملف
notice-judicial-taken-back = استعادت النيابة العامة الملف قبل استكماله لتبت فيه
notice-urgent-notice-unread = إشعار استعجالي لم تطلع عليه النيابة العامة بعد: المرجو الاتصال بها
notice-judicial-returned = أرجعت النيابة العامة الملف للاستكمال
notice-judicial-rerouted = انتقل الملف إلى محكمة أخرى
notice-urgent-notice-rerouted = انتقل الإشعار الاستعجالي إلى محكمة أخرى
notice-judicial-closed = أغلقت النيابة العامة الملف
notice-judicial-completion-late = تأخر استكمال ملف أرجعته النيابة العامة
notice-child-measure = اتخذت النيابة العامة تدبيرا لفائدة الطفل
notice-mother-effect = قررت النيابة العامة بشأن الأم: وضعيتها في صفحتها
notice-court-hearing = جلسة تخص طفلا من الملف
notice-juvenile-measure = تدبير من قاضي الأحداث لفائدة الطفل
notice-mother-outcome = صدر حكم بشأن أم: يمكن لمسؤول(ة) الخلية إعادة النظر في خدماتها
notice-urgent-notice-arrived = وصل إشعار استعجالي
notice-urgent-notice-late = إشعار استعجالي لم يُقرأ في أجله
notice-judicial-question = للنيابة العامة سؤال ينتظر جواب الخلية
notice-judicial-answered = أجابت الخلية عن سؤال للنيابة العامة
notice-judicial-question-late = سؤال من النيابة العامة تجاوز أجل جوابه
notice-identity-asked = مدينة أخرى تسأل هل تعرفون طفلا
notice-identity-withdrawn = سُحب سؤال عن طفل
notice-identity-accepted = المدينة الأخرى تعرف الطفل: إنه نفسه
notice-identity-refused = جواب المدينة الأخرى: طفل آخر
notice-identity-unsure = المدينة الأخرى لا تستطيع الجزم بأنه الطفل نفسه
notice-identity-ended = انتهى الاتفاق حول طفل
notice-identity-joined = جُمع ملف مع ملف آخر للطفل نفسه
notice-identity-parted = فُصل ملفان كانا مجموعين
notice-mother-joined = جُمع تسجيلان لأم واحدة: تعرض صفحتها جميع أطفالها
notice-mother-parted = فُصل تسجيلان لأم كانا مجموعين
