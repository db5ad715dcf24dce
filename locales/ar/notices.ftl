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
notice-child-unwell = بعد الإغلاق: الطفل ليس في أمان، أو وُجد في التسول من جديد
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
notice-colleague-away = دُوّن غياب في فريقك
notice-colleague-back = انتهى غياب في فريقك
notice-stands-in = تنوب عن زميل أو زميلة في العمل
