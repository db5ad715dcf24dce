jobs-title = المهام الخلفية
jobs-hint = ما يقوم به النظام وحده: ختم السجل، مراقبة الاطلاع، صيانة قاعدة البيانات.
jobs-queue = في الانتظار أو متعثرة
jobs-none = لا شيء في الانتظار ولا شيء متعثر.
jobs-col-kind = المهمة
jobs-col-state = الحالة
jobs-col-next = الموعد
jobs-col-act = الإجراء
jobs-col-last = آخر طلب
jobs-retry = إعادة التشغيل
jobs-nothing-to-do = لا شيء
jobs-clock = المهام الدورية
jobs-never = لم تعمل المهام الخلفية بعد على هذا الخادم: السجل لا يُختم.
jobs-not-yet = لم يحن وقتها بعد
job-state-waiting = في الانتظار
job-state-running = قيد التنفيذ
job-state-again = ستعاد
job-state-failed = متوقفة بعد الفشل
job-kind-seal-audit = ختم سجل الاطلاع
job-kind-watch-reading = مراقبة الاطلاع غير المعتاد
job-kind-keep-house = صيانة: أقسام السجل والجلسات المنتهية
job-kind-key-names = إعداد مفاتيح الأسماء للبحث
job-kind-sweep-documents = كنس بقايا الوثائق
job-kind-sweep-duplicates = البحث عن ملفات قد تخص طفلا واحدا
jobs-failed = { $n ->
    [zero] لا مهام متوقفة
    [one] مهمة واحدة متوقفة
    [two] مهمتان متوقفتان
    [few] { $n } مهام متوقفة
    [many] { $n } مهمة متوقفة
   *[other] { $n } مهمة متوقفة
}
jobs-attempts = { $n ->
    [zero] بدون محاولة
    [one] محاولة واحدة
    [two] محاولتان
    [few] { $n } محاولات
    [many] { $n } محاولة
   *[other] { $n } محاولة
}
job-kind-lapse-beds = إيواء: إنهاء الحجوز التي فات أجلها
job-kind-send-digests = الرسائل اليومية
job-kind-send-code = رمز عنوان إلكتروني
job-kind-escalate-silence = النيابة العامة: التنبيه إلى ما لم يُجب عنه في أجله
job-kind-set-paper = النيابة العامة: إعداد الأوراق كثيرة الصفحات
job-kind-release-figures = الأرقام: نشر شهر انقضى
