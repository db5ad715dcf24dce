notices-title = الإشعارات
notices-hint = ما حدث في الملفات المحمية التي تعنيك.
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
